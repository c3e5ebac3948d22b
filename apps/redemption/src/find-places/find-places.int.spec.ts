// Where somebody may go with a voucher: accredited today, not suspended, the nearest first.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  const { app, operator } = scheme;
  const rows = [
    ['1', 'Mairie', '26000', 'Valence', '44.933', '4.892', '10 rue Haute', '73282932000074', '+33 4 75 00 00 01', 'Mo-Fr 09:00-18:00'],
    ['2', 'Proche', '26500', 'Bourg', '44.950', '4.900', '', '55208131766522', '', ''],
    ['3', 'Loin', '38000', 'Grenoble', '45.188', '5.724', '', '44306184100047', '', ''],
    ['4', 'Ailleurs', '26000', 'Valence', '44.930', '4.890', '', '', '', ''],
  ];
  const file = ['id,nom,code_postal,commune,latitude,longitude,adresse,pivot,telephone,horaires', ...rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','))];
  await app.send('place-imports', file.join('\n'), { token: operator });
  const { body } = await app.get('places?limit=200', operator);
  ids = Object.fromEntries((body['items'] as { name: string; placeId: string }[]).map(({ name, placeId }) => [name, placeId]));
  for (const name of ['Mairie', 'Proche', 'Loin']) await accredit(name);
});
afterAll(() => scheme.close());

const accredit = async (name: string) => expect((await scheme.app.call(`places/${ids[name]}/accreditations`, {
  token: scheme.operator, body: { programmeId: `prg_${scheme.programmeId}`, from: '2026-01-01', to: '2026-12-31' },
})).status).toBe(201);
type Found = { name: string; distanceKm: number | null };
const find = (query: string) => scheme.app.call(`accredited-places?${query}`, { method: 'GET' });
const namesAt = async (query: string) => ((await find(query)).body['items'] as Found[]).map(({ name }) => name);

describe('a place to go to', () => {
  it('is found by commune or postal code, with its neighbours by distance, and only where it is accredited', async () => {
    expect(await namesAt('where=valence')).toEqual(['Mairie', 'Proche']);
    expect(await namesAt('where=26500')).toEqual(['Proche', 'Mairie']);
    expect(await namesAt('where=Grenoble')).toEqual(['Loin']);
    const { body } = await find('where=26000');
    const [town, near] = body['items'] as Found[];
    expect(town).toMatchObject({
      street: '10 rue Haute', postalCode: '26000', commune: 'Valence', latitude: 44.933, longitude: 4.892, telephone: '+33475000001', openingHours: { text: 'Mo-Fr 09:00-18:00', state: 'open' },
      programmes: [{ programmeId: `prg_${scheme.programmeId}`, services: [] }],
    });
    expect([town!.distanceKm! < 1, near!.distanceKm! > 1, near!.distanceKm! < 5]).toEqual([true, true, true]);
  });

  it('is nowhere near what nobody knows, and of the programme that is asked for', async () => {
    expect(await namesAt('where=Atlantis')).toEqual([]);
    expect(await namesAt('where=%25')).toEqual([]);
    expect(await namesAt(`programmeId=prg_${await scheme.programme()}`)).toEqual([]);
    expect((await namesAt('')).length).toBeGreaterThanOrEqual(4);
  });

  it('is not shown while it is suspended', async () => {
    const suspended = await scheme.app.call(`places/${ids['Mairie']}/suspensions`, {
      token: scheme.operator, body: { programmeId: `prg_${scheme.programmeId}`, from: '2026-03-10', reason: 'other', explanation: 'Dossier à revoir' },
    });
    expect(suspended.status).toBe(201);
    expect(await namesAt('where=Valence')).toEqual(['Proche']);
  });
});
