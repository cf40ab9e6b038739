const { existsSync, readFileSync } = require('node:fs');

/** A jest transformer that leaves a built file as it is and says where its source map is, for the coverage report. */
module.exports = {
	process(code, path) {
		const map = `${path}.map`;
		return { code, ...(existsSync(map) && { map: JSON.parse(readFileSync(map, 'utf8')) }) };
	},
};
