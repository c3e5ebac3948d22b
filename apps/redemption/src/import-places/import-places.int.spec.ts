// A file of places as an operator sends it: what is answered, what is in the tables, and what a killed or repeated import
// leaves. Rows are made up; the faults are those of published files.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { PlaceAccreditedV1, ProgrammePublishedV1 } from '#libs/contracts';
import { runFileImport } from '#libs/imports';
import { isRejected } from '#libs/kernel';
import { openTable } from '#libs/tabular';
import { RedemptionApp, type Answer } from '../../../../test/builders/redemption-app.js';
import { CUSTODY } from '../../../../test/builders/redemption-world.js';
import { takePlaces } from './take-places.js';

jest.setTimeout(60_000);

let app: RedemptionApp;
let operator: string;
let made = 0;

beforeAll(async () => {
  app = await RedemptionApp.create();
  operator = await app.operatorToken();
});
afterAll(() => app.close());

type Place = Record<string, string>;
type ToldRow = {
  row: number; outcome: string; code: string; notes: string[]; fields: string[]; placeId: string | null; externalId: string | null;
};

/** A row that is a place of its own unless `over` says otherwise. */
function place(over: Place = {}): Place {
  made += 1;
  return {
    id: `id-${made}`, source: 'Essai', pivot: '73282932000074', nom: `Médiathèque ${made}`, commune: 'Valence', code_postal: '26000', code_insee: '26362',
    adresse: `${made} rue des Tilleuls`, latitude: '44.93', longitude: '4.89', services: 'Aide aux démarches administratives', date_maj: '2024-01-01', ...over,
  };
}
const COLUMNS = ['id', 'source', 'pivot', 'nom', 'commune', 'code_postal', 'code_insee', 'adresse', 'latitude', 'longitude', 'services', 'date_maj'];
const csvOf = (rows: readonly Place[], columns = COLUMNS): string =>
  [columns, ...rows.map((row) => columns.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`))].map((cells) => cells.join(',')).join('\n');

const send = (content: string | Buffer, options: { type?: string; key?: string } = {}): Promise<Answer> => app.send('place-imports', content, { token: operator, ...options });
const countsOf = ({ body }: Answer) => ['read', 'imported', 'merged', 'unchanged', 'refused'].map((name) => body[name]);
async function rowsOf({ body }: Answer, query = ''): Promise<ToldRow[]> {
  const rows: ToldRow[] = [];
  let cursor: unknown = '';
  do {
    const page: Answer = await app.get(`place-imports/${String(body['importId'])}/rows?limit=200${query}${cursor ? `&cursor=${String(cursor)}` : ''}`, operator);
    rows.push(...page.body['items'] as ToldRow[]);
    cursor = page.body['nextCursor'];
  } while (cursor);
  return rows;
}
const listed = async (search: string) => (await app.get(`places?search=${encodeURIComponent(search)}`, operator)).body['items'] as Record<string, unknown>[];
const only = async (name: string) => {
  const places = await listed(name);
  expect(places).toHaveLength(1);
  return places[0]!;
};
const listingOf = async (placeId: unknown) =>
  (await app.world.inspector.query('select * from redemption.place_listing where place_id = $1', [String(placeId).slice(4)])).rows[0] as Record<string, unknown>;

describe('a file of places', () => {
  it('makes a place of each row, and says so', async () => {
    const rows = [place(), place()];
    const answer = await send(csvOf(rows));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ importId: expect.stringMatching(/^imp_/), read: 2, imported: 2, merged: 0, unchanged: 0, refused: 0, finishedAt: expect.any(String) });
    const [first] = await rowsOf(answer);
    expect(first).toMatchObject({ row: 1, line: 2, source: 'Essai', externalId: rows[0]!['id'], outcome: 'imported', code: 'new', notes: [] });
    expect(await only(rows[0]!['nom']!)).toMatchObject({
      placeId: first!.placeId, siret: '73282932000074', accreditable: true, commune: 'Valence', postalCode: '26000', inseeCode: '26362',
      site: { timeZone: 'Europe/Paris' }, accreditations: [],
    });
    expect(await app.get(`place-imports/${String(answer.body['importId'])}`, operator)).toMatchObject({ status: 200, body: answer.body });
  });

  it('changes nothing when it is imported again, whatever was merged or refused the first time', async () => {
    const [one, two] = [place(), place()];
    const file = csvOf([
      one, one, { ...one, date_maj: '2024-06-01', services: 'Loisirs et créations numériques' }, { ...one, date_maj: '2020-01-01', latitude: '44.95' },
      two, { ...two, id: 'another-id', source: 'Autre' }, { ...two, code_insee: '', services: 'Utilisation sécurisée du numérique' }, place({ nom: '' }),
    ]);
    const first = await send(file);
    expect(countsOf(first)).toEqual([8, 2, 5, 0, 1]);
    expect((await rowsOf(first)).map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
      'imported new', 'merged repeated', 'merged replaced', 'merged outdated', 'imported new', 'merged repeated', 'merged completed', 'refused name_missing',
    ]);
    const snapshot = () => app.world.inspector.query(`select (select jsonb_agg(to_jsonb(p) order by p.id) from redemption.place p)::text
      || (select jsonb_agg(to_jsonb(l) order by l.place_id) from redemption.place_listing l)::text
      || (select jsonb_agg(to_jsonb(s) order by s.source, s.external_id) from redemption.place_source s)::text
      || (select jsonb_agg(to_jsonb(s) order by s.id) from redemption.site s)::text as everything`);
    const before = (await snapshot()).rows;
    expect(countsOf(await send(file))).toEqual([8, 0, 0, 7, 1]);
    expect((await snapshot()).rows).toEqual(before);
  });

  it('is imported once per key, and the key takes no other file', async () => {
    const [key, file] = [uuidv7(), csvOf([place()])];
    const first = await send(file, { key });
    expect(await send(file, { key })).toMatchObject({ status: 201, body: first.body });
    expect(await send(csvOf([place()]), { key })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('in JSON, v0, is read with its own columns and vocabulary', async () => {
    const row = {
      id: 7, nom: 'Ruche', pivot: '00000000000000', commune: 'AMBÉRIEU-EN-BUGEY', code_postal: 1500, adresse: '1 av. de la Gare', latitude: 45.95, longitude: 5.34,
      telephone: '0474386571', courriel: 'accueil@exemple.org', source: 'Essai v0', date_maj: '2021-06-07', horaires: 'week 2-52/2 Mo[1] 09:00-12:00',
      services: 'Accéder à du matériel;Accéder à une connexion internet;Prendre en main un ordinateur;Accompagner les démarches de santé',
      publics_accueillis: 'Adultes;Seniors (+ 65 ans);Personnes en situation d\'illettrisme',
      conditions_acces: 'Gratuit : Je peux accéder;Adhésion : nécessite d\'y adhérer;Accepte le Pass numérique : Il est possible d\'utiliser un Pass numérique',
      modalites_accompagnement: 'Seul : j\'ai accès;A ma place : une personne habilitée fait les démarches',
    };
    const answer = await send(JSON.stringify([row]), { type: 'application/json' });
    const [told] = await rowsOf(answer);
    expect(told).toMatchObject({ outcome: 'imported', notes: ['postal_code_padded', 'siret_placeholder', 'insee_code_missing', 'pass_numerique_not_taken'] });
    expect(await only('Ruche')).toMatchObject({ siret: null, accreditable: false, commune: 'Ambérieu-en-Bugey', postalCode: '01500' });
    expect(await listingOf(told!.placeId)).toMatchObject({
      services: ['Accès internet et matériel informatique', 'Maîtrise des outils numériques du quotidien', 'Aide aux démarches administratives'],
      access_fees: ['Gratuit', 'Payant'], access_fee_text: row.conditions_acces, opening_hours: row.horaires,
      details: {
        telephone: '+33474386571', emails: ['accueil@exemple.org'], audiences: ['Seniors'], specificSupport: ['Illettrisme'],
        supportModes: ['En autonomie', 'Accompagnement individuel'], otherLabels: ['Pass numérique'],
      },
    });
  });

  it.each([
    ['something else', 'code;nom\n1;Ain\n', 'table_columns_missing'], ['nothing', 'id,nom,code_postal\n', 'table_empty'],
    ['a quote that never closes', 'id,nom,code_postal\n1,"A,26000\n', 'table_malformed'],
  ])('is refused whole when it holds %s', async (_what, content, code) => {
    expect(await send(content)).toMatchObject({ status: 409, body: { code } });
  });

  it('is no field body, and nobody else may send it', async () => {
    expect(await send('<a/>', { type: 'application/xml' })).toMatchObject({ status: 415 });
    expect(await app.send('place-imports', csvOf([place()]), { token: await app.auditorToken() })).toMatchObject({ status: 403 });
    expect(await app.get(`place-imports/imp_${uuidv7()}/rows`, operator)).toMatchObject({ status: 404, body: { code: 'import_not_found' } });
  });
});

describe('a row', () => {
  const one = async (over: Place, columns?: string[]) => (await rowsOf(await send(csvOf([place(over)], columns))))[0]!;

  it.each<[string, Place, string]>([
    ['no id', { id: '' }, 'id_missing'], ['no name', { nom: ' ' }, 'name_missing'], ['no postal code', { code_postal: '' }, 'postal_code_missing'],
    ['a postal code that is none', { code_postal: 'inconnu' }, 'postal_code_wrong'], ['an id without an end', { id: 'x'.repeat(201) }, 'id_too_long'],
  ])('is refused with %s', async (_what, over, code) => {
    expect(await one(over)).toMatchObject({ outcome: 'refused', code, placeId: null });
  });

  it.each<[string, Place, string]>([
    ['zeros for a SIRET', { pivot: '00000000000000' }, 'siret_placeholder'], ['no SIRET', { pivot: '' }, 'siret_missing'],
    ['an association number', { pivot: 'W263001234' }, 'siret_is_rna'], ['a SIREN', { pivot: '732829320' }, 'siret_is_siren'],
    ['a SIRET that a spreadsheet rounded', { pivot: '21760400000000' }, 'siret_rounded'], ['a SIRET with a wrong digit', { pivot: '73282932000075' }, 'siret_wrong'],
  ])('with %s is imported, and cannot be accredited', async (_what, over, note) => {
    const row = await one(over);
    expect(row).toMatchObject({ outcome: 'imported', notes: [note] });
    const { body } = await app.call(`places/${row.placeId}/accreditations`, {
      token: operator, body: { programmeId: `prg_${uuidv7()}`, from: '2026-01-01', to: '2026-12-31' },
    });
    expect(body.code).toBe('place_without_siret');
    await expect(app.world.service.query(
      `insert into redemption.accreditation values ($1, $2, $3, 1, '2026-01-01', '2026-12-31', now())`, [uuidv7(), row.placeId!.slice(4), uuidv7()],
    )).rejects.toMatchObject({ code: '23514' });
  });

  it.each<[string, string, string]>([
    ['of La Poste, which fails the check digit', '35600000009075', '35600000009075'], ['of the seat of La Poste', '35600000000048', '35600000000048'],
    ['with narrow blanks', '732\u202f829\u202f320\u202f00074', '73282932000074'],
  ])('has a SIRET %s', async (_what, pivot, siret) => {
    const { placeId, notes } = await one({ pivot, nom: `Bureau ${pivot}` });
    expect(notes).toEqual([]);
    expect(await only(`Bureau ${pivot.replaceAll('\u202f', ' ')}`)).toMatchObject({ placeId, siret, accreditable: true });
  });

  it.each<[string, Place, object, string[]]>([
    ['none', { latitude: '', longitude: '' }, { latitude: null, longitude: null }, ['coordinates_missing']],
    ['exchanged', { latitude: '4.89', longitude: '44.93' }, { latitude: 44.93, longitude: 4.89 }, ['coordinates_swapped']],
    ['with a decimal comma', { latitude: '44,93', longitude: '4,89' }, { latitude: 44.93, longitude: 4.89 }, []],
    ['of a projection', { latitude: '6712345,2', longitude: '432577,9' }, { latitude: null }, ['coordinates_projected']],
    ['in the sea', { latitude: '12', longitude: '12' }, { latitude: null }, ['coordinates_outside_france']],
    ['that are words', { latitude: 'N/A - résultat non disponible', longitude: '4' }, { latitude: null }, ['coordinates_unreadable']],
  ])('has coordinates %s', async (_what, over, listing, notes) => {
    const row = await one(over);
    expect(row.notes).toEqual(notes);
    expect(await listingOf(row.placeId)).toMatchObject(listing);
  });

  it.each<[string, Place, object, string[]]>([
    ['no INSEE code', { code_insee: '' }, { insee_code: null }, ['insee_code_missing']],
    ['no services', { services: '' }, { services: [] }, ['services_missing']],
    ['no date', { date_maj: '' }, { updated_on: null }, ['date_missing']],
    ['a date that is none', { date_maj: 'hier' }, { updated_on: null, details: { unread: ['date_maj: hier'] } }, ['date_unreadable']],
    ['a date of 1970', { date_maj: '1970-01-01' }, { updated_on: null }, ['date_implausible']],
    ['a date of 1969', { date_maj: '1969-12-31' }, { updated_on: null }, ['date_implausible']],
    ['a postal code that lost its zero', { code_postal: '1500.0' }, { postal_code: '01500' }, ['postal_code_padded']],
    ['a commune in capitals', { commune: 'ROMANS-SUR-ISÈRE' }, { commune: 'Romans-sur-Isère' }, []],
    ['services as a database writes lists', { services: '{"Créer avec le numérique",Inconnu}' }, { services: ['Loisirs et créations numériques'], details: { unread: ['services: Inconnu'] } }, ['value_unknown']],
    ['services with semicolons', { services: 'Prendre en main un ordinateur;Créer avec le numérique' }, { services: ['Maîtrise des outils numériques du quotidien', 'Loisirs et créations numériques'] }, []],
    ['services with slashes', { services: 'Prendre en main un ordinateur / Créer avec le numérique' }, { services: ['Maîtrise des outils numériques du quotidien', 'Loisirs et créations numériques'] }, []],
    ['services with commas', { services: 'Prendre en main un ordinateur, Créer avec le numérique' }, { services: ['Maîtrise des outils numériques du quotidien', 'Loisirs et créations numériques'] }, []],
  ])('has %s', async (_what, over, listing, notes) => {
    const row = await one(over);
    expect(row).toMatchObject({ outcome: 'imported', notes });
    expect(await listingOf(row.placeId)).toMatchObject({ ...listing, ...('updated_on' in listing && { updated_on: null }) });
  });

  it.each<[string, string, object, string[]]>([
    ['without its country', '0467714850', { telephone: '+33467714850' }, []], ['of Guyane', '0594 30 00 00', { telephone: '+594594300000' }, []],
    ['two of them', '04 67 71 48 50 / 0600000000', { telephone: '+33467714850', unread: ['telephone: 0600000000'] }, ['phone_unreadable']],
    ['that is a word', 'sur place', { unread: ['telephone: sur place'] }, ['phone_unreadable']],
  ])('has a telephone number %s', async (_what, telephone, details, notes) => {
    const row = await one({ telephone }, [...COLUMNS, 'telephone']);
    expect(row.notes).toEqual(notes);
    expect((await listingOf(row.placeId))['details']).toEqual(details);
  });

  it('has newlines and quotes inside a field, and the address column with a capital', async () => {
    const file = csvOf([place({ horaires: 'Lundi\nle "matin"' })], [...COLUMNS, 'horaires']).replace('"adresse"'.slice(1, -1), 'Adresse');
    const [row] = await rowsOf(await send(file));
    expect(await listingOf(row!.placeId)).toMatchObject({ opening_hours: 'Lundi\nle "matin"', street: expect.stringContaining('rue des Tilleuls') });
  });

  it('is refused by itself when it has more cells than the header, or swallowed others; the rest is imported', async () => {
    const [header, ...lines] = csvOf([place(), place(), place()]).split('\n');
    const answer = await send([header, `${lines[0]},de trop`, lines[1], '"x","Essai","732', '829","y",z "', lines[2]].join('\n'));
    expect((await rowsOf(answer)).map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(expect.arrayContaining(['refused row_ragged', 'imported new']));
    expect(countsOf(answer).slice(1).reduce<number>((sum, count) => sum + Number(count), 0)).toBe(answer.body['read']);
  });

  it.each([
    ['97300', '', 'America/Cayenne'], ['97400', '', 'Indian/Reunion'], ['97100', '', 'America/Guadeloupe'], ['97200', '', 'America/Martinique'],
    ['97600', '', 'Indian/Mayotte'], ['98800', '', 'Pacific/Noumea'], ['97500', '97502', 'America/Miquelon'], ['98742', '98731', 'Pacific/Marquesas'],
    ['98714', '98735', 'Pacific/Tahiti'], ['98600', '98613', 'Pacific/Wallis'], ['20000', '2A004', 'Europe/Paris'],
  ])('of %s %s has days that begin and end in %s', async (code_postal, code_insee, timeZone) => {
    const { placeId } = await one({ code_postal, code_insee, latitude: '', longitude: '', nom: `Lieu ${code_postal}` });
    expect(await only(`Lieu ${code_postal}`)).toMatchObject({ placeId, site: { timeZone } });
  });
});

describe('several rows of one place', () => {
  it('join what they say service by service', async () => {
    const base = place();
    const rows = ['Créer avec le numérique', 'Accéder à du matériel', 'Prendre en main un ordinateur']
      .map((services, at) => ({ ...base, id: `${base['id']}-${at}`, services }));
    const told = await rowsOf(await send(csvOf(rows)));
    expect(told.map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(['imported new', 'merged completed', 'merged completed']);
    expect((await listingOf(told[0]!.placeId))['services']).toHaveLength(3);
  });

  it('may have one SIRET and stay places of their own', async () => {
    const rows = Array.from({ length: 56 }, () => place({ pivot: '55208131766522' }));
    expect(countsOf(await send(csvOf(rows)))).toEqual([56, 56, 0, 0, 0]);
    expect((await app.get('places?search=55208131766522&limit=200', operator)).body['items']).toHaveLength(56);
  });

  it('are one by name and address, however it is abbreviated, and two when they are of two bodies or far apart', async () => {
    const base = place({ adresse: '12 avenue Jean Jaurès' });
    const rows = [
      base, { ...base, id: 'a', source: 'B', adresse: '12 AV. JEAN JAURES', nom: base['nom']!.toUpperCase(), pivot: '' },
      { ...base, id: 'b', adresse: '12 Av Jean-Jaurès 12 Av Jean-Jaurès' }, { ...base, id: 'c', pivot: '55208131766522' }, { ...base, id: 'd', pivot: '', latitude: '44.99' },
      { ...base, id: 'e', adresse: '' }, { ...base, id: 'f', adresse: '14 avenue Jean Jaurès' },
    ];
    const told = await rowsOf(await send(csvOf(rows.map((row) => ({ ...row, id: `${row.id}-${made}` })))));
    expect(told.map(({ outcome, notes }) => `${outcome} ${notes.filter((note) => !note.startsWith('siret')).join()}`)).toEqual([
      'imported ', 'merged matched_by_address', 'merged matched_by_address', 'imported beside_another', 'imported beside_another', 'imported ', 'imported ',
    ]);
    expect(new Set(told.slice(0, 3).map(({ placeId }) => placeId)).size).toBe(1);
  });

  it('keep name, SIRET and zone of a place once it is accredited, and change the rest', async () => {
    const row = place();
    const [{ placeId } = { placeId: null }] = await rowsOf(await send(csvOf([row])));
    const programmeId = uuidv7();
    await app.take(ProgrammePublishedV1, {
      programmeId, ruleVersion: 1, name: 'P', kind: 'unit', faceCents: 1_000, currency: 'EUR', usableUntil: '2026-12-31', claimableUntil: '2027-01-31', custodyAccountId: CUSTODY,
    });
    const accredited = await app.call(`places/${placeId}/accreditations`, { token: operator, body: { programmeId: `prg_${programmeId}`, from: '2026-01-01', to: '2026-12-31' } });
    expect(accredited.status).toBe(201);
    const later = { ...row, nom: 'Un autre nom', pivot: '55208131766522', code_postal: '97300', code_insee: '97302', services: 'Créer avec le numérique', date_maj: '2025-01-01' };
    const [told] = await rowsOf(await send(csvOf([later])));
    expect(told).toMatchObject({ outcome: 'merged', code: 'replaced', placeId, notes: ['identity_kept'], fields: ['postalCode', 'inseeCode', 'services', '-name', '-siret'] });
    expect(await only(row['nom']!)).toMatchObject({ placeId, siret: '73282932000074', postalCode: '97300', site: { timeZone: 'Europe/Paris' } });
    expect((await app.emitted(PlaceAccreditedV1)).filter((body) => `plc_${body.placeId}` === placeId)).toHaveLength(1);
    for (const sql of ['update redemption.place set name = name || \'x\' where id = $1', 'update redemption.site set time_zone = \'Europe/Rome\' where place_id = $1']) {
      await expect(app.world.service.query(sql, [placeId!.slice(4)])).rejects.toMatchObject({ code: '23000' });
    }
  });
});

describe('an import that was killed', () => {
  const killed = async (file: string) => {
    const bytes = Buffer.from(file);
    const table = await openTable(bytes, 'text/csv', 1_000);
    const meta = {
      kind: 'request', key: uuidv7(), route: 'x', requestHash: 'x', callerId: 'u', actor: { kind: 'user', id: 'u' }, correlationId: 'x',
    } as const;
    const { createHash } = await import('node:crypto');
    let chunks = 0;
    const asked = {
      kind: 'places', table, chunkRows: 2, file: { bytes, sha256: createHash('sha256').update(bytes).digest('hex') },
      take: async (...chunk: Parameters<typeof takePlaces>) => {
        chunks += 1;
        const outcomes = await takePlaces(...chunk);
        if (chunks === 3) throw new Error('killed');
        return outcomes;
      },
    };
    return { asked, meta, die: () => expect(runFileImport(app.work, meta, asked)).rejects.toThrow('killed') };
  };

  it('goes on where it stopped when the file is sent again under another key, and takes each row once', async () => {
    const file = csvOf(Array.from({ length: 9 }, () => place()));
    await (await killed(file)).die();
    const [{ taken } = { taken: 0 }] = (await app.world.inspector.query<{ taken: number }>(
      'select imported as taken from redemption.file_import where finished_at is null')).rows;
    expect(taken).toBe(4);
    const answer = await send(file);
    expect(countsOf(answer)).toEqual([9, 9, 0, 0, 0]);
    expect((await rowsOf(answer)).map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(countsOf(await send(file))).toEqual([9, 0, 0, 9, 0]);
  });

  it('goes on under its own key, and two that go on at once take each row once', async () => {
    const file = csvOf(Array.from({ length: 9 }, () => place()));
    const { asked, meta, die } = await killed(file);
    await die();
    const outcomes = await Promise.all([
      runFileImport(app.work, meta, { ...asked, take: takePlaces }),
      runFileImport(app.work, { ...meta, key: uuidv7() }, { ...asked, take: takePlaces, chunkRows: 3 }),
      send(file),
    ]);
    for (const outcome of outcomes.slice(0, 2)) expect(!isRejected(outcome) && 'read' in outcome && [outcome.read, outcome.imported]).toEqual([9, 9]);
    expect(countsOf(outcomes[2] as Answer).slice(0, 1)).toEqual([9]);
  });

  it('never finishes with counts that its rows do not have, nor takes a row afterwards', async () => {
    const importId = uuidv7();
    const query = (sql: string, values: unknown[] = []) => app.world.service.query(sql, [importId, ...values]);
    await query(`insert into redemption.file_import (id, kind, sha256, bytes, read, started_by, started_at) values ($1, 'places', repeat('0', 64), 1, 1, 'u', now())`);
    const row = `insert into redemption.file_import_row values ($1, $2, 1, null, null, 'refused', 'id_missing', '{}', '{}', null)`;
    await expect(query('update redemption.file_import set refused = 1, finished_at = now() where id = $1')).rejects.toMatchObject({ code: '23514' });
    await expect(query('update redemption.file_import set finished_at = now() where id = $1')).rejects.toMatchObject({ code: '23514' });
    await query(row, [1]);
    await expect(query('update redemption.file_import set imported = 1, finished_at = now() where id = $1')).rejects.toMatchObject({ code: '23514' });
    await expect(query('update redemption.file_import set refused = 1 where id = $1')).rejects.toMatchObject({ code: '23514' });
    await query('update redemption.file_import set refused = 1, finished_at = now() where id = $1');
    await expect(query(row, [2])).rejects.toMatchObject({ code: '23000' });
    await expect(query('update redemption.file_import set refused = 0, imported = 1 where id = $1')).rejects.toMatchObject({ code: '23000' });
    await expect(query('delete from redemption.file_import_row where file_import_id = $1')).rejects.toMatchObject({ code: '42501' });
  });
});
