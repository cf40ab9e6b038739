// A folder imports from lower floors only, never from a neighbor on its own floor, types included. No imports are circular.
// Both rules come from eslint-plugin-import-x, which n8n's own config includes.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import parser from './support/typesCount.mjs';

/** Rows from the top. A file in none of the folders, such as an entry point, is above all of them. */
const HOUSES = {
	'nodes/Unstructured': [
		['resources', 'listSearch', 'trigger'],
		['fields'],
		['jobs/start'],
		['jobs/wait'],
		['jobs/output'],
		['webhooks', 'items'],
		['api'],
		['transport'],
	],
	'local/emulator': [
		['http'],
		['control', 'routes'],
		['platform'],
		['elements', 'faults'],
		['wire'],
	],
};

const isCode = (name) => /\.m?ts$/.test(name);

/** A folder that is missing here could import anything. */
function checkFolders(house, rooms) {
	for (const entry of readdirSync(house, { withFileTypes: true, recursive: true })) {
		const folder = relative(house, entry.parentPath ?? entry.path);
		const isKnown = folder === '' || rooms.some((room) => `${folder}/`.startsWith(`${room}/`));
		if (isCode(entry.name) && !isKnown) {
			throw new Error(`${join(house, folder)} is on no floor of test/layers.eslint.config.mjs`);
		}
	}
}

function zonesOf([house, floors]) {
	checkFolders(house, floors.flat());
	return floors.flatMap((floor, row) =>
		floor.flatMap((room) => {
			const target = join(house, room);
			const above = floors.slice(0, row).flat();
			const neighbors = floor.filter((other) => other !== room);
			const from = [...above, ...neighbors].map((other) => join(house, other));
			return [
				{ target, from: `${house}/*.*`, message: 'Entry points are above every folder.' },
				...(from.length > 0
					? [{ target, from, message: `'${room}' may import from lower floors only.` }]
					: []),
			];
		}),
	);
}

export default [
	{
		files: ['**/*.ts', '**/*.mts'],
		languageOptions: { parser },
		linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
		plugins: { 'import-x': importX },
		settings: {
			'import-x/resolver-next': [createTypeScriptImportResolver()],
			'import-x/extensions': ['.ts', '.mts'],
		},
	},
	{
		files: ['nodes/**', 'local/**'],
		rules: {
			'import-x/no-cycle': ['error', { ignoreExternal: true }],
			'import-x/no-restricted-paths': ['error', { zones: Object.entries(HOUSES).flatMap(zonesOf) }],
			'no-restricted-syntax': [
				'error',
				{ selector: 'TSImportType', message: 'The rules of the floors do not check it.' },
			],
		},
	},
	{
		// One file, one idea. Tables of data are long.
		files: ['nodes/**'],
		ignores: ['nodes/Unstructured/resources/connector/catalog.ts'],
		rules: { 'max-lines': ['error', 300] },
	},
];
