// The yearly charge to places: told thirty days before, charged once whoever is killed and however many charge at once, netted where
// that was accepted and paid by transfer where it was not, in part and never too much.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PayeeDocumentsIssuedV1, PlaceChargeAnnouncedV1, PlaceChargeBilledV1, PlaceInvoicePaidV1, PlaceSuspendedV1, PlaceWithdrawnV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { SELLER } from '../../../../test/builders/seller.js';
import { ANNA, CLEO, managerOf, plain, SettlementWorld, shown, tillOf, ZOE, type Place } from '../../../../test/builders/settlement-world.js';
import { PlaceCharger } from './place-charger.js';

/** From one in the afternoon in Paris on: then who left on the evening before is known. */
const [DAY, CHARGED_AT] = ['2026-05-02', '2026-05-02T11:00:00.000Z'];
const TERMS = 'Les frais annuels sont compensés avec les relevés.';
let world: SettlementWorld;
let charger: PlaceCharger;
beforeEach(async () => {
  world = await SettlementWorld.create({ seller: SELLER });
  charger = world.app.get(PlaceCharger, { strict: false });
});
afterEach(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.urlFor('settlement'), local)).broken).toEqual([]);
  await world.close();
});

type Listed = Readonly<{
  placeInvoiceId: string; kind: string; number: string; chargeId: string | null; payment: string; reference: string; totalCents: number;
  paidCents: number; setOffCents: number; creditedCents: number; leftCents: number;
}>;
type Paid = Place & Readonly<{ payeeId: string }>;

const rule = (over: Record<string, unknown> = {}) => ({
  from: DAY, amountCents: 7_700, vatBasisPoints: 2_000, bankAccountId: shown('bankAccount', world.bankAccountId), ...over,
});
const code = async (over: Record<string, unknown>) => (await world.post('place-charge-rules', { body: rule(over) })).body.code;
const newPayee = async (over: Parameters<SettlementWorld['accredit']>[1] = {}): Promise<Paid> => {
  const place = await world.accredit(world.newPlace(), { address: '3 rue des Tilleuls, 42000 Saint-Étienne', ...over });
  return { ...place, payeeId: await world.payee(place) };
};
const comes = (instant = CHARGED_AT) => world.clock.set(instant);
const charged = async () => (await world.rows<{ payee_id: string }>('select payee_id from settlement.place_charge')).map(({ payee_id: id }) => id).sort();
const invoicesOf = async ({ payeeId }: Paid) => (await world.get(`place-invoices?payeeId=${payeeId}`)).body['items'] as unknown as readonly Listed[];
const receive = async (amountCents: number, reference: string) => {
  world.bank.receive({ amountCents: cents(amountCents), from: { name: 'COMMUNE', iban: fakeIban(77) }, reference });
  return world.bankDay();
};
const owing = (place: Paid) => world.balance(`place_receivable:${plain(place.payeeId)}`);
const lastLine = async () => shown('bankLine', (await world.rows<{ id: string }>('select id from settlement.bank_line order by id desc limit 1'))[0]!.id);

describe('a charge rule', () => {
  it('is published within its cap, thirty days before its day, and places hear of it', async () => {
    const place = await world.accredit();
    await world.accredit(world.newPlace(), { to: '2026-03-31' });
    expect(await code({ from: '2026-05-01' })).toBe('charge_rule_without_notice');
    expect(await code({ amountCents: 16_668 })).toBe('charge_rule_over_cap');
    expect(await code({ from: '2028-02-29' })).toBe('charge_day_not_yearly');
    expect(await code({ from: '2029-05-02' })).toBe('charge_rule_too_far');
    expect(await code({ bankAccountId: shown('bankAccount', world.newId()) })).toBe('bank_account_unknown');
    expect((await world.post('place-charge-rules', { body: rule(), as: managerOf(place) })).status).toBe(403);
    expect((await world.done('place-charge-rules', rule()))).toEqual({ version: 1 });
    expect(await code({ from: DAY })).toBe('charge_rule_too_early');
    expect(await code({ from: '2026-06-02' })).toBe('charge_year_taken');
    expect(await world.done('place-charge-rules', rule({ from: '2027-05-02', amountCents: 8_000 }))).toEqual({ version: 2 });
    const shownRules = (await world.get('place-charge-rules', tillOf(place))).body['items'];
    expect(shownRules).toMatchObject([
      { version: 2, amountCents: 8_000, vatCents: 1_600 }, { version: 1, from: DAY, amountCents: 7_700, vatCents: 1_540 },
    ]);
    const told = (await world.emitted(PlaceChargeAnnouncedV1)).map(({ body }) => body);
    expect(told).toMatchObject([
      { version: 1, from: DAY, before: null, after: { amountCents: 7_700, vatBasisPoints: 2_000 }, places: [place.placeId] },
      { version: 2, before: { amountCents: 7_700 }, places: [place.placeId] },
    ]);
  });
});

describe('the charge of a year', () => {
  it('is owed once by each payee whose place takes vouchers on its day, by three processes at once and one that is killed', async () => {
    await world.done('place-charge-rules', rule());
    const owes = [await newPayee(), await newPayee()];
    const reinstated = await newPayee();
    const free = [await newPayee({ to: '2026-05-01' }), await newPayee({ from: '2026-05-03' }), await newPayee(), await newPayee()] as const;
    await world.accredit();
    const measured = (place: Place) => ({ measureId: world.newId(), placeId: place.placeId, programmeId: world.programmeId, reason: 'other' as const });
    await world.take(PlaceWithdrawnV1, { ...PlaceWithdrawnV1.sample, ...measured(free[2]), from: DAY });
    await world.take(PlaceSuspendedV1, { ...PlaceSuspendedV1.sample, ...measured(free[3]), from: '2026-04-20' });
    await world.take(PlaceWithdrawnV1, { ...PlaceWithdrawnV1.sample, ...measured(reinstated), from: '2026-05-03' });
    comes('2026-05-02T10:59:59.000Z');
    expect([await charger.chargeAll(), await charger.isIdle()]).toEqual([0, true]);
    comes();
    expect(await charger.isIdle()).toBe(false);
    const once = world.work.once.bind(world.work);
    world.work.once = ((meta: Parameters<typeof once>[0], work: Parameters<typeof once>[1]) => once(meta, async (tx) => {
      await work(tx);
      throw new Error('killed');
    })) as typeof once;
    await expect(charger.chargeAll()).rejects.toThrow('killed');
    world.work.once = once;
    expect(await charged()).toEqual([]);
    const counts = await world.atOnce([() => charger.chargeAll(), () => charger.chargeAll(), () => charger.chargeAll()]);
    expect(counts.reduce((total, count) => total + count, 0)).toBe(3);
    expect(await charged()).toEqual([...owes, reinstated].map(({ payeeId }) => plain(payeeId)).sort());
    expect(await Promise.all([...owes, ...free].map(owing))).toEqual([-9_240, -9_240, 0, 0, 0, 0]);
    expect([await world.balanceOf('fee_income'), await world.balanceOf('vat_collected')]).toEqual([3 * 7_700, 3 * 1_540]);
    expect((await world.emitted(PlaceChargeBilledV1)).map(({ body }) => [body.year, body.chargedOn, body.feeCents, body.vatCents]))
      .toEqual(Array.from({ length: 3 }, () => [2026, DAY, 7_700, 1_540]));
    comes('2026-06-01T11:00:00.000Z');
    expect([await charger.chargeAll(), await charger.isIdle()]).toEqual([0, true]);
  });

  it('is charged backwards for thirty days and no longer', async () => {
    await world.done('place-charge-rules', rule());
    comes('2026-06-01T11:00:00.000Z');
    await newPayee();
    expect(await charger.chargeAll()).toBe(1);
    comes('2026-06-02T11:00:00.000Z');
    await newPayee();
    expect(await charger.chargeAll()).toBe(0);
  });
});

describe('an invoice of a charge', () => {
  it('is taken of statements to come where netting was accepted, and what they leave is paid by its reference', async () => {
    await world.done('place-charge-rules', rule());
    await world.done('netting-terms', { text: TERMS, from: '2026-04-02' });
    const place = await newPayee();
    await world.done('netting-acceptances', { version: 1, sha256: createHash('sha256').update(TERMS).digest('hex') }, managerOf(place));
    comes();
    await charger.chargeAll();
    expect(await world.issuer.issueAll()).toBe(1);
    const [open] = await invoicesOf(place) as [Listed];
    expect(open).toMatchObject({ number: 'FL-2026-000001', payment: 'set_off', statementId: null, totalCents: 9_240, leftCents: 9_240 });
    await world.redeem(place, 5_000);
    await world.closeStatements();
    const [{ statementId }] = (await world.get(`statements?payeeId=${place.payeeId}`)).body['items'] as [{ statementId: string }];
    const { body: statement } = await world.get(`statements/${statementId}`);
    expect(statement).toMatchObject({ netCents: 4_830, toPayCents: 0, state: 'set_off', setOffs: [{ placeInvoiceId: open.placeInvoiceId, number: open.number, amountCents: 4_830 }] });
    expect(JSON.parse(String(statement['content']))).toMatchObject({ format: 5, invoicesSetOff: [{ placeInvoice: plain(open.placeInvoiceId), cents: 4_830 }] });
    expect((await invoicesOf(place)).find(({ chargeId }) => chargeId !== null)).toMatchObject({ setOffCents: 4_830, leftCents: 4_410 });
    expect([await owing(place), await world.balance(`payable:${plain(place.payeeId)}`)]).toEqual([-4_410, 0]);
    await world.redeem(place, 10_000);
    await world.closeStatements();
    expect([await owing(place), await world.balance(`payable:${plain(place.payeeId)}`)]).toEqual([0, 9_660 - 4_410]);
    expect(await world.released()).toContain('<InstdAmt Ccy="EUR">52.50</InstdAmt>');
    expect((await world.emitted(PlaceInvoicePaidV1)).map(({ body }) => [body.amountCents, body.leftCents]))
      .toEqual([[4_830, 4_410], [4_410, 0]]);
  });

  it('is paid by its reference in part, and too much of it is a line that somebody else has to explain', async () => {
    await world.done('place-charge-rules', rule());
    await world.done('netting-terms', { text: TERMS, from: '2026-04-02' });
    const place = await newPayee();
    comes();
    await charger.chargeAll();
    await world.issuer.issueAll();
    const [{ placeInvoiceId, reference, payment }] = await invoicesOf(place) as [Listed];
    expect(payment).toBe('apart');
    await world.redeem(place, 5_000);
    await world.closeStatements();
    expect(await world.balance(`payable:${plain(place.payeeId)}`)).toBe(4_950);
    expect(await receive(4_000, reference)).toEqual({ place_invoice_paid: 1 });
    expect(await receive(9_000, `FACTURE ${reference}`)).toEqual({ unknown_credit: 1 });
    const line = await lastLine();
    const identify = (id: string, as = ZOE) => world.post(`bank-lines/${id}/identifications`, { body: { kind: 'place_invoice', placeInvoiceId }, as });
    expect((await identify(line)).body).toMatchObject({ code: 'place_invoice_overpaid', details: { leftCents: 5_240, lineCents: 9_000 } });
    await receive(240, 'sans référence');
    const small = await lastLine();
    for (const as of [ANNA, CLEO]) expect((await identify(small, as)).body.code).toBe('gives_to_own_account');
    expect((await world.post(`bank-lines/${small}/identifications`, { body: { kind: 'place_invoice', placeInvoiceId: shown('placeInvoice', world.newId()) }, as: ZOE })).body.code)
      .toBe('place_invoice_unknown');
    expect((await identify(small)).body).toMatchObject({ kind: 'place_invoice', amountCents: 240 });
    expect(await receive(5_000, reference)).toEqual({ place_invoice_paid: 1 });
    const [paid] = await invoicesOf(place) as [Listed];
    expect(paid).toMatchObject({ paidCents: 9_240, setOffCents: 0, leftCents: 0 });
    expect([await world.balance('bank_unknown'), await owing(place)]).toEqual([9_000, -120]);
    expect(await world.count('unreconciled')).toBe(0);
  });

  it('is told to the people of its payee, as statements are, once each and without a word of where to pay', async () => {
    await world.done('place-charge-rules', rule());
    const place = await newPayee();
    await world.redeem(place, 5_000);
    await world.closeStatements();
    comes();
    await charger.chargeAll();
    await world.issuer.issueAll();
    await world.issuer.issueAll();
    const told = (await world.emitted(PayeeDocumentsIssuedV1)).flatMap(({ body }) => body.documents);
    expect(told.map(({ kind, period, amountCents, dueOn, places }) => ({ kind, period, amountCents, dueOn, places }))).toEqual([
      { kind: 'statement', period: '2026-04', amountCents: 4_830, dueOn: null, places: [place.placeId] },
      { kind: 'invoice', period: '2026-04', amountCents: 120, dueOn: null, places: [place.placeId] },
      { kind: 'invoice', period: '2026', amountCents: 9_240, dueOn: '2026-06-01', places: [place.placeId] },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/FR\d{2}/);
  });
});

describe('the tables of charges', () => {
  const attempt = (sql: string) => world.service.query(`begin; ${sql}; rollback`).then(() => 'done', async (error: { constraint?: string; message: string }) => {
    await world.service.query('rollback');
    return error.constraint ?? error.message;
  });

  it('refuse another amount, another day, a second charge, and a rule without notice or above its cap', async () => {
    await world.done('place-charge-rules', rule());
    const place = await newPayee();
    comes();
    const charge = ({ fee = 7_700, on = DAY, at = CHARGED_AT, id = 'gen_random_uuid()' } = {}) => `
      insert into settlement.place_charge (id, payee_id, year, rule_version, charged_on, custody_account_id, fee, vat, currency, event_id, charged_at)
      values (${id}, '${plain(place.payeeId)}', 2026, 1, '${on}', '${world.bankAccountId}', ${fee}, 1540, 'EUR', gen_random_uuid(), '${at}')`;
    expect(await attempt(charge())).toBe('done');
    expect(await attempt(`${charge()}; ${charge()}`)).toBe('charged_once_a_year');
    expect(await attempt(charge({ fee: 7_701 }))).toMatch('is not charged this');
    expect(await attempt(charge({ on: '2026-05-03' }))).toMatch('is not charged this');
    expect(await attempt(charge({ at: '2026-05-01T10:00:00Z' }))).toMatch('is not charged this');
    const next = (from: string, amount = 7_700, cap = 20_000) => `
      insert into settlement.place_charge_rule (version, from_day, amount, vat_basis_points, currency, custody_account_id, platform_cap, published_by, published_at)
      values (2, '${from}', ${amount}, 2000, 'EUR', '${world.bankAccountId}', ${cap}, 'x', '2027-01-01T10:00:00Z')`;
    expect(await attempt(next('2027-01-31'))).toBe('done');
    expect(await attempt(next('2027-01-30'))).toMatch('cannot have effect');
    expect(await attempt(next('2027-01-02', 0))).toBe('done');
    expect(await attempt(next('2027-01-31', 7_700, 9_239))).toMatch('above its cap');
  });

  it('let an invoice be owed less by what really came, and by nobody twice', async () => {
    await world.done('place-charge-rules', rule());
    const place = await newPayee();
    comes();
    await charger.chargeAll();
    await world.issuer.issueAll();
    const [{ placeInvoiceId }] = await invoicesOf(place) as [Listed];
    await receive(9_240, 'sans référence');
    await receive(9_241, 'sans référence');
    const lines = await world.rows<{ id: string }>('select id from settlement.bank_line order by id');
    const discharge = (amount: number, line: number) => `
      insert into settlement.place_invoice_discharge (id, place_invoice_id, kind, bank_line_id, amount, currency, event_id, at)
      values (gen_random_uuid(), '${plain(placeInvoiceId)}', 'paid', '${lines[line]!.id}', ${amount}, 'EUR', gen_random_uuid(), now())`;
    expect(await attempt(discharge(9_241, 1))).toMatch('less than nothing');
    expect(await attempt(discharge(9_239, 0))).toMatch('is not paid by bank line');
    expect(await attempt(discharge(9_240, 0))).toMatch('nobody who may');
  });
});

describe('the invariants of what places owe', () => {
  const INVOICE = `(select id from settlement.place_invoice limit 1)`;
  const posted = (debit: string, credit: string) => `insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
    select gen_random_uuid(), 0, '13', ${debit}, ${credit}, 5, 'EUR', custody_account_id from settlement.place_charge limit 1`;
  const OWED = `'place_receivable:' || payee_id`;

  it.each<[string, string]>([
    ['F8', posted(OWED, `'fee_income'`)],
    ['F9', `alter table settlement.place_charge drop constraint charged_once_a_year; insert into settlement.place_charge
      select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'event_id', gen_random_uuid()))).* from settlement.place_charge c`],
    ['F9', `update settlement.place_charge set fee = fee + 1`],
    ['F10', `insert into settlement.place_invoice_discharge (id, place_invoice_id, kind, bank_line_id, amount, currency, event_id, at)
      values (gen_random_uuid(), ${INVOICE}, 'paid', gen_random_uuid(), 5, 'EUR', gen_random_uuid(), now())`],
    ['F10', `insert into settlement.place_invoice_discharge (id, place_invoice_id, kind, credit_note_id, amount, currency, at)
      values (gen_random_uuid(), ${INVOICE}, 'credited', ${INVOICE}, 9241, 'EUR', now())`],
    ['F11', posted(`'losses'`, OWED)],
    ['L6', `insert into settlement.place_invoice_discharge (id, place_invoice_id, kind, statement_id, amount, currency, event_id, at)
      values (gen_random_uuid(), ${INVOICE}, 'set_off', gen_random_uuid(), 5, 'EUR', gen_random_uuid(), now())`],
  ])('%s sees what is planted, and nothing before', async (id, fault) => {
    await world.done('place-charge-rules', rule());
    await newPayee();
    comes();
    await charger.chargeAll();
    await world.issuer.issueAll();
    const invariant = CATALOGUE.filter((one) => one.id === id);
    const broken = async () => (await inspect(world.database.urlFor('settlement'), invariant)).broken.length;
    expect(await broken()).toBe(0);
    await world.admin.query(`begin; set local session_replication_role = replica; ${fault}; commit`);
    expect(await broken()).toBeGreaterThan(0);
    world = await afresh();
  });

  /** The planted world is thrown away: the check after each test is of a clean one. */
  async function afresh(): Promise<SettlementWorld> {
    await world.close();
    return SettlementWorld.create();
  }
});
