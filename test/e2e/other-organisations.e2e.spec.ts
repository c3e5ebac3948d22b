// Every route that the reference knows and that takes an id, in its path, its query or its body, asked by another organisation of each
// kind: for what is somebody else's it answers as for what is not there. The routes are read from the reference, so that a new one is
// asked too, or fails here.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { PREFIXES, type Noun } from '#libs/kernel';
import { somethingOfEverything, type World } from './something-of-everything.js';

type Schema = Readonly<{
  type?: string; properties?: Record<string, Schema>; required?: string[]; enum?: unknown[]; const?: unknown; pattern?: string;
  items?: Schema; minItems?: number; anyOf?: Schema[]; oneOf?: Schema[];
}>;
type Operation = Readonly<{
  'x-who': 'anyone' | string[]; parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}>;
/** A way into a body: the name of a property, the first item of a list, or which of several forms. */
type Step = string | 0 | Readonly<{ form: number }>;
type Asked = Readonly<{
  route: string; method: 'GET' | 'POST'; path: string; operation: Operation; noun: string;
  /** What is somebody else's: a parameter of the path or of the query, or a property of the body. */
  parameter: string; inBody?: readonly Step[];
}>;

/** Whose id `{id}` is, where the word before it in the path does not say. */
const NOUN_OF: Readonly<Record<string, string>> = {
  'payer-imports': 'fileImport', 'place-imports': 'fileImport', 'zone-imports': 'fileImport', credits: 'bankLine', custodyAccountId: 'bankAccount',
  'hand-over-files': 'fileImport', 'order-drafts': 'orderDraft', refusals: 'applicationStep', 'alert-appeals': 'alertAppeal', 'print-files': 'printFile', runId: 'settlementRun',
  stopId: 'payoutStop', shareId: 'ibanShare', reportId: 'paymentReport', lossId: 'debitNoteLoss', keyId: 'apiKey',
};
/** Not made in this scheme yet, so that these are asked with two unknown ids: each has its own spec. */
const NOT_MADE = [
  'alert', 'apiKey', 'application', 'applicationStep', 'contradictoryStatement', 'debitNote', 'device', 'earlyPayment', 'impersonation', 'mandate', 'organisation',
  'savedView', 'user',
];
/** What is published to everybody: whether it is there is no secret. */
const PUBLIC: readonly string[] = [
  // Programmes are listed for every payer, with their rules.
  'GET /issuance/programmes/{id}/rules', 'GET /issuance/programmes/{id}/coverage', 'GET /settlement/fee-rules', 'GET /issuance/orientation-letters',
];

/** Listed for whoever may name one in a body: programmes, which places apply for and payers order under, and accounts of the operator. */
const isPublished = ({ route, inBody, noun }: Asked): boolean =>
  PUBLIC.includes(route) || (inBody !== undefined && ['programme', 'bankAccount'].includes(noun));

/** Reckons with what it is given, and asks no table. */
const LOOKS_NOTHING_UP = ['/issuance/orders/co-funding-proposal'];
/** Payers name each other: who drafts with a co-payer knows its id, and is told where there is none. */
const CO_PAYERS = ['/issuance/order-drafts', '/issuance/order-drafts/{id}/revisions'];

/** Names that the bank and its files gave, which tell no thing of ours. */
const OF_THE_BANK = ['endToEndId', 'messageId', 'originalMessageId'];

const reference = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, Record<string, Operation>> };
const OUTSIDE = ['payer', 'till', 'manager', 'distributor'];

const ROUTES: readonly Asked[] = Object.entries(reference.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => askedOf(path, method.toUpperCase() as 'GET', operation)));

/** One for each id that the route takes. */
function askedOf(path: string, method: 'GET' | 'POST', operation: Operation): readonly Asked[] {
  if (operation['x-who'] === 'anyone') return [];
  const named = (parameter: string, noun: string): Asked => ({ route: `${method} ${path}`, method, path, operation, parameter, noun });
  const ofPath = [...path.matchAll(/([a-z-]+)\/\{(\w+)\}/g)].filter(([, , name]) => /^id$|Id$/.test(name!));
  const ofBody = LOOKS_NOTHING_UP.includes(path) ? [] : bodyIds(schemaOf(operation)).map(({ steps, prefix }): Asked => {
    const parameter = `body.${steps.filter((step) => typeof step === 'string').join('.')}`;
    return { ...named(parameter, nounOfPrefix(prefix)), inBody: steps };
  }).filter(({ noun }) => noun !== 'payer' || !CO_PAYERS.includes(path));
  const ofQuery = (operation.parameters ?? []).filter(({ in: place, name }) => place === 'query' && name.endsWith('Id') && !OF_THE_BANK.includes(name));
  return [...ofPath.map(([, word, name]) => named(name!, nounOf(word!, name!))), ...ofQuery.map(({ name }) => named(name, nounOf('', name))), ...ofBody];
}

function schemaOf({ requestBody }: Operation): Schema | undefined {
  return requestBody?.content['application/json']?.schema;
}
function prefixOf({ pattern }: Schema): string | undefined {
  return /^\^([a-z]{3})_/.exec(pattern ?? '')?.[1];
}
function nounOfPrefix(prefix: string): string {
  return Object.entries(PREFIXES).find(([, one]) => one === prefix)![0];
}

/** Every place of a body that holds the id of a thing of ours, as the contracts' schemas say. */
function bodyIds(schema: Schema | undefined): { steps: readonly Step[]; prefix: string }[] {
  if (!schema) return [];
  const prefix = prefixOf(schema);
  if (prefix) return [{ steps: [], prefix }];
  const inside = (step: Step, of: Schema) => bodyIds(of).map(({ steps, ...found }) => ({ ...found, steps: [step, ...steps] }));
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, of]) => inside(name, of)), ...(schema.items ? inside(0, schema.items) : []),
    ...(schema.anyOf ?? schema.oneOf ?? []).flatMap((of, form) => inside({ form }, of)),
  ];
}

/** The least body that has this id in this place. */
function bodyWith(schema: Schema, [step, ...rest]: readonly Step[], id: string, beside: object): unknown {
  if (step === undefined) return id;
  if (typeof step === 'object') return bodyWith((schema.anyOf ?? schema.oneOf)![step.form]!, rest, id, beside);
  if (step === 0) return [bodyWith(schema.items!, rest, id, beside), ...(leastOf(schema, anyOf) as unknown[]).slice(1)];
  const holdsIt = rest.every((further) => typeof further === 'object');
  const around = { ...(leastOf(schema, anyOf) as object), ...(holdsIt && beside) };
  return { ...around, [step]: bodyWith(schema.properties![step]!, rest, id, beside) };
}

function nounOf(word: string, name: string): string {
  if (NOUN_OF[name] ?? NOUN_OF[word]) return (NOUN_OF[name] ?? NOUN_OF[word])!;
  if (name !== 'id') return name.slice(0, -2);
  return word.replace(/ies$/, 'y').replace(/(ch)es$/, '$1').replace(/s$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The least that the schema lets pass. */
function leastOf(schema: Schema, idOf: (prefix: string) => string): unknown {
  const { type, properties = {}, required = [], pattern, items, minItems = 0 } = schema;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf ?? schema.oneOf) return leastOf((schema.anyOf ?? schema.oneOf)![0]!, idOf);
  if (type === 'object') return Object.fromEntries(required.map((name) => [name, leastOf(properties[name]!, idOf)]));
  if (type === 'array') return Array.from({ length: minItems }, () => leastOf(items!, idOf));
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return false;
  if (pattern?.startsWith('^[0-9a-f]{64}')) return 'a'.repeat(64);
  const prefix = prefixOf(schema);
  return prefix ? idOf(prefix) : 'something';
}
/** What the schema does not say. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /issuance/batches/{id}/stock-replacements': { first: 1, last: 1, given: { serial: 'something' } },
  'POST /issuance/orders/{id}/billing-references': { serviceCode: 'something' },
};
/** What the schema does not say either: which fields go with an id of the body. */
const RANGE = { first: 0, last: 1 };
const BESIDE: Readonly<Record<string, object>> = {
  'POST /issuance/hand-overs body.handOvers.batchId': RANGE, 'POST /issuance/hand-overs body.handOvers.agentId': { serial: 'something' },
  'POST /issuance/batches/{id}/stock-replacements body.given.batchId': RANGE,
  'POST /issuance/batches/{id}/stock-replacements body.given.agentId': { serial: 'something' },
  'POST /issuance/transfers body.batchId': RANGE, 'POST /issuance/stock-losses body.batchId': RANGE, 'POST /redemption/stops body.batchId': RANGE,
  'POST /issuance/vintage-sign-offs body.programmeId': { usableUntil: '2026-12-31' },
  'POST /redemption/departures body.programmeId': { from: '2026-12-01' },
  'POST /identity/members body.organisationId': { email: 'somebody@team.example' },
};
/** Only the operator may say it: a payer's form refuses the field, whatever is in it. */
const OPERATORS_FIELD = ['POST /issuance/orders/{id}/card-payments body.payerId', 'POST /issuance/orders body.shares.payerId'];
const QUERIES: Readonly<Record<string, string>> = {
  'GET /audit/impact': 'from=2026-01&to=2026-03', 'GET /audit/territory-targets': 'year=2026', 'GET /audit/areas': 'from=2026-01&to=2026-03', 'GET /audit/areas.csv': 'from=2026-01&to=2026-03',
  'GET /issuance/whereabouts': 'index=0', 'GET /settlement/departure-charges': 'from=2026-12-01&saidOn=2026-03-10', 'GET /issuance/orientation-letters': 'commune=42218',
};

let world: World;
beforeAll(async () => { world = await somethingOfEverything(); }, 240_000);
afterAll(async () => { await world?.scheme.close(); }, 60_000);

const shownId = (noun: string, id: string): string => `${PREFIXES[(noun === 'orderDraft' ? 'order' : noun) as Noun]}_${id}`;
const anyOf = (prefix: string): string => {
  const noun = Object.entries(PREFIXES).find(([, one]) => one === prefix)?.[0];
  return `${prefix}_${world.ids.get(noun ?? '') ?? uuidv7()}`;
};

/** As a stranger gets it, without what differs between any two answers. The id that was asked for may be said again. */
async function answerTo({ route, method, path, operation, parameter, noun, inBody }: Asked, who: string, id: string): Promise<string> {
  const asked = shownId(noun, id);
  const target = path.replaceAll(/(?<=([a-z-]+)\/)\{(\w+)\}/g, (_, word: string, name: string) => {
    if (name === 'version' || name === 'position') return '1';
    // Where the body is asked about, what the path names is somebody else's too, and there.
    return inBody ? shownId(nounOf(word, name), world.ids.get(nounOf(word, name)) ?? uuidv7()) : asked;
  });
  const query = (operation.parameters ?? []).filter(({ in: place, name, required }) => place === 'query' && (name === parameter || (required && !QUERIES[route])))
    .map(({ name, schema }) => `${name}=${encodeURIComponent(name === parameter ? asked : String(leastOf(schema, anyOf)))}`).concat(QUERIES[route] ?? []).join('&');
  const schema = schemaOf(operation);
  const named = inBody && bodyWith(schema!, inBody, asked, BESIDE[`${route} ${parameter}`] ?? {}) as object;
  const body = named ? { ...BODIES[route], ...named } : BODIES[route] ?? (schema && leastOf(schema, anyOf));
  const { status, body: json, text } = await world.scheme.call(world.strangers[who]!, method, `${target}${query && `?${query}`}`, body);
  const { instance: _, ...said } = json;
  return `${status} ${Object.keys(json).length > 0 ? JSON.stringify(said) : text}`.replaceAll(id, '<asked>');
}

describe('the reference', () => {
  it('names of each id what it is of', () => {
    expect(ROUTES.filter(({ noun }) => noun !== 'orderDraft' && !(noun in PREFIXES)).map(({ route, parameter, noun }) => `${route} ${parameter} ${noun}`)).toEqual([]);
  });

  it('has of each thing that somebody outside may ask for one that is real, but for those that are listed', () => {
    const asked = ROUTES.filter(({ operation }) => OUTSIDE.some((role) => operation['x-who'].includes(role))).map(({ noun }) => noun);
    expect([...new Set(asked)].filter((noun) => !world.ids.has(noun)).sort()).toEqual(NOT_MADE);
  });
});

describe('another organisation', () => {
  it.each(['payer', 'till', 'manager', 'distributor', 'auditor'])('that is a %s is told of what is not its own as of what is not there', async (who) => {
    const different: string[] = [];
    const empty: string[] = [];
    for (const asked of ROUTES) {
      const [real, unknown] = [await answerTo(asked, who, world.ids.get(asked.noun) ?? uuidv7()), await answerTo(asked, who, uuidv7())];
      if (real !== unknown && !isPublished(asked)) different.push(`${asked.route} ${asked.parameter}\n  real ${real.slice(0, 300)}\n  none ${unknown.slice(0, 300)}`);
      // A request that is stopped by its form would compare nothing.
      const isTheirs = asked.operation['x-who'].includes(who) && !OPERATORS_FIELD.includes(`${asked.route} ${asked.parameter}`);
      if (real.startsWith('400') && isTheirs) empty.push(`${asked.route} ${asked.parameter} ${real.slice(0, 300)}`);
    }
    expect({ different, empty }).toEqual({ different: [], empty: [] });
  }, 240_000);
});
