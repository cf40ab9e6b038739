// typescript-eslint's parser, for which `import type` is an import like any other: `import-x/no-cycle` omits imports of
// types alone, but a file that uses a type depends on its file.
import { parser } from 'typescript-eslint';

function count(node) {
	if ('importKind' in node) node.importKind = 'value';
	if ('exportKind' in node) node.exportKind = 'value';
	node.specifiers?.forEach(count);
}

/** The same function as typescript-eslint's own; see its documentation. */
function parseForESLint(code, options) {
	const parsed = parser.parseForESLint(code, options);
	parsed.ast.body.filter(({ source }) => source).forEach(count);
	return parsed;
}

export default { ...parser, parseForESLint };
