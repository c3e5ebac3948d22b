// A year on #APTIC's terms, as docs/aptic-year.md works it out: the page's own tables are played through the routes and queues of all
// services, on a clock that is handed in.
// Goal: the page tells the truth, to the cent, and every invariant holds after every step.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Principal } from '#libs/auth';
import { cents } from '#libs/kernel';
import { fakeIban, until } from '#libs/testing';
import { SELLER } from '../builders/seller.js';
import { OneProcess, person, type Order, type Voucher } from './one-process.js';

const PAGE = readFileSync('docs/aptic-year.md', 'utf8');
/** The rows of the table with that head, each cell as it stands. */
function table(head: string): string[][] {
  const lines = PAGE.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  expect([head, from]).not.toEqual([head, -1]);
  const rest = lines.slice(from + 2);
  return rest.slice(0, rest.findIndex((line) => !line.startsWith('|'))).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}
/** `66.64 €` in cents; a plain number as it is. */
const valueOf = (cell: string): number => (cell.endsWith('€') ? Math.round(Number(cell.slice(0, -1).trim()) * 100) : Number(cell));
const amountsOf = (head: string): Record<string, number> => Object.fromEntries(table(head).map(([name, value]) => [name, valueOf(value!)]));

type Month = Readonly<{
  month: string; place: string; count: number; gross: number; fee: number; vat: number; charge: number; paid: number;
}>;
const MONTHS = table('month').map(([month, place, ...values]): Month => {
  const [count, gross, fee, vat, charge, paid] = values.map(valueOf) as [number, number, number, number, number, number];
  return { month: month!, place: place!, count, gross, fee, vat, charge, paid };
});
const TOTAL = MONTHS.find(({ month }) => month === 'total')!;
const PLAYED = MONTHS.filter(({ month }) => month !== 'total');
type Amounts = Record<string, number>;
const [ORDER, CHARGE, END, WHO] = ['of the order', 'of the charge', 'of the end', 'of 711.68 €'].map(amountsOf) as [Amounts, Amounts, Amounts, Amounts];
const CHARGE_DAY = '2026-11-01';
const STEPS = new Map(table('step').map(([step, day]) => [step!, day!]));
const TERMS_TEXT = 'Les frais contributifs aval sont retenus sur le relevé mensuel.';

let scheme: OneProcess;
let admin: pg.Client;
/** By its letter on the page. */
let tills: Record<string, Principal>;
let order: Order;
let used = 0;

beforeAll(async () => {
  scheme = await OneProcess.open({ start: '2026-01-05T10:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: STEPS.get('J+31')! }, {
    faceCents: 1_000, feeRule: { feeBasisPoints: 400, vatBasisPoints: 2_000, commonsBasisPoints: 0 },
    settings: { seller: SELLER, holdFirstRemittance: false },
  });
  admin = new pg.Client({ connectionString: scheme.database.adminUrl });
  await admin.connect();
  tills = { A: scheme.people.till, B: await scheme.place('Association', '35600000000048') };
  await scheme.quiet();
}, 180_000);
afterAll(async () => {
  await admin?.end();
  await scheme?.close();
}, 60_000);

async function comes(instant: string): Promise<void> {
  scheme.clock.set(instant);
  while (scheme.bank.day < instant.slice(0, 10)) await scheme.post('/settlement/bank-statements', scheme.bank.closeDay());
  await scheme.quiet();
}
const rows = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => (await admin.query<T>(sql)).rows;

/** The legal body behind a place, its account, its address on invoices, and its word that fees are netted. */
async function complete(letter: string, legalName: string, siren: string, iban: string): Promise<void> {
  const placeId = `plc_${tills[letter]!.partyId!}`;
  const manager = person({ organisationKind: 'place', roles: ['manager'], partyId: tills[letter]!.partyId });
  const { payeeId } = await scheme.post<{ payeeId: string }>('/settlement/payees', { placeId, legalName, siren });
  const { bankAccountId } = await scheme.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban, holder: legalName });
  await scheme.post(`/settlement/payee-bank-accounts/${bankAccountId}/approvals`, { reason: 'compared with the RIB' }, scheme.people.cleo);
  await scheme.post(`/settlement/payees/${payeeId}/billing`, { address: `${letter} rue de l’Essai, 33000 Bordeaux` }, manager);
  const [terms] = await scheme.list<{ version: number; sha256: string }>('/settlement/netting-terms', manager);
  await scheme.post('/settlement/netting-acceptances', { version: terms!.version, sha256: terms!.sha256 }, manager);
}

/** Closes the month and pays what it comes to, through the bank. */
async function closeAndPay(day: string): Promise<number> {
  await scheme.quiet();
  const { upToSeq } = await scheme.post<{ upToSeq: number }>('/redemption/period-closings');
  await until('the statements are closed', async () => {
    const { status, body } = await scheme.call(scheme.people.anna, 'POST', '/settlement/statement-closings', {});
    return status < 300 && Number(body['upToSeq']) >= upToSeq;
  });
  const run = await scheme.post<{ runId: string; sha256: string; amountCents: number }>('/settlement/settlement-runs', { bankAccountId: scheme.bankAccountId, executionOn: day });
  await scheme.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 }, scheme.people.bert);
  await scheme.post(`/settlement/settlement-runs/${run.runId}/release`);
  scheme.bank.execute((await scheme.call(scheme.people.anna, 'GET', `/settlement/settlement-runs/${run.runId}/file`)).text);
  await scheme.post('/settlement/bank-statements', scheme.bank.closeDay());
  await scheme.quiet();
  return run.amountCents;
}

async function signOff(step: string): Promise<void> {
  const shown = await scheme.list<{ step: string; state: string; sha256: string }>('/issuance/vintages', scheme.people.council);
  const { sha256 } = shown.find((one) => one.step === step && one.state === 'to_sign')!;
  await scheme.post('/issuance/vintage-sign-offs', { programmeId: scheme.programmeId, usableUntil: '2026-12-31', step, sha256 }, scheme.people.council);
}

const ofMonth = (month: string) => PLAYED.filter((one) => one.month === month);
async function play(month: string): Promise<void> {
  const day = month === '2027-01' ? `${month}-20` : `${month}-15`;
  await comes(`${day}T10:00:00.000Z`);
  for (const { place, count } of ofMonth(month)) {
    for (let at = 0; at < count; at += 1, used += 1) {
      const answer = await scheme.redeem(order, used, month === '2027-01' ? '2026-12-31' : day, tills[place]);
      expect([month, place, answer.status, answer.text]).toEqual([month, place, 201, expect.anything()]);
    }
  }
}

/** An order of booklets, invoiced with its upstream fee and paid. */
async function orderAndPay(): Promise<void> {
  const { anna, council } = scheme.people;
  await scheme.post('/issuance/upstream-fee-rules', {
    programmeId: scheme.programmeId, from: '2026-01-05', feeBasisPoints: 400, vatBasisPoints: 2_000, vatRegime: 'multi_purpose',
  });
  const address = { street: '1 esplanade Charles-de-Gaulle', postalCode: '33000', city: 'Bordeaux' };
  await scheme.post(`/issuance/payers/${scheme.council}/billing`, { address }, council);
  const placed = await scheme.post<Omit<Order, 'batchId' | 'vouchers'>>('/issuance/orders', {
    programmeId: scheme.programmeId, count: ORDER['vouchers'], shares: [{ payerId: scheme.council, basisPoints: 10_000 }], onExpiry: 'refund',
  });
  const { documents: [invoice] } = await scheme.post<{ documents: Record<string, number>[] }>(`/issuance/orders/${placed.orderId}/invoices`);
  expect(invoice).toMatchObject({
    faceCents: ORDER['face value'], feeCents: ORDER['upstream fee, 4 % excluding VAT'], vatCents: ORDER['VAT on it, 20 %'],
    totalCents: ORDER['invoice to the payer'],
  });
  scheme.bank.receive({ amountCents: cents(ORDER['invoice to the payer']!), from: { name: 'DEPARTEMENT', iban: fakeIban(50) }, reference: placed.shares[0]!.reference });
  await scheme.post('/settlement/bank-statements', scheme.bank.closeDay());
  const state = () => scheme.get<{ funding: string; batches: { state: string; spendableCount: number }[] }>(`/issuance/orders/${placed.orderId}`);
  await until('the order is funded', async () => (await state()).funding === 'funded');
  const batch = await scheme.post<{ batchId: string; bookletSize: number }>(`/issuance/orders/${placed.orderId}/batches`, { bookletSize: 10 });
  expect(ORDER['vouchers']! / batch.bookletSize).toBe(ORDER['booklets']);
  await until('the batch is loaded', async () => (await state()).batches[0]!.state === 'loaded');
  await scheme.post(`/issuance/batches/${batch.batchId}/activations`);
  await until('the vouchers are spendable', async () => (await state()).batches[0]!.spendableCount === ORDER['vouchers']);
  const vouchers = await scheme.post<readonly Voucher[]>(`/issuance/batches/${batch.batchId}/print-files`, { format: 'json' }, anna);
  order = { ...placed, batchId: batch.batchId, vouchers };
  await scheme.quiet();
}

type Invoice = Readonly<Record<'placeInvoiceId' | 'payeeName' | 'reference', string>
  & Record<'feeCents' | 'vatCents' | 'totalCents' | 'setOffCents' | 'paidCents' | 'leftCents', number>>;
const chargesOf = async (): Promise<readonly Invoice[]> =>
  (await scheme.list<Invoice & { chargeId: string | null }>('/settlement/place-invoices?limit=50')).filter(({ chargeId }) => chargeId !== null)
    .sort((a, b) => b.payeeName.localeCompare(a.payeeName));

/** Told in January, charged in November, and invoiced by itself. */
async function chargeTheYear(): Promise<void> {
  await comes(`${CHARGE_DAY}T12:00:00.000Z`);
  const [net, vat, total] = [CHARGE['a year, excluding VAT'], CHARGE['VAT on it, 20 %'], CHARGE['invoice to each place']];
  expect(await chargesOf()).toMatchObject([1, 2].map(() => ({ feeCents: net, vatCents: vat, totalCents: total, leftCents: total })));
}

/** What the statements of November do not cover, B pays by the reference of its invoice. */
async function payTheRest(): Promise<void> {
  const [ofA, ofB] = await chargesOf() as [Invoice, Invoice];
  expect([ofA.setOffCents, ofA.leftCents, ofB.setOffCents, ofB.leftCents])
    .toEqual([CHARGE['of A\'s, taken of its statements'], 0, CHARGE['of B\'s, taken of its statements'], CHARGE['of B\'s, paid by transfer']]);
  scheme.bank.receive({ amountCents: cents(ofB.leftCents), from: { name: 'ASSOCIATION TEMOIN', iban: fakeIban(71) }, reference: ofB.reference });
  await scheme.post('/settlement/bank-statements', scheme.bank.closeDay());
  await scheme.quiet();
  expect((await chargesOf())[1]).toMatchObject({ paidCents: CHARGE['of B\'s, paid by transfer'], leftCents: 0 });
}

/** Places are paid each month what the page says, by terms that they accepted. */
async function playMonths(): Promise<void> {
  await scheme.post('/settlement/place-charge-rules', {
    from: CHARGE_DAY, amountCents: CHARGE['a year, excluding VAT'], vatBasisPoints: 2_000, bankAccountId: scheme.bankAccountId,
  });
  await scheme.post('/settlement/netting-terms', { text: TERMS_TEXT, from: '2026-01-05' });
  await complete('A', 'Commune témoin', '552081317', fakeIban(70));
  await complete('B', 'Association témoin', '356000000', fakeIban(71));
  for (const month of ['2026-02', '2026-03', '2026-06', '2026-11']) {
    if (month === '2026-11') await chargeTheYear();
    await play(month);
    const paid = await closeAndPay(scheme.bank.day);
    expect([month, paid]).toEqual([month, ofMonth(month).reduce((total, one) => total + one.paid, 0)]);
  }
  await payTheRest();
}

/** The end is told in steps, claimed for a month more, and comes by itself. */
async function endInSteps(): Promise<void> {
  await comes(`${STEPS.get('J-30')!}T09:00:00.000Z`);
  expect(await rows(`select 1 from identity.notice where name = 'ends_in_thirty_days'`)).toHaveLength(1);
  await comes(`${STEPS.get('J-15')!}T09:00:00.000Z`);
  await signOff('fifteen_days');
  await comes(`${STEPS.get('J-7')!}T09:00:00.000Z`);
  await signOff('seven_days');
  await play('2027-01');
  await closeAndPay(scheme.bank.day);
  await comes(`${STEPS.get('J+31')!}T12:00:00.000Z`);
  expect(await scheme.balance('expired')).toBe(0);
  await comes(`${STEPS.get('J+32')!}T12:00:00.000Z`);
  await until('the run is finished', async () => (await scheme.list<{ state: string }>(`/redemption/expiry-runs?programmeId=${scheme.programmeId}`))[0]?.state === 'finished');
  await scheme.quiet();
  expect([await scheme.balance('outstanding'), await scheme.balance('expired')]).toEqual([0, END['vouchers left']! * 1_000]);
}

/** Signed by both sides, credited on the face value only, and paid back. */
async function signAndCredit(): Promise<void> {
  await comes(`${STEPS.get('J+37')!}T12:00:00.000Z`);
  const statementId = await scheme.sign(order, [scheme.people.council]);
  const credits = await scheme.list<Record<string, unknown>>(`/issuance/invoices?orderId=${order.orderId}&kind=credit_note`);
  expect(credits).toMatchObject([{ faceCents: END['credit note on the face value'], feeCents: 0, vatCents: END['of it fee and VAT'], issuedOn: STEPS.get('J+37') }]);
  await scheme.post('/issuance/refunds', { statementId });
  await scheme.quiet();
  const before = scheme.bank.day;
  expect(await scheme.payRefunds(before)).toBe(1);
  await scheme.quiet();
  const [{ back }] = await rows<{ back: number }>(`select sum(amount)::int as back from settlement.payment where purpose = 'refund' and state = 'booked'`) as [{ back: number }];
  expect(back).toBe(END['paid back to the payer']);
}

/** Every cent is where the page says. */
async function compare(): Promise<void> {
  const letterOf = Object.fromEntries(Object.entries(tills).map(([letter, { partyId }]) => [partyId!, letter]));
  const stated = await rows<{ place_id: string; period: string; count: number; gross: number; fee: number; vat: number; paid: number; charge: number; invoiced: number; version: number }>(`
    select t.place_id, case c.period when '2026-12' then '2027-01' else c.period end as period, s.line_count as count, s.gross::int, s.fee::int, s.vat::int,
      settlement.to_pay(s.id, s.net)::int as paid, (s.net - settlement.to_pay(s.id, s.net))::int as charge,
      (i.fee + i.vat)::int as invoiced, s.netting_version as version
    from settlement.statement s join settlement.statement_closing c on c.up_to_seq = s.up_to_seq
    join settlement.payee_site t on t.payee_id = s.payee_id join settlement.place_invoice i on i.statement_id = s.id order by s.id`);
  const said = stated.map(({ place_id: id, count, gross, fee, vat, charge, paid, invoiced, version }) => {
    expect([invoiced, version]).toEqual([fee + vat, 1]);
    return { place: letterOf[id]!, count, gross, fee, vat, charge, paid };
  });
  const byPlace = (list: readonly { place: string }[]) => [...list].sort((a, b) => a.place.localeCompare(b.place));
  expect(byPlace(said)).toEqual(byPlace(PLAYED.map(({ month: _, ...one }) => one)));
  const sumOf = (key: 'count' | 'gross' | 'fee' | 'vat' | 'charge' | 'paid') => PLAYED.reduce((total, one) => total + one[key], 0);
  expect({ ...TOTAL, month: '', place: '' }).toEqual({
    month: '', place: '', count: sumOf('count'), gross: sumOf('gross'), fee: sumOf('fee'), vat: sumOf('vat'), charge: sumOf('charge'), paid: sumOf('paid'),
  });
  const [paid] = await rows<{ places: number }>(`select sum(amount)::int as places from settlement.payment where purpose = 'place' and state = 'booked'`);
  const kinds = ['fee_income', 'vat_collected', 'bank', 'accrued', 'payable', 'place_receivable', 'prefund', 'receivable', 'expired', 'outstanding'];
  const balances = await Promise.all(kinds.map((kind) => scheme.balance(kind)));
  const [income, vat, bank, ...nothing] = balances as [number, number, number, ...number[]];
  expect({
    'the places': paid!.places, 'the operator, upstream and downstream fees and the charge': income, 'the State, VAT': vat, 'the payer, back': END['paid back to the payer'],
  }).toEqual(WHO);
  expect(Object.values(WHO).reduce((total, amount) => total + amount, 0)).toBe(ORDER['invoice to the payer']! + CHARGE['of B\'s, paid by transfer']!);
  expect([bank, ...nothing]).toEqual([-(income + vat), ...nothing.map(() => 0)]);
}

describe('a year on #APTIC’s terms', () => {
  it('is what its page says, to the cent', async () => {
    await orderAndPay();
    await playMonths();
    await endInSteps();
    await signAndCredit();
    await compare();
  }, 600_000);
});
