// The style of all texts: docs, messages, comments, and examples. The rule and the Markdown parser are textlint's own, and
// `plugin.cjs` adds code and JSON.
module.exports = {
	plugins: {
		'@textlint/markdown': true,
		[require.resolve('./plugin.cjs')]: true,
	},
	rules: {
		terminology: { defaultTerms: false, terms: require('./words.cjs') },
	},
};
