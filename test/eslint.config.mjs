// What never ships (local/, test/): typescript-eslint's own rules. Shipped code has n8n's, in eslint.config.mjs.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config({
	files: ['**/*.mts'],
	extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
	languageOptions: { parserOptions: { project: 'test/tsconfig.json' } },
	rules: { '@typescript-eslint/no-floating-promises': 'error' },
});
