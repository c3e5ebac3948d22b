// A version of a list of zones on a real database: nothing of it is told before a second person has seen what it changes.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let colleague: string;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  colleague = await scheme.app.operatorToken();
});
afterAll(() => scheme.close());

const imported = async (list: string, text: string): Promise<string> =>
  String((await scheme.app.send(`zone-imports?list=${list}`, text, { token: scheme.operator })).body['importId']);
const difference = async (importId: string, query = '') => (await scheme.app.get(`zone-imports/${importId}/difference${query}`, colleague)).body;
const accept = (importId: string, comparedWith: unknown, token = colleague) => scheme.app.call(`zone-imports/${importId}/acceptance`, { token, body: { comparedWith } });
const setAside = (importId: string, reason = 'The file is of another year.', token = colleague) => scheme.app.call(`zone-imports/${importId}/setting-aside`, { token, body: { reason } });
const classOf = async (commune: string) => ((await scheme.app.call(`zones?communes=${commune}`, { method: 'GET' })).body['items'] as { densityClass: string | null }[])[0]!.densityClass;
const versions = async () => (await scheme.app.get('zone-imports', colleague)).body['items'] as { importId: string; isInForce: boolean; decided: { outcome: string } | null }[];

let first: string;
describe('a version of a list of zones', () => {
  it('is told of nobody before another person has accepted it', async () => {
    first = await imported('density', 'code_insee;classe\n26362;2\n26113;6\n26037;7\n');
    expect(await classOf('26113')).toBeNull();
    expect(await difference(first)).toMatchObject({ comparedWith: null, added: 3, removed: 0, changed: 0, items: [{ key: '26037', before: null, after: '7' }, { key: '26113' }, { key: '26362' }] });
    expect((await accept(first, null, scheme.operator)).body.code).toBe('zone_version_own');
    expect(await accept(first, null)).toMatchObject({ status: 201, body: { importId: first } });
    expect(await classOf('26113')).toBe('6');
    expect((await versions())[0]).toMatchObject({ importId: first, isInForce: true, decided: { outcome: 'accepted', reason: null } });
  });

  it('says what it would change of the one in force, page by page', async () => {
    const second = await imported('density', 'code_insee;classe\n26362;3\n26113;6\n26058;5\n');
    const [page, all] = [await difference(second, '?limit=2'), await difference(second)];
    expect(page).toMatchObject({ comparedWith: first, added: 1, removed: 1, changed: 1, items: [{ key: '26037', before: '7', after: null }, { key: '26058', before: null, after: '5' }] });
    const next = await difference(second, `?limit=2&cursor=${String(page['nextCursor'])}`);
    expect(next).toMatchObject({ added: 1, removed: 1, changed: 1, items: [{ key: '26362', before: '2', after: '3' }], nextCursor: null });
    expect((all['items'] as unknown[]).length).toBe(3);
    expect(await classOf('26362')).toBe('2');
  });

  it('of quarters is compared by the communes that each lies in, in any order', async () => {
    const one = await imported('quarters', 'code_quartier;communes\nQN02601M;26362 26058\nQN02602M;26362\n');
    expect((await accept(one, null)).status).toBe(201);
    const other = await imported('quarters', 'code_quartier;communes\nQN02601M;26058 26362\nQN02602M;26037\n');
    expect(await difference(other)).toMatchObject({ added: 0, removed: 0, changed: 1, items: [{ key: 'QN02602M', before: '26362', after: '26037' }] });
  });

  it('that was compared with one that is not in force any more is looked at again', async () => {
    const [left, right] = [await imported('density', 'code_insee;classe\n26113;5\n'), await imported('density', 'code_insee;classe\n26113;4\n')];
    const { comparedWith } = await difference(left);
    expect((await accept(right, comparedWith)).status).toBe(201);
    expect((await accept(left, comparedWith)).body.code).toBe('zone_list_changed');
    expect(await classOf('26113')).toBe('4');
    expect((await accept(left, (await difference(left))['comparedWith'])).status).toBe(201);
    expect(await classOf('26113')).toBe('5');
  });

  it('two of which are accepted at once: one comes into force, the other is looked at again', async () => {
    const ids = [await imported('density', 'code_insee;classe\n26113;1\n'), await imported('density', 'code_insee;classe\n26113;2\n')];
    const { comparedWith } = await difference(ids[0]!);
    const answers = await Promise.all(ids.map((id) => accept(id, comparedWith)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'zone_list_changed']);
  });

  it('that is set aside, by whoever, never comes into force, and is decided once', async () => {
    const id = await imported('density', 'code_insee;classe\n26113;7\n');
    const { comparedWith } = await difference(id);
    expect((await setAside(id, 'Wrong year.', scheme.operator)).status).toBe(201);
    expect([(await accept(id, comparedWith)).body.code, (await setAside(id)).body.code]).toEqual(['zone_version_decided', 'zone_version_decided']);
    expect((await versions()).find(({ importId }) => importId === id)).toMatchObject({ isInForce: false, decided: { outcome: 'set_aside', reason: 'Wrong year.' } });
  });

  it('of which no row was taken is not accepted, and one that is not there is not found', async () => {
    const none = await imported('density', 'code_insee;classe\nDie;7\n');
    expect((await accept(none, (await difference(none))['comparedWith'])).body.code).toBe('zone_version_unfinished');
    const missing = `imp_${scheme.app.world.newId()}`;
    expect([(await accept(missing, null)).body.code, (await setAside(missing)).body.code]).toEqual(['import_not_found', 'import_not_found']);
    expect((await scheme.app.get(`zone-imports/${missing}/difference`, colleague)).body.code).toBe('import_not_found');
  });

  it('is not accepted by its importer past the service either: the database refuses', async () => {
    const id = (await imported('density', 'code_insee;classe\n26113;3\n')).slice(4);
    await expect(scheme.app.world.service.query(
      `insert into redemption.zone_decision (file_import_id, list, number, outcome, decided_by, decided_at)
       select id, 'density', 1000, 'accepted', started_by, now() from redemption.file_import where id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
  });
});
