const project = (name, files, options = {}) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${files}/**/*.test.ts`],
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false }],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	...options,
});

/** Types are checked once by tsc, not again file by file. */
module.exports = {
	projects: [
		project('unit', 'unit'),
		project('engine', 'engine'),
		project('package', 'package'),
		project('browser', 'browser'),
		project('e2e', 'e2e', {
			globalSetup: './test/e2e/support/globalSetup.ts',
			globalTeardown: './test/e2e/support/globalTeardown.ts',
		}),
		project('queue', 'queue', {
			globalSetup: './test/queue/support/globalSetup.ts',
			globalTeardown: './test/e2e/support/globalTeardown.ts',
		}),
	],
};
