// Where no place takes vouchers: the directory of an imported file, accreditations and measures, as everybody may ask.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
let programmeId: string;
let ids: Readonly<Record<string, string>>;

type Item = Readonly<{
  code: string; state: string; listedPlaces: number; name: string | null; nearest: { name: string; km: number } | null;
}>;
type Told = Readonly<{
  communes: Record<string, number>; items: Item[]; places: { name: string; latitude: number | null }[];
  imports: { importId: string; places: number }[]; farKm: number; placesWithoutCommune: number;
}>;
const ask = (path = 'deserts', more = '') => scheme.app.call(`${path}?programmeId=prg_${programmeId}${more}`, { method: 'GET' });
const told = async (more = '') => (await ask('deserts', more)).body as unknown as Told;
const accredit = async (name: string) => expect((await scheme.app.call(`places/${ids[name]}/accreditations`, {
  token: scheme.operator, body: { programmeId: `prg_${programmeId}`, from: '2026-01-01', to: '2026-12-31' },
})).status).toBe(201);

/** Made up, but for the codes of the communes. Beaumont is 6 km from Valence, Die 40, and Luc is named by the territory alone. */
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  programmeId = await scheme.programme(true, { territory: [
    { kind: 'commune', code: '26362' }, { kind: 'commune', code: '26037' }, { kind: 'epci', code: '200040509', communes: ['26113', '26167'] },
  ] });
  const rows = [
    ['1', 'Mairie', '26000', 'Valence', '26362', '44.933', '4.892', '73282932000074'],
    ['2', 'Bourse', '26000', 'Valence', '26362', '44.931', '4.890', ''],
    ['3', 'Foyer', '26760', 'Beaumont', '26037', '44.880', '4.910', ''],
    ['4', 'Halle', '26150', 'Die', '26113', '44.753', '5.370', '55208131766522'],
    ['6', 'Sans code', '26000', 'VALENCE', '', '44.940', '4.880', ''],
    ['7', 'Sans commune', '69999', 'Ville', '', '', '', ''],
    ['5', 'Ailleurs', '38000', 'Grenoble', '38185', '45.188', '5.724', ''],
  ];
  const file = ['id,nom,code_postal,commune,code_insee,latitude,longitude,pivot', ...rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','))];
  await scheme.app.send('place-imports', file.join('\n'), { token: scheme.operator });
  const { body } = await scheme.app.get('places?limit=200', scheme.operator);
  ids = Object.fromEntries((body['items'] as { name: string; placeId: string }[]).map(({ name, placeId }) => [name, placeId]));
  await accredit('Mairie');
});
afterAll(() => scheme.close());

describe('communes without a place', () => {
  it('are told with how far the nearest is, the furthest first and the unknown last, and with the files they are known by', async () => {
    const { communes, items, places, imports, farKm, placesWithoutCommune } = await told();
    expect([communes, farKm]).toEqual([{ served: 1, neighbour: 1, far: 1, unknown: 1 }, 15]);
    expect(placesWithoutCommune).toBe(1);
    expect(items.map(({ code, state, name, listedPlaces }) => [code, state, name, listedPlaces])).toEqual([
      ['26113', 'far', 'Die', 1], ['26037', 'neighbour', 'Beaumont', 1], ['26167', 'unknown', null, 0],
    ]);
    expect(items.map(({ nearest }) => nearest && [nearest.name, Math.round(nearest.km)])).toEqual([['Mairie', 43], ['Mairie', 6], null]);
    expect(places).toEqual([expect.objectContaining({ name: 'Mairie', latitude: 44.933 })]);
    expect(imports).toEqual([{ importId: expect.stringMatching(/^imp_/), places: 7 }]);
  });

  it('have the places without a code that are of the same name and postal code', async () => {
    expect(await scheme.app.text(`deserts.csv?programmeId=prg_${programmeId}`)).toContain('26362,Valence,26,3,');
  });

  it('are as far as whoever asks holds far', async () => {
    expect((await told('&farKm=50')).communes).toMatchObject({ neighbour: 2, far: 0 });
    expect((await told('&farKm=5')).communes).toMatchObject({ neighbour: 0, far: 2 });
    expect((await ask('deserts', '&farKm=0')).status).toBe(400);
  });

  it('are a table, too, with a schema', async () => {
    const lines = (await scheme.app.text(`deserts.csv?programmeId=prg_${programmeId}`)).trimEnd().split('\r\n');
    const { body } = await scheme.app.call('deserts-schema', { method: 'GET' });
    expect(lines[0]).toBe((body['fields'] as { name: string }[]).map(({ name }) => name).join(','));
    expect(lines.slice(1)).toEqual([
      '26037,Beaumont,26,1,0,6.1,neighbour,,', '26113,Die,26,1,0,42.7,far,,', '26167,,26,0,0,,unknown,,', '26362,Valence,26,3,1,0.4,served,,',
    ]);
  });

  it('change with a place that is accredited, or suspended', async () => {
    await accredit('Halle');
    expect((await told()).communes).toEqual({ served: 2, neighbour: 1, far: 0, unknown: 1 });
    expect((await scheme.app.call(`places/${ids['Mairie']}/suspensions`, {
      token: scheme.operator, body: { programmeId: `prg_${programmeId}`, from: '2026-03-10', reason: 'other', explanation: 'Dossier à revoir' },
    })).status).toBe(201);
    expect((await told()).communes).toEqual({ served: 1, neighbour: 0, far: 2, unknown: 1 });
  });

  it('are nobody\'s of a programme that nobody told of', async () => {
    expect(await scheme.app.call(`deserts?programmeId=prg_${uuidv7()}`, { method: 'GET' })).toMatchObject({ status: 404, body: { code: 'programme_not_found' } });
  });
});
