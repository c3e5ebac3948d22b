// What one file shows by itself: effects in pure code, mocks, sizes. What needs types, promises left alone above all, is the business of
// .oxlintrc.json, and imports that of .dependency-cruiser.cjs.
import tseslint from 'typescript-eslint';

const PURE = ['libs/kernel/src/**/*.ts', 'libs/ledger/src/**/*.ts', 'libs/restated-ledger/src/**/*.ts', 'libs/figures/src/**/*.ts', 'apps/**/*.decision.ts'];
const CQRS = ['Command', 'Query', 'CommandBus', 'QueryBus', 'CommandHandler', 'QueryHandler', 'ICommandHandler', 'IQueryHandler', 'CqrsModule'];

const effects = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'A decision is handed its moment.' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'A decision is handed its moment.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'A decision draws nothing.' },
  { selector: "Identifier[name='process']", message: 'A decision reads no environment.' },
];
const everywhere = [
  { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
  { selector: "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|unstable_mockModule|spyOn)$/]", message: 'No module mocks: pure decisions and a real database.' },
  { selector: "CallExpression[callee.property.name='only']", message: 'A focused test hides the others.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'prisma/generated/', '.mereau*/', '**/*.mjs', '*.js', '*.cjs'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { ts: tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'ts/no-explicit-any': 'error',
      'no-restricted-syntax': ['error', ...everywhere],
      'ts/no-restricted-imports': ['error', {
        patterns: [{ regex: '^@nestjs/cqrs$', allowImportNames: CQRS, message: 'Events cross by the outbox, not in memory.' }],
      }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 70 }],
      'max-params': ['error', 5],
      'max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: PURE, ignores: ['**/*.spec.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere, ...effects] } },
  { files: ['**/*.spec.ts', 'test/**/*.ts'], rules: { 'max-lines': ['error', { max: 600 }], 'max-lines-per-function': 'off' } },
  { files: ['apps/cli/**/*.ts'], rules: { 'no-console': 'off' } },
);
