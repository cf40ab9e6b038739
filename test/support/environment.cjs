const { createRequire } = require('node:module');
const { TestEnvironment } = require('jest-environment-node');

/** The environment of Jest's tests, with a `require` and an `env` from outside of Jest. */
module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.outsideOfJest = { require: createRequire(__filename), env: process.env };
	}
};
