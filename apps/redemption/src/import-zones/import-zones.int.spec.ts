// Official lists of zones on a real database: versions, an outcome per row, and what is told of communes by them.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';
import { IMPORT_CHUNK_ROWS } from '../limits.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let programmeId: string;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  programmeId = await scheme.programme(true, { territory: [{ kind: 'commune', code: '26362' }, { kind: 'commune', code: '26113' }, { kind: 'commune', code: '26037' }] });
});
afterAll(() => scheme.close());

type Told = Readonly<{
  lists: { list: string; rows: number; importId: string }[]; items: { commune: string; densityClass: string | null; quarters: string[] }[];
}>;
/** Imported, and taken into force by somebody else where it brings anything. */
const send = async (list: string, text: string) => {
  const sent = await scheme.app.send(`zone-imports?list=${list}`, text, { token: scheme.operator });
  const { importId, imported } = sent.body;
  if (sent.status !== 201 || imported === 0) return sent;
  const token = await scheme.app.operatorToken();
  const { body: { comparedWith } } = await scheme.app.get(`zone-imports/${String(importId)}/difference`, token);
  expect((await scheme.app.call(`zone-imports/${String(importId)}/acceptance`, { token, body: { comparedWith } })).status).toBe(201);
  return sent;
};
const zones = async (communes = '26362,26113,26037') => (await scheme.app.call(`zones?communes=${communes}`, { method: 'GET' })).body as unknown as Told;
const rowsOf = async (importId: unknown) => ((await scheme.app.get(`zone-imports/${String(importId)}/rows`, scheme.operator)).body['items'] as { outcome: string; code: string; line: number }[])
  .map(({ outcome, code, line }) => [line, outcome, code]);
const sample = (name: string) => readFileSync(`samples/${name}`, 'utf8');

describe('a list of zones', () => {
  it('that was never imported says nothing of a commune: unknown, and not none', async () => {
    expect(await zones('26362')).toEqual({ lists: [], items: [{ commune: '26362', densityClass: null, quarters: [], zones: ['unknown_density', 'unknown_quarter'] }] });
  });

  it('is imported row by row, and each row says what became of it', async () => {
    const { status, body } = await send('density', ['code_insee;classe', '26362;2', '26113;6', '26113;7', 'Die;6', '26037;9', '1004;3'].join('\n'));
    expect([status, body]).toMatchObject([201, { read: 6, imported: 3, refused: 3 }]);
    expect(await rowsOf(body['importId'])).toEqual([
      [2, 'imported', 'new'], [3, 'imported', 'new'], [4, 'refused', 'repeated'], [5, 'refused', 'commune_wrong'], [6, 'refused', 'class_wrong'], [7, 'imported', 'new'],
    ]);
    expect((await scheme.app.get(`zone-imports/${String(body['importId'])}`, scheme.operator)).body).toMatchObject({ imported: 3 });
    expect((await zones('26113,26037,01004')).items.map(({ densityClass }) => densityClass)).toEqual(['6', null, '3']);
  });

  it('is replaced by its next version, whole; the other list stays', async () => {
    await send('quarters', 'code_quartier;nom;communes\nQN02601M;Polygone;26362 26058\nQN02602M;Fontbarlettes;26362\n');
    await send('density', 'code_insee;classe\n26113;7\n');
    const { lists, items } = await zones();
    expect(lists.map(({ list, rows }) => [list, rows])).toEqual([['density', 1], ['quarters', 2]]);
    expect(items).toEqual([
      { commune: '26362', densityClass: null, quarters: ['QN02601M', 'QN02602M'], zones: ['unknown_density', 'with_quarter'] },
      { commune: '26113', densityClass: '7', quarters: [], zones: ['rural', 'unknown_quarter'] },
      { commune: '26037', densityClass: null, quarters: [], zones: ['unknown_density', 'unknown_quarter'] },
    ]);
  });

  it('of which no row can be taken replaces nothing', async () => {
    expect((await send('density', 'code_insee;classe\nDie;7\n')).body).toMatchObject({ imported: 0, refused: 1 });
    expect((await zones('26113')).items[0]!.densityClass).toBe('7');
  });

  it('that is longer than a chunk has a commune once all the same', async () => {
    const communes = Array.from({ length: IMPORT_CHUNK_ROWS }, (_, at) => String(26_000 + at));
    const { body } = await send('density', ['code_insee;classe', ...communes.map((commune) => `${commune};7`), '26362;2', '26362;3'].join('\n'));
    expect(body).toMatchObject({ imported: IMPORT_CHUNK_ROWS, refused: 2 });
    expect((await zones('26362')).items[0]!.densityClass).toBe('7');
    await send('density', 'code_insee;classe\n26113;7\n');
  });

  it('names a commune twice of one quarter, which lies in it once', async () => {
    await send('quarters', 'code_quartier;communes\nQN02601M;26362 26058 26362\nQN02602M;26362\n');
    expect((await zones('26362')).items[0]!.quarters).toEqual(['QN02601M', 'QN02602M']);
  });

  it('counts communes without a place by zone, beside the others', async () => {
    const { body } = await scheme.app.call(`deserts?programmeId=prg_${programmeId}`, { method: 'GET' });
    const counted = (body['zones'] as { zone: string; communes: Record<string, number> }[]).map(({ zone, communes }) => [zone, communes['unknown']]);
    expect(counted).toEqual([['rural', 1], ['urban', 0], ['unknown_density', 2], ['with_quarter', 1], ['unknown_quarter', 2]]);
    expect((body['items'] as { code: string; quarters: string[] }[]).find(({ code }) => code === '26362')!.quarters).toEqual(['QN02601M', 'QN02602M']);
    expect(await scheme.app.text(`deserts.csv?programmeId=prg_${programmeId}`)).toContain('26362,,26,0,0,,unknown,,QN02601M QN02602M');
  });

  it('lacks a column, or is sent by somebody else, and is refused', async () => {
    expect((await send('density', 'nom\nDie\n')).body).toMatchObject({ code: 'zone_columns_missing' });
    expect((await send('quarters', 'code_insee;classe\n26113;7\n')).body).toMatchObject({ code: 'zone_columns_missing', details: { columns: 'code_quartier' } });
    expect((await send('regions', 'code_insee;classe\n26113;7\n')).status).toBe(400);
    expect((await scheme.app.call('zones?communes=Die', { method: 'GET' })).status).toBe(400);
  });

  it('is shipped as a made-up sample of each', async () => {
    expect((await send('density', sample('zones-densite.csv'))).body).toMatchObject({ read: 8, imported: 7, refused: 1 });
    expect((await send('quarters', sample('zones-quartiers.csv'))).body).toMatchObject({ read: 3, imported: 3, refused: 0 });
  });
});
