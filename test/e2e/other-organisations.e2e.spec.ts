// Every route that the reference knows and that takes an id, asked by another organisation of each kind: for what is somebody else's it
// answers as for what is not there. The routes are read from the reference, so that a new one is asked too, or fails here.
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
type Asked = Readonly<{ route: string; method: 'GET' | 'POST'; path: string; operation: Operation; /** What is somebody else's: a parameter of the path or of the query. */ parameter: string; noun: string }>;

/** Whose id `{id}` is, where the word before it in the path does not say. */
const NOUN_OF: Readonly<Record<string, string>> = {
  'payer-imports': 'fileImport', 'place-imports': 'fileImport', 'zone-imports': 'fileImport', credits: 'bankLine', custodyAccountId: 'bankAccount',
  'hand-over-files': 'fileImport', 'order-drafts': 'orderDraft', refusals: 'applicationStep', 'alert-appeals': 'alertAppeal', 'print-files': 'printFile', runId: 'settlementRun',
  stopId: 'payoutStop', shareId: 'ibanShare', reportId: 'paymentReport', lossId: 'debitNoteLoss', keyId: 'apiKey',
};
/** Not made in this scheme yet, so that these are asked with two unknown ids: each has its own spec. */
const NOT_MADE = [
  'alert', 'apiKey', 'application', 'applicationStep', 'contradictoryStatement', 'debitNote', 'device', 'earlyPayment', 'impersonation', 'mandate', 'organisation', 'savedView',
];
/** What is published to everybody: whether it is there is no secret. */
const PUBLIC: readonly string[] = [
  // Programmes are listed for every payer, with their rules.
  'GET /issuance/programmes/{id}/rules', 'GET /issuance/programmes/{id}/coverage', 'GET /settlement/fee-rules', 'GET /issuance/orientation-letters',
];

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
  const ofQuery = (operation.parameters ?? []).filter(({ in: place, name }) => place === 'query' && name.endsWith('Id') && !OF_THE_BANK.includes(name));
  return [...ofPath.map(([, word, name]) => named(name!, nounOf(word!, name!))), ...ofQuery.map(({ name }) => named(name, nounOf('', name)))];
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
  const prefix = /^\^([a-z]{3})_/.exec(pattern ?? '')?.[1];
  return prefix ? idOf(prefix) : 'something';
}
/** What the schema does not say. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /issuance/batches/{id}/stock-replacements': { first: 1, last: 1, given: { serial: 'something' } },
  'POST /issuance/orders/{id}/billing-references': { serviceCode: 'something' },
};
const QUERIES: Readonly<Record<string, string>> = {
  'GET /audit/impact': 'from=2026-01&to=2026-03', 'GET /audit/territory-targets': 'year=2026', 'GET /audit/areas': 'from=2026-01&to=2026-03', 'GET /audit/areas.csv': 'from=2026-01&to=2026-03',
  'GET /issuance/whereabouts': 'index=0', 'GET /issuance/orientation-letters': 'commune=42218',
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
async function answerTo({ route, method, path, operation, parameter, noun }: Asked, who: string, id: string): Promise<string> {
  const asked = shownId(noun, id);
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === parameter ? asked : name === 'version' || name === 'position' ? '1' : asked));
  const query = (operation.parameters ?? []).filter(({ in: place, name, required }) => place === 'query' && (name === parameter || (required && !QUERIES[route])))
    .map(({ name, schema }) => `${name}=${encodeURIComponent(name === parameter ? asked : String(leastOf(schema, anyOf)))}`).concat(QUERIES[route] ?? []).join('&');
  const schema = operation.requestBody?.content['application/json']?.schema;
  const body = BODIES[route] ?? (schema && leastOf(schema, anyOf));
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
      if (real !== unknown && !PUBLIC.includes(asked.route)) different.push(`${asked.route} ${asked.parameter}\n  real ${real.slice(0, 300)}\n  none ${unknown.slice(0, 300)}`);
      // A request that is stopped by its form would compare nothing.
      if (real.startsWith('400') && asked.operation['x-who'].includes(who)) empty.push(`${asked.route} ${asked.parameter} ${real.slice(0, 300)}`);
    }
    expect({ different, empty }).toEqual({ different: [], empty: [] });
  }, 240_000);
});
