// Finds what joining sentences by hand leads to: texts that begin with a period, and texts with two.
const TWO_PERIODS = /(?<=[\p{L}\d)'"`])\.(?:\.| \.)(?=$|[\s'")])/gmu;
const FIRST_PERIOD = /^\s*\.(?:\s|$)/;
const ONLY_PERIOD = /^\.\s+$/;

module.exports = ({ Syntax, RuleError, report, getSource, getFilePath, locator }) => ({
	[Syntax.Str](node) {
		const text = getSource(node);
		const add = (message, index, length) =>
			report(node, new RuleError(message, { padding: locator.range([index, index + length]) }));
		for (const { 0: periods, index } of text.matchAll(TWO_PERIODS)) {
			add('A sentence ends with two periods', index, periods.length);
		}
		// In Markdown, a period stands alone between code and links.
		const isMarkdown = /\.md$/.test(getFilePath() ?? '');
		const isFirst = node.parent.children[0] === node;
		if (isFirst && FIRST_PERIOD.test(text)) add('A text begins with a period', 0, 1);
		else if (ONLY_PERIOD.test(text) && !isMarkdown) {
			add('Sentences are joined by hand: call joinSentences of transport/sentences.ts', 0, 1);
		}
	},
});
