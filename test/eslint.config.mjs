// Code that is not published (local/, test/) has typescript-eslint's own rules. Published code has n8n's, in eslint.config.mjs.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config({
	files: ['**/*.mts'],
	extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
	languageOptions: { parserOptions: { project: 'test/tsconfig.json' } },
	rules: { '@typescript-eslint/no-floating-promises': 'error' },
});
