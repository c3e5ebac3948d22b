// Invoices to places: issued for what closings kept, once, without a gap, however many issue at once and whoever is killed; what they
// say, on paper too; who may see them; and what their tables refuse.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlaceInvoiceIssuedV1, ProgrammePublishedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { SELLER } from '../../../../test/builders/seller.js';
import { ANNA, AUDITOR, BERT, managerOf, plain, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';
import type { PlaceInvoiceContent } from './place-invoice-content.decision.js';

const ADDRESS = '3 rue des Tilleuls, 42000 Saint-Étienne';
let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.create({ seller: SELLER });
  await world.take(ProgrammePublishedV1, { ...ProgrammePublishedV1.sample, programmeId: world.programmeId, name: 'Pass d’essai' });
});
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.urlFor('settlement'), local)).broken).toEqual([]);
  await world.close();
});

type Owed = Place & Readonly<{ payeeId: string }>;
type Listed = Readonly<{
  placeInvoiceId: string; kind: string; number: string; statementId: string; feeCents: number; vatCents: number; sha256: string;
}>;

async function owed(amountCents = 10_000, address: string | undefined = ADDRESS): Promise<Owed> {
  const place = await world.accredit(world.newPlace(), address === undefined ? {} : { address });
  const payeeId = await world.payee(place);
  await world.redeem(place, amountCents);
  return { ...place, payeeId };
}
const invoicesOf = async ({ payeeId }: Owed, as = ANNA) =>
  (await world.get(`place-invoices?payeeId=${payeeId}`, as)).body['items'] as unknown as readonly Listed[];
const contentOf = async ({ placeInvoiceId }: Listed) => {
  const { body } = await world.get(`place-invoices/${placeInvoiceId}`);
  expect(createHash('sha256').update(String(body['content'])).digest('hex')).toBe(body['sha256']);
  return JSON.parse(String(body['content'])) as PlaceInvoiceContent;
};
const numbers = async (kind = 'invoice') =>
  (await world.rows<{ number: number }>(`select number from settlement.place_invoice where kind = '${kind}' order by number`)).map(({ number }) => number);
/** What was told of a place's documents, and what is kept of them, agree. */
const told = async ({ payeeId }: Owed) =>
  (await world.emitted(PlaceInvoiceIssuedV1)).map(({ body }) => body).filter((body) => body.payeeId === plain(payeeId));

describe('an invoice to a place', () => {
  it('says what a statement kept, to whom, by which rule, and that it is paid', async () => {
    const place = await owed();
    await world.closeStatements();
    expect(await world.issuer.issueAll()).toBe(1);
    const [invoice] = await invoicesOf(place) as [Listed];
    expect(invoice).toMatchObject({ kind: 'invoice', number: 'FL-2026-000001', feeCents: 200, vatCents: 40, totalCents: 240, period: '2026-04' });
    expect(await contentOf(invoice)).toMatchObject({
      kind: 'invoice', number: 'FL-2026-000001', issuedOn: '2026-04-02', seller: SELLER, payment: 'netted', closedOn: '2026-04-02', cites: [],
      buyer: { name: `Commune ${place.siret}`, siren: place.siret.slice(0, 9), vatNumber: null, address: ADDRESS },
      lines: [{
        programmeName: 'Pass d’essai', rule: 1, redemptions: 1, grossCents: 10_000, feeBasisPoints: 200, feeCents: 200, vatBasisPoints: 2_000, vatCents: 40,
      }],
      feeCents: 200, vatCents: 40, totalCents: 240,
    });
    expect(await told(place)).toMatchObject([{
      kind: 'invoice', number: 'FL-2026-000001', sellerSiren: SELLER.siren, statementId: plain(invoice.statementId), feeCents: 200, vatCents: 40, sha256: invoice.sha256,
    }]);
  });

  it('is issued once per statement, numbers without a gap, by two processes at once and one that is killed', async () => {
    for (let at = 0; at < 6; at += 1) await owed(1_000 + at);
    await world.closeStatements();
    const before = (await numbers()).length;
    const once = world.work.once.bind(world.work);
    world.work.once = ((meta: Parameters<typeof once>[0], work: Parameters<typeof once>[1]) => once(meta, async (tx) => {
      await work(tx);
      throw new Error('killed');
    })) as typeof once;
    await expect(world.issuer.issueAll()).rejects.toThrow('killed');
    world.work.once = once;
    expect((await numbers()).length).toBe(before);
    const issued = await world.atOnce([() => world.issuer.issueAll(), () => world.issuer.issueAll(), () => world.issuer.issueAll()]);
    expect(issued.reduce((total, count) => total + count, 0)).toBe(6);
    expect(await numbers()).toEqual(Array.from({ length: before + 6 }, (_, at) => at + 1));
    expect(await world.issuer.issueAll()).toBe(0);
  });

  it('waits for the legal body and the address that it has to say, and is issued when they come', async () => {
    const place = await world.accredit();
    await world.redeem(place, 5_000);
    await world.closeStatements();
    const [{ payee_id: id }] = await world.rows<{ payee_id: string }>('select payee_id from settlement.payee_site where place_id = $1', [place.placeId]) as [{ payee_id: string }];
    const waiting = async () => ((await world.get('place-invoices/waiting', AUDITOR)).body['items'] as { payeeId: string }[])
      .find(({ payeeId }) => plain(payeeId) === id);
    expect(await world.issuer.issueAll()).toBe(0);
    expect(await waiting()).toMatchObject({ missing: 'legal_body', statements: 1, feeCents: 100, vatCents: 20 });
    const payeeId = await world.payee(place);
    expect(await world.issuer.issueAll()).toBe(0);
    expect(await waiting()).toMatchObject({ missing: 'address' });
    const billing = { address: '1 place du Marché, 59000 Lille', vatNumber: 'FR44732829320' };
    expect((await world.post(`payees/${payeeId}/billing`, { body: billing, as: managerOf(await world.accredit()) })).body.code).toBe('payee_unknown');
    expect((await world.post(`payees/${payeeId}/billing`, { body: billing, as: tillOf(place) })).status).toBe(403);
    expect((await world.post(`payees/${payeeId}/billing`, { body: billing, as: managerOf(place) })).body).toEqual({ version: 1 });
    expect(await world.issuer.issueAll()).toBe(1);
    expect(await waiting()).toBeUndefined();
    const [invoice] = await invoicesOf({ ...place, payeeId }) as [Listed];
    expect((await contentOf(invoice)).buyer).toMatchObject(billing);
    await world.done(`payees/${payeeId}/billing`, { address: 'elsewhere' });
    expect((await contentOf(invoice)).buyer).toMatchObject(billing);
  });

  it('is none where nothing was kept, and none at all where nobody says who invoices', async () => {
    const silent = await SettlementWorld.create();
    try {
      await silent.owedPlace();
      await silent.closeStatements();
      expect(await silent.issuer.issueAll()).toBe(0);
    } finally {
      await silent.close();
    }
    const free = world.newId();
    await world.done('fee-rules', { programmeId: shown('programme', free), from: '2026-01-01', feeBasisPoints: 0, vatBasisPoints: 2_000, commonsBasisPoints: 100 });
    const place = await owed();
    const other: Owed = { ...await world.accredit(world.newPlace(), { address: ADDRESS }), payeeId: '' };
    await world.payee(other);
    await world.redeem(other, 1_000, { programmeId: free });
    await world.closeStatements();
    expect(await world.issuer.issueAll()).toBe(1);
    expect(await invoicesOf(place)).toHaveLength(1);
  });
});

describe('a credit note to a place', () => {
  it('gives a fee back that an incident took out of an older rule, and names the invoice that said it', async () => {
    const place = await owed(3_000);
    await world.redeem(place, 2_000);
    await world.closeStatements();
    await world.issuer.issueAll();
    const [invoice] = await invoicesOf(place) as [Listed];
    const [line] = await world.rows<{ id: string }>('select redemption_id as id from settlement.claim_line where place_id = $1 and gross = 2000', [place.placeId]) as [{ id: string }];
    const { incidentId } = await world.done('incidents', { redemptionId: shown('redemption', line.id), kind: 'overpaid', amountCents: 1_000, note: 'too much' });
    await world.done(`incidents/${String(incidentId)}/validate`, { note: 'seen' }, BERT);
    await world.done('fee-rules', { programmeId: shown('programme', world.programmeId), from: '2026-04-02', feeBasisPoints: 100, vatBasisPoints: 2_000, commonsBasisPoints: 100 });
    await world.redeem(place, 8_000, { feeRuleVersion: 2 });
    await world.closeStatements();
    expect(await world.issuer.issueAll()).toBe(2);
    const [note, second] = (await invoicesOf(place)) as [Listed, Listed];
    expect([second.kind, second.feeCents, second.vatCents]).toEqual(['invoice', 80, 16]);
    expect([note.kind, note.number, note.feeCents, note.vatCents]).toEqual(['credit_note', 'AL-2026-000001', 20, 4]);
    expect(await contentOf(note)).toMatchObject({ cites: [{ number: invoice.number, issuedOn: '2026-04-02' }], lines: [{ rule: 1, grossCents: 1_000, feeCents: 20 }] });
    expect(await numbers('credit_note')).toEqual([1]);
    expect((await told(place)).map(({ kind }) => kind)).toEqual(['invoice', 'invoice', 'credit_note']);
    expect(textOf((await world.get(`place-invoices/${note.placeInvoiceId}/pdf`)).bytes)).toContain(`facture ${invoice.number} du 02/04/2026`);
  });
});

const absent = spawnSync('pdftotext', ['-v']).error ? ' (skipped: no pdftotext)' : '';
function textOf(pdf: Buffer): string {
  if (absent !== '') return '';
  const folder = mkdtempSync(join(tmpdir(), 'mereau-place-invoice-'));
  try {
    writeFileSync(join(folder, 'invoice.pdf'), pdf);
    return spawnSync('pdftotext', ['-layout', join(folder, 'invoice.pdf'), '-'], { encoding: 'utf8' }).stdout.replaceAll(/[\u00a0\u202f]/g, ' ');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('an invoice on paper, and who sees it', () => {
  (absent ? it.skip : it)(`says all that the law wants, in French first${absent}`, async () => {
    const place = await owed(12_345);
    await world.closeStatements();
    await world.issuer.issueAll();
    const [{ placeInvoiceId, number, statementId, sha256 }] = await invoicesOf(place) as [Listed];
    const pdf = async (query = '') => (await world.get(`place-invoices/${placeInvoiceId}/pdf${query}`)).bytes;
    const said = textOf(await pdf());
    for (const what of [
      `Facture n° ${number}`, SELLER.name, SELLER.legalForm, 'SIREN 732829320', 'TVA FR44732829320', SELLER.registry, '1 rue de l’Essai', '59000 Lille',
      `Commune ${place.siret}`, ADDRESS, `SIREN ${place.siret.slice(0, 9)}`, '02/04/2026', '2026-04', 'Prestation de services', 'Pass d’essai, barème version 1, 1 encaissement',
      '123,45 €', '2%', '2,47 €', '20%', 'TVA 20% sur 2,47 €', '0,49 €', '2,96 €', 'Net à payer', '0,00 €', statementId, 'Acquittée par compensation le 02/04/2026',
      'indemnité forfaitaire pour frais de recouvrement de 40 €', 'Pas d’escompte', sha256,
    ]) expect(said.replaceAll(/\s+/g, ' ').replaceAll(' %', '%')).toContain(what);
    expect(textOf(await pdf('?language=en')).replaceAll(/\s+/g, ' ')).toContain('Translation for readers. The French document is the one that counts.');
    expect((await pdf()).equals(await pdf())).toBe(true);
  });

  it('is shown to the people of its payee, the operator and auditors, and to no other place', async () => {
    const place = await owed();
    const other = await world.accredit();
    await world.closeStatements();
    await world.issuer.issueAll();
    const [{ placeInvoiceId, number }] = await invoicesOf(place) as [Listed];
    for (const as of [tillOf(place), managerOf(place), AUDITOR]) {
      expect((await world.get(`place-invoices/${placeInvoiceId}/pdf`, as)).status).toBe(200);
      expect(((await world.get(`place-invoices?number=${number}`, as)).body['items'] as Listed[]).map((one) => one.number)).toEqual([number]);
    }
    expect((await world.get(`place-invoices/${placeInvoiceId}`, tillOf(other))).body.code).toBe('place_invoice_unknown');
    expect((await world.get('place-invoices', managerOf(other))).body['items']).toEqual([]);
    expect((await world.get('place-invoices/waiting', tillOf(place))).status).toBe(403);
  });
});

describe('the tables of invoices', () => {
  it('refuse numbers that are not drawn, drawn ones that are not used, other amounts and payees, and a second invoice', async () => {
    const place = await owed(7_000);
    const stranger = plain(await world.payee(await world.accredit()));
    await world.closeStatements();
    const [{ id }] = await world.rows<{ id: string }>('select id from settlement.statement where payee_id = $1', [plain(place.payeeId)]) as [{ id: string }];
    const last = Math.max(...await numbers());
    const draw = (to: number) => `update settlement.place_invoice_series set last_number = ${to} where kind = 'invoice'`;
    const insert = (over: Partial<Record<'number' | 'fee' | 'vat' | 'payee' | 'kind', string | number>> = {}) => {
      const { number = last + 1, fee = 140, vat = 28, payee = plain(place.payeeId), kind = 'invoice' } = over;
      return `insert into settlement.place_invoice (id, seller_siren, kind, year, number, display_number, payee_id, statement_id, issued_on, fee, vat, currency,
          payment, content, sha256, event_id, issued_at)
        select g, '${SELLER.siren}', '${kind}', 2026, ${number}, 'X', '${payee}', '${id}', '2026-04-02', ${fee}, ${vat}, 'EUR', 'netted', g::text,
          encode(sha256(convert_to(g::text, 'UTF8')), 'hex'), g, now() from gen_random_uuid() g`;
    };
    const attempt = async (...statements: string[]) => {
      await world.service.query('begin');
      try {
        for (const sql of statements) await world.service.query(sql);
        await world.service.query('set constraints all immediate');
        return 'done';
      } catch (error) {
        const { constraint, message } = error as { constraint?: string; message: string };
        return constraint ?? message;
      } finally {
        await world.service.query('rollback');
      }
    };
    expect(await attempt(draw(last + 1), insert())).toBe('done');
    expect(await attempt(insert())).toMatch('no number drawn');
    expect(await attempt(draw(last + 2), insert())).toMatch('1 were used');
    expect(await attempt(draw(last + 1))).toMatch('0 were used');
    expect(await attempt(draw(last - 1))).toMatch('append-only');
    expect(await attempt(draw(last + 1), insert({ fee: 139 }))).toMatch('is not what statement');
    expect(await attempt(draw(last + 1), insert({ vat: 27 }))).toMatch('is not what statement');
    expect(await attempt(draw(last + 1), insert({ payee: stranger }))).toMatch('is not what statement');
    expect(await attempt(draw(last + 2), insert(), insert({ number: last + 2 }))).toBe('place_invoice_once');
    await world.issuer.issueAll();
  });
});
