const { existsSync, readFileSync } = require('node:fs');

/** A jest transformer that returns a built file unchanged with the path of its source map, for the coverage report. */
module.exports = {
	process(code, path) {
		const map = `${path}.map`;
		return { code, ...(existsSync(map) && { map: JSON.parse(readFileSync(map, 'utf8')) }) };
	},
};
