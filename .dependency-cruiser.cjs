// Who may import whom. test/tidy/boundaries.spec.ts plants a violation of each rule and sees it caught: a boundary
// check that is itself unchecked is worth nothing.
const SERVICE = '(issuance|redemption|settlement|audit|identity)';
// What a bank's message says, once read, and the ids in it are as pure as the decisions about them, and held to the same.
// So are a service's bounds: constants with where they come from.
const PURE = '^libs/(kernel|ledger|restated-ledger|figures)/|\\.decision\\.ts$|/refusals\\.ts$|^apps/[^/]+/src/limits\\.ts$|/bank-files/(end-to-end-id|payment-report)\\.ts$';
const TEST = '\\.spec\\.ts$|^test/|^libs/testing/';
const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    never('service-is-an-island', { path: `^apps/${SERVICE}/`, pathNot: TEST }, { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
      'Services meet in libs/contracts, over queues, and nowhere else.'),
    never('platform-composes-modules', { path: '^apps/platform/' }, { path: `^apps/${SERVICE}/`, pathNot: '\\.module\\.ts$' },
      'The all-in-one app sees a service as one Nest module.'),
    never('web-speaks-http', { path: '^apps/web/', pathNot: TEST }, { path: '^apps/(?!web/)|^libs/(persistence|messaging|ledger|stripe)/|^prisma/' },
      'Pages reach a service over HTTP, as anyone else would.'),
    never('libs-know-no-app', { path: '^libs/', pathNot: TEST }, { path: '^apps/|^prisma/' }),
    never('kernel-knows-nothing', { path: '^libs/kernel/', pathNot: TEST }, { pathNot: '^libs/kernel/' }),
    never('contracts-know-little', { path: '^libs/contracts/', pathNot: TEST }, { pathNot: '^libs/(contracts|kernel)/|node_modules/zod/' }),
    never('pure-stays-pure', { path: PURE, pathNot: TEST }, { pathNot: `${PURE}|^libs/contracts/` },
      'A decision does no I/O, reads no clock, draws no id.'),
    never('one-door-per-lib', { path: '^(apps|libs)/([^/]+)/', pathNot: TEST }, { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/$2/' }),
    never('own-schema-only', { path: `^apps/${SERVICE}/` }, { path: '^prisma/generated/', pathNot: '^prisma/generated/$1/' }),
    never('client-in-stores', { pathNot: `\\.(store|module|lifecycle)\\.ts$|^prisma/|${TEST}` }, { path: '^prisma/generated/' }),
    never('edge-reads-no-table', { path: '\\.(controller|consumer)\\.ts$' }, { path: '\\.handler\\.ts$|^prisma/' }),
    never('queues-live-in-messaging', { pathNot: `^libs/messaging/|${TEST}` }, { path: 'node_modules/(bullmq|ioredis)/' }),
    never('stripe-lives-in-stripe', { pathNot: `^libs/stripe/|${TEST}` }, { path: 'node_modules/stripe/' }),
    never('workbooks-live-in-spreadsheet', { pathNot: `^libs/spreadsheet/|${TEST}` }, { path: 'node_modules/exceljs/' }),
    never('tests-stay-out', { pathNot: `${TEST}|^apps/cli/` }, { path: TEST }),
    never('till-pool-in-collector', { path: '^apps/', pathNot: 'redemption/src/(till/|redemption\\.)' }, { path: 'redemption/src/till/till-pool' }),
    never('no-cycle', { pathNot: '^prisma/generated/' }, { circular: true }),
    never('no-dead-file', { orphan: true, path: '^(apps|libs)/', pathNot: `${TEST}|main\\.ts$|\\.d\\.ts$|^apps/web/src/till/browser/[a-z]+-worker\\.ts$` }, {},
      'Nobody imports the types of a package that has none of its own: they are ambient; nor a worker, which a browser starts by its address.'),
    never('resolvable', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default', 'types'] },
  },
};
