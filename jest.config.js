/** Jest in ESM mode: NestJS 12 is ESM only, so tests run with --experimental-vm-modules (see tools/test.mjs). */
export default {
  testEnvironment: 'node',
  rootDir: '.',
  // Modules of a file that is over are not all let go of in ESM mode: after a hundred files a worker held gigabytes and did nothing but look
  // for memory. One that holds this much ends, and another goes on with the next file.
  workerIdleMemoryLimit: '1500MB',
  testMatch: ['<rootDir>/{apps,libs,test,tools}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.mereau'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', {
      swcrc: false,
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    }],
  },
  moduleNameMapper: {
    '^#libs/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
