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
		project('property', 'property', {
			setupFilesAfterEnv: ['./test/support/property/setup.ts'],
		}),
		project('sandbox', 'sandbox'),
		project('engine', 'engine'),
		project('package', 'package'),
		project('browser', 'browser'),
		project('e2e', 'e2e', {
			globalSetup: './test/support/e2e/globalSetup.ts',
			globalTeardown: './test/support/e2e/globalTeardown.ts',
		}),
		project('queue', 'queue', {
			globalSetup: './test/support/queue/globalSetup.ts',
			globalTeardown: './test/support/e2e/globalTeardown.ts',
		}),
	],
};
