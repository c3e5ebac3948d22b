// Lists of places and payers reach the services as they are; a trial writes nothing, and each refused row is said in words.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, cookie, EVIL, get, openPages, pagesApp, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';
import { hasFieldWord, hasFileRefusal, hasRowReason } from './import-words.js';

const KEY = uuid(10);
const CSV = 'id,nom,code_postal\n1,Fabrique,42000\n';
const importId = `imp_${uuid(11)}`;
const TRY = 'POST /redemption/place-imports/dry-run';
const TAKE = 'POST /redemption/place-imports';
const PREVIEW = 'POST /redemption/place-imports/preview';
const counts = { read: 3, imported: 1, merged: 1, unchanged: 0, refused: 1 };
const row = { line: 4, externalId: EVIL, code: 'postal_code_wrong', notes: [] };
const version = {
  importId, list: 'density', read: 4, imported: 3, refused: 1, startedBy: `usr_${uuid(5)}`, startedAt: '2026-12-01T08:00:00.000Z', finishedAt: '2026-12-01T08:00:01.000Z',
  isInForce: false, decided: null as object | null,
};
const file = { importId, ...counts, startedAt: '2026-12-01T08:00:00.000Z', finishedAt: '2026-12-01T08:00:02.000Z' };
const preview = {
  rows: 2, query: 'column=name%3AMon%20lieu', missing: ['source'], dropped: ['Note'],
  columns: [{ header: `Mon lieu ${EVIL}`, samples: ['La Fabrique'], proposed: [{ field: 'name' }] }, { header: 'Note', samples: [], proposed: [] }],
};

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
  Object.assign(answers, {
    'GET /redemption/place-imports': [200, { items: [file], nextCursor: null }], [`GET /redemption/place-imports/${importId}`]: [200, file],
    [`GET /redemption/place-imports/${importId}/rows`]: [200, { items: [row], nextCursor: null }],
    [TRY]: [200, { ...counts, codes: { postal_code_wrong: 1 }, notes: {}, items: [row], nextCursor: null }],
    [TAKE]: [201, file], [PREVIEW]: [200, preview],
    'POST /issuance/payer-imports': [201, file], 'POST /redemption/zone-imports': [201, file], 'GET /redemption/zone-imports': [200, { items: [version] }],
  });
});
const sent = (route: string) => asked.filter((one) => one.route === route);

type Sent = Readonly<{ act?: string; bytes?: string; more?: Readonly<Record<string, string>>; origin?: string }>;
async function send(kind: string, { act = 'try', bytes = CSV, more = {}, origin = 'https://mereau.example' }: Sent = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ key: KEY, act, ...more })) form.set(name, value);
  form.set('file', new Blob([bytes]), 'lieux.csv');
  const request = new Request('https://mereau.example', { method: 'POST', body: form });
  return pagesApp().inject({
    method: 'POST', url: `/imports/${kind}`, payload: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type')!, origin, cookie: cookie(), 'accept-language': 'fr' },
  });
}

describe('a list that is tried', () => {
  it.each([['a table', CSV, 'text/csv'], ['a list', ' [{"id":"1"}]', 'application/json'], ['a table with a mark of its byte order', `\uFEFF${CSV}`, 'text/csv']])(
    'reaches redemption as it is: %s', async (_, bytes, type) => {
      const { statusCode, body } = await send('places', { bytes });
      expect([statusCode, sent(TRY)[0]!.text, sent(TRY)[0]!.headers['content-type'], sent(TAKE)]).toEqual([200, bytes, type, []]);
      for (const words of ['2 à écrire', 'Rien n’est écrit', 'Ce n’est pas un code postal', 'Le même fichier']) expect(text(body)).toContain(words);
      expect(body).not.toContain('<script>alert');
    });

  it('in columns of its own is previewed at once, asks whose it is, and is read so by the next button', async () => {
    answers[TRY] = [422, { code: 'table_columns_missing' }];
    const { statusCode, body } = await send('places');
    expect([statusCode, sent(PREVIEW)[0]!.text]).toEqual([422, CSV]);
    for (const words of ['Rien n’est écrit.', 'Comment vos colonnes seraient lues', 'laissée de côté', 'de qui est cette liste']) expect(text(body)).toContain(words);
    expect(body).toContain('name="mapping" value="column=name%3AMon%20lieu"');
    await send('places', { more: { mapping: preview.query, source: 'Ville & co' } });
    expect(sent(TRY)[1]!.question).toBe('column=name%3AMon%20lieu&source=Ville%20%26%20co&outcome=refused&limit=100');
  });
});

describe('a list that is taken', () => {
  it.each([['places', TAKE], ['payers', 'POST /issuance/payer-imports']])('of %s is written once under its key and leads to what became of it', async (kind, route) => {
    const { statusCode, headers } = await send(kind, { act: 'import' });
    expect([statusCode, headers['location']]).toEqual([303, `/imports/${kind}/${importId}`]);
    expect(sent(route)[0]).toMatchObject({ text: CSV, headers: { 'idempotency-key': KEY } });
  });

  it.each(['density', 'quarters'])('of zones (%s) leads to what it would change, and is not tried', async (kind) => {
    const { statusCode, headers } = await send(kind, { act: 'import' });
    expect([statusCode, headers['location'], sent('POST /redemption/zone-imports')[0]!.question]).toEqual([303, `/zone-lists/${importId}`, `list=${kind}`]);
    expect((await send(kind)).statusCode).toBe(400);
  });

  it.each([[503, 'unavailable', 'rien n’est écrit deux fois'], [422, 'table_empty', 'aucune ligne'], [422, 'of_later', 'envoyez le même fichier']])(
    'and refused with %s %s says so in words', async (status, code, words) => {
      answers[TAKE] = [status, { code }];
      const { statusCode, body } = await send('places', { act: 'import' });
      expect([statusCode, text(body).toLowerCase()]).toEqual([status, expect.stringContaining(words.toLowerCase())]);
    });

  it('needs a file, our own page, and somebody of the operator', async () => {
    expect(text((await send('places', { bytes: '' })).body)).toContain('Choisissez un fichier');
    expect((await send('places', { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    as('payer', ['payer']);
    expect((await send('places')).statusCode).toBe(403);
    expect((await get('/imports')).statusCode).toBe(403);
    expect(sent(TRY)).toEqual([]);
  });
});

describe('a file that was handed in', () => {
  it('says what became of its rows and why some were refused', async () => {
    const { body } = await get(`/imports/places/${importId}?lang=fr`);
    for (const words of ['1 nouveaux', 'Complétés : 1', 'Ce n’est pas un code postal']) expect(text(body).replaceAll('\u00A0', ' ')).toContain(words);
    expect(body).not.toContain('<progress');
  });

  it('and is not read to its end shows how far it is, and what to do where it stopped', async () => {
    answers[`GET /redemption/place-imports/${importId}`] = [200, { ...file, read: 100, finishedAt: null }];
    const { body } = await get(`/imports/places/${importId}?lang=fr`);
    expect(body).toContain('<progress max="100" value="3"');
    expect(text(body)).toContain('envoyez le même fichier à nouveau');
  });
});

describe('every reason of the services', () => {
  const described = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, Record<string, { 'x-refusals'?: string[] }>> };
  const codesOf = (path: string): string[] => {
    const found = [...JSON.stringify(described.paths[path]).matchAll(/"description":"(new: [^"]*)"/g)].flatMap(([, list]) => list!.split('\\n'));
    return found.map((line) => line.slice(0, line.indexOf(':')));
  };

  it.each(['/redemption/place-imports/{id}/rows', '/issuance/payer-imports/{id}/rows', '/redemption/zone-imports/{id}/rows'])('at %s has words, for rows that were refused', (path) => {
    const TAKEN = ['new', 'completed', 'replaced', 'outdated', 'territory_added'];
    const codes = codesOf(path).filter((code) => !TAKEN.includes(code));
    expect(codes.length).toBeGreaterThan(6);
    expect(codes.filter((code) => !hasRowReason(code))).toEqual([]);
  });

  it.each(['/redemption/place-imports', '/redemption/place-imports/dry-run', '/redemption/place-imports/preview', '/issuance/payer-imports', '/redemption/zone-imports'])('at %s has words, for the file', (path) => {
    const refusals = described.paths[path]!['post']!['x-refusals'] ?? [];
    expect(refusals).toContain('table_empty');
    expect(refusals.filter((code) => !hasFileRefusal(code))).toEqual([]);
  });

  it('and every field of a place', () => {
    const fields = /"enum":(\["externalId"[^\]]*\])/.exec(JSON.stringify(described.paths['/redemption/place-imports/preview']))![1]!;
    expect((JSON.parse(fields) as string[]).filter((field) => !hasFieldWord(field))).toEqual([]);
  });
});

describe('a version of a list of zones', () => {
  const difference = { comparedWith: null as string | null, added: 1, removed: 1, changed: 1, items: [{ key: '26113', before: '6', after: '5' }, { key: '26037', before: '7', after: null }], nextCursor: null };
  beforeEach(() => {
    answers[`GET /redemption/zone-imports/${importId}/difference`] = [200, { ...difference, comparedWith: `imp_${uuid(12)}` }];
    answers[`GET /redemption/zone-imports/${importId}/rows`] = [200, { items: [{ ...row, code: 'class_wrong' }], nextCursor: null }];
  });

  it('shows what it changes and why rows were refused, and is taken into force against what was looked at', async () => {
    answers[`POST /redemption/zone-imports/${importId}/acceptance`] = [201, { importId }];
    const { body } = await get(`/zone-lists/${importId}?lang=fr`);
    for (const words of ['3 changements', 'n’y est plus', 'Classe inconnue', 'Attend une seconde personne', 'Mettre cette version en vigueur']) expect(text(body).replaceAll('\u00A0', ' ')).toContain(words);
    expect((await post(`/zone-lists/${importId}/accept`, { key: KEY })).headers['location']).toBe(`/zone-lists/${importId}`);
    expect(sent(`POST /redemption/zone-imports/${importId}/acceptance`)[0]!.body).toEqual({ comparedWith: `imp_${uuid(12)}` });
  });

  it.each([[403, 'zone_version_own', 'Vous l’avez importée'], [409, 'zone_list_changed', 'relisez ce qui change']])('refused with %s %s says so', async (status, code, words) => {
    answers[`POST /redemption/zone-imports/${importId}/acceptance`] = [status, { code }];
    const refused = await post(`/zone-lists/${importId}/accept`, { key: KEY }, { 'accept-language': 'fr' });
    expect([refused.statusCode, text(refused.body)]).toEqual([status, expect.stringContaining(words)]);
  });

  it('is set aside with a reason, and decided has no form', async () => {
    answers[`POST /redemption/zone-imports/${importId}/setting-aside`] = [201, { importId }];
    await post(`/zone-lists/${importId}/set-aside`, { key: KEY, reason: 'Mauvaise année' });
    expect(sent(`POST /redemption/zone-imports/${importId}/setting-aside`)[0]!.body).toEqual({ reason: 'Mauvaise année' });
    answers['GET /redemption/zone-imports'] = [200, { items: [{ ...version, decided: { outcome: 'set_aside', reason: EVIL, by: `usr_${uuid(5)}`, at: '2026-12-01T09:00:00.000Z' } }] }];
    const { body } = await get(`/zone-lists/${importId}?lang=fr`);
    expect(body).not.toContain(`action="/zone-lists/${importId}/`);
    expect(body).not.toContain('<script>alert');
    expect(text((await get('/imports?lang=fr')).body)).toContain('Écartée');
  });
});
