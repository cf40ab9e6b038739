// How the texts of the project sound, in docs, messages, comments, and examples alike. The rule and the reader of Markdown are
// textlint's own; `plugin.cjs` adds code and JSON.
module.exports = {
	plugins: {
		'@textlint/markdown': true,
		[require.resolve('./plugin.cjs')]: true,
	},
	rules: {
		terminology: { defaultTerms: false, terms: require('./words.cjs') },
	},
};
