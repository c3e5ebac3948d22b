// A file in a layout that nobody foresaw: what a preview says of it, what a dry run says it would come to, what is imported by
// a mapping, and what an auditor can read of that afterwards.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { runFileImport } from '#libs/imports';
import { openTable } from '#libs/tabular';
import { RedemptionApp, type Answer } from '../../../../test/builders/redemption-app.js';
import { takePlaces } from './take-places.js';

jest.setTimeout(60_000);

const SAMPLE = readFileSync(join(process.cwd(), 'samples/lieux-du-tilleul.csv'));
const TILLEUL = '&source=Tilleul';

let app: RedemptionApp;
let operator: string;

beforeAll(async () => {
  app = await RedemptionApp.create();
  operator = await app.operatorToken();
});
afterAll(() => app.close());

const send = (path: string, content: string | Buffer, options: { key?: string; type?: string } = {}): Promise<Answer> =>
  app.send(`place-imports${path}`, content, { token: operator, ...options });
const get = async (path: string) => (await app.get(`place-imports${path}`, operator)).body as Record<string, unknown> & { items: Record<string, unknown>[] };
const columnsOf = (...pairs: string[]) => pairs.map((pair) => `column=${encodeURIComponent(pair)}`).join('&');
const told = (items: unknown) => (items as Record<string, unknown>[])
  .map(({ outcome, code, notes, fields, placeId }) => ({ outcome, code, notes, fields, placeId }));
const everything = async (): Promise<unknown> => (await app.world.inspector.query(`select (select jsonb_agg(to_jsonb(p) order by p.id) from redemption.place p)::text
  || (select jsonb_agg(to_jsonb(l) order by l.place_id) from redemption.place_listing l)::text
  || (select count(*) from redemption.file_import)::text || (select count(*) from redemption.idempotency)::text as everything`)).rows;

describe('a preview', () => {
  it('shows an unknown file with a mapping that imports it, and keeps nothing', async () => {
    const before = await everything();
    const { status, body } = await send('/preview', SAMPLE);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      rows: 5, layout: null, missing: ['source'], dropped: ['Contact interne'],
      mapping: {
        externalId: ['Intitulé du lieu', 'CP Ville', 'N° voie', 'Libellé voie'], name: ['Intitulé du lieu'], street: ['N° voie', 'Libellé voie'], postalCode: ['CP Ville'],
        commune: ['CP Ville'], siret: ['SIRET'], telephone: ['Tél.'], emails: ['Adresse mail'], position: ['Geo Point'], services: ['Offre'],
        openingHours: ['Horaires d\'ouverture'], accessFees: ['Tarif'],
      },
    });
    const columns = body['columns'] as Record<string, unknown>[];
    expect(columns).toHaveLength(12);
    expect(columns.find(({ header }) => header === 'Geo Point')).toEqual({
      header: 'Geo Point', proposed: [{ field: 'position', by: 'name' }], lossy: false,
      samples: ['44.9312, 4.8921', '44.9331, 4.8874', '44.9102, 4.9517', '44.9127, 4.9533', '44.9312, 4.8921'],
    });
    expect(columns.find(({ header }) => header === 'CP Ville')!['proposed']).toEqual([
      { field: 'externalId', by: 'made' }, { field: 'postalCode', by: 'name' }, { field: 'commune', by: 'values' },
    ]);
    expect(await everything()).toEqual(before);
  });

  it.each([
    ['id,nom,code_postal,services,frais_a_charge,prise_en_charge_specifique,note\n1,A,26000,x,y,z,n', 'lamednum-1.0.2'],
    ['id,nom,code_postal,conditions_acces,publics_accueillis,courriel,note\n1,A,26000,x,y,z,n', 'lamednum-0'],
    ['id,nom,code_postal,labels_nationaux,courriels,note\n1,A,26000,x,y,n', 'lamednum-1'],
  ])('recognises the standard: %s', async (file, layout) => {
    expect((await send('/preview', file)).body).toMatchObject({ layout, dropped: ['note'], missing: ['source'] });
  });

  it('tells of two columns of one name that one says something else, of those without a name, and cuts what is long', async () => {
    const { body } = await send('/preview', `Nom,Tel,TEL,\n${'x'.repeat(300)},04,05,oui`);
    expect(body['columns']).toMatchObject([{ samples: [`${'x'.repeat(200)}…`] }, { header: 'Tel', lossy: true }]);
    expect(body['unnamed']).toBe(1);
  });

  it.each([['nothing', 'Nom\n', 'table_empty'], ['a quote that never closes', 'Nom,CP\n1,"A\n', 'table_malformed']])('is refused of %s', async (_what, file, code) => {
    expect(await send('/preview', file)).toMatchObject({ status: 409, body: { code } });
    expect((await app.send('place-imports/preview', file, { token: await app.auditorToken() })).status).toBe(403);
  });
});

describe('a file with a mapping', () => {
  it('comes to what its dry run said, and says who mapped it how', async () => {
    const { body: preview } = await send('/preview', SAMPLE);
    const query = `?${String(preview['query'])}${TILLEUL}`;
    const before = await everything();
    const dry = await send(`/dry-run${query}`, SAMPLE);
    expect(dry).toMatchObject({
      status: 200, body: { read: 5, imported: 4, merged: 1, unchanged: 0, refused: 0, codes: { new: 4, completed: 1 }, nextCursor: null },
    });
    expect(await everything()).toEqual(before);

    const answer = await send(query, SAMPLE);
    expect(answer).toMatchObject({ status: 201, body: { read: 5, imported: 4, merged: 1, mapping: { source: 'Tilleul', columns: preview['mapping'] } } });
    const importId = String(answer.body['importId']);
    const { items } = await get(`/${importId}/rows`);
    expect(told(items).map((row) => ({ ...row, placeId: null }))).toEqual(told(dry.body['items']));
    expect(items[1]).toMatchObject({ source: 'Tilleul', externalId: 'Espace France Services 26000 Tilleul-le-Haut 12 bis av. Jean Jaurès' });

    const auditor = await app.auditorToken();
    const seen = await app.get(`place-imports/${importId}`, auditor);
    expect(seen.body).toEqual({ ...answer.body, startedBy: expect.stringMatching(/^usr_[0-9a-f-]{36}$/), startedAt: expect.any(String) });
    expect((await app.get('place-imports', auditor)).body['items']).toContainEqual(seen.body);
    const { rows: [row] } = await app.world.inspector.query('select * from redemption.place_listing where place_id = $1', [String(items[0]!['placeId']).slice(4)]);
    expect(row).toMatchObject({
      street: '3 rue de l\'Église', postal_code: '26000', commune: 'Tilleul-le-Haut', latitude: 44.9312, longitude: 4.8921, opening_hours: 'Tu-Fr 10:00-12:00,14:00-18:00; PH off',
      services: ['Maîtrise des outils numériques du quotidien', 'Loisirs et créations numériques', 'Utilisation sécurisée du numérique'],
    });
    expect(JSON.stringify(row)).not.toContain('bureau');

    const again = await send(`/dry-run${query}&limit=2`, SAMPLE);
    expect(again.body).toMatchObject({ read: 5, unchanged: 5, items: [{ placeId: items[0]!['placeId'] }, { placeId: items[1]!['placeId'] }], nextCursor: expect.any(String) });
    const rest = await send(`/dry-run${query}&limit=200&outcome=unchanged&cursor=${String(again.body['nextCursor'])}`, SAMPLE);
    expect((rest.body['items'] as { row: number }[]).map(({ row: number }) => number)).toEqual([3, 4, 5]);
  });

  it('has a dry run of a thousand rows and more that sees in each what those before it made', async () => {
    const name = (at: number) => `Dit ${at % 700}`;
    const file = ['Nom,CP,Rue,Tel', ...Array.from({ length: 1_500 }, (_, at) => `${name(at)},26000,${at % 700} rue Neuve,${at < 700 ? '' : '0465710001'}`)].join('\n');
    const query = `?${columnsOf('externalId:Nom', 'name:Nom', 'postalCode:CP', 'street:Rue', 'telephone:Tel')}&source=Dit`;
    const dry = await send(`/dry-run${query}`, file);
    const codes = { new: 700, completed: 700, repeated: 100 };
    expect(dry.body).toMatchObject({ read: 1_500, imported: 700, merged: 800, unchanged: 0, codes });
    expect((await send(query, file)).body).toMatchObject({ read: 1_500, imported: 700, merged: 800, unchanged: 0 });
    // A place that is known, changed by the first row, and spoken of once more a thousand rows later.
    const later = ['Nom,CP,Rue,Mail', ...Array.from({ length: 1_500 }, (_, at) => `${name(at)},26000,${at % 700} rue Neuve,${at % 700 === 0 ? 'a@b.fr' : ''}`)].join('\n');
    const mails = `?${columnsOf('externalId:Nom', 'name:Nom', 'postalCode:CP', 'street:Rue', 'emails:Mail')}&source=Dit`;
    const [tried, taken] = [await send(`/dry-run${mails}`, later), await send(mails, later)];
    expect(tried.body).toMatchObject({ read: 1_500, imported: 0, merged: 1, unchanged: 1_499, codes: { completed: 1, repeated: 1_499 } });
    expect(taken.body).toMatchObject({ read: 1_500, imported: 0, merged: 1, unchanged: 1_499 });
  });

  const FILE = 'Nom,CP,Rue,Tél,TEL\nOrme,26000,rue Haute,04,05';
  const MAPPED = ['externalId:Nom', 'name:Nom', 'postalCode:CP'];
  it.each<[string, string, object]>([
    ['mapping_field_unknown', `${columnsOf(...MAPPED, 'colour:Rue')}${TILLEUL}`, { fields: 'colour' }],
    ['mapping_header_missing', `${columnsOf(...MAPPED, 'street:Voie')}${TILLEUL}`, { headers: 'Voie' }],
    ['mapping_field_doubled', `${columnsOf(...MAPPED, 'siret:Rue', 'siret:CP')}${TILLEUL}`, { fields: 'siret' }],
    ['mapping_header_doubled', `${columnsOf(...MAPPED, 'telephone:Tél')}${TILLEUL}`, { headers: 'Tél' }],
    ['mapping_field_missing', columnsOf('name:Nom'), { fields: 'externalId, source, postalCode' }],
    ['table_columns_missing', '', { columns: 'id, code_postal' }],
  ])('is refused whole with %s, as its dry run is', async (code, query, details) => {
    for (const path of ['', '/dry-run']) expect(await send(`${path}?${query}`, FILE)).toMatchObject({ status: 409, body: { code, details } });
  });

  it('is malformed with a pair that is none, or a source alone', async () => {
    for (const query of ['column=Nom', 'column=:Nom', 'source=Tilleul', `${columnsOf(...MAPPED)}&source=`]) {
      expect(await send(`?${query}`, FILE)).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
    }
  });

  it('is another import than the same file with another mapping: under one key neither, unfinished or not', async () => {
    const file = 'Nom,Autre,CP\nUn,Deux,26000\nTrois,Quatre,26000';
    const [first, second] = ['Nom', 'Autre'].map((header) => `?${columnsOf('externalId:Nom', `name:${header}`, 'postalCode:CP')}&source=Deux`);
    const key = uuidv7();
    const done = await send(first!, file, { key });
    expect(await send(first!, file, { key })).toMatchObject({ status: 201, body: done.body });
    expect(await send(second!, file, { key })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });

    const bytes = Buffer.from(`${file}\nCinq,Six,26000`);
    const unfinished = await beginOf(bytes, { source: 'Deux', columns: { name: ['Nom'], externalId: ['Nom'], postalCode: ['CP'] } });
    const other = await send(second!, bytes);
    expect(other.body).toMatchObject({ read: 3, finishedAt: expect.any(String), mapping: { columns: { name: ['Autre'] } } });
    expect(other.body['importId']).not.toBe(unfinished);
    expect((await send(first!, bytes)).body).toMatchObject({ importId: unfinished, read: 3, finishedAt: expect.any(String) });
  });
});

/** An import that was killed before its first row. */
async function beginOf(bytes: Buffer, mapping: { source: string; columns: Record<string, string[]> }): Promise<string> {
  const { createHash } = await import('node:crypto');
  const meta = { kind: 'request', key: uuidv7(), route: 'x', requestHash: 'x', callerId: 'u', actor: { kind: 'user', id: 'u' }, correlationId: 'x' } as const;
  const file = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  const table = await openTable(bytes, 'text/csv', 10);
  const die: typeof takePlaces = () => Promise.reject(new Error('killed'));
  await expect(runFileImport(app.work, meta, { kind: 'places', file, table, mapping, chunkRows: 2, take: die })).rejects.toThrow('killed');
  const { rows } = await app.world.inspector.query<{ id: string }>('select id from redemption.file_import where sha256 = $1', [file.sha256]);
  return `imp_${rows[0]!.id}`;
}
