// The first half of the one life: somebody pays, the money arrives at the bank, vouchers come to exist and to be worth it.
import { cents } from '#libs/kernel';
import type { FakeBank } from '#libs/testing';
import type { Person } from './api.js';
import { CUSTODY, PAYER, PROGRAMME } from './samples.js';
import { waitFor } from './wait.js';

export type Dates = Readonly<{ today: string; usableUntil: string; claimableUntil: string }>;
export type Scheme = Readonly<{ bankAccountId: string; programmeId: string; payerId: string }>;
export type PlacedOrder = Readonly<{
  orderId: string; reference: string; amountCents: number;
  /** What each payer pays, and under which reference. */
  shares: readonly Readonly<{ payerId: string; amountCents: number; reference: string }>[];
}>;
export type PrintedVoucher = Readonly<{ serial: string; code: string }>;
type ShownOrder = Readonly<{ funding: string; activation: string; batches: { batchId: string; state: string; spendableCount: number }[] }>;

/** A custody account, a programme with its fee rule, and a payer. */
export async function openScheme(operator: Person, dates: Dates): Promise<Scheme> {
  const bankAccountId = await openCustody(operator);
  const programmeId = await publishProgramme(operator, { ...PROGRAMME, kind: 'unit', bankAccountId, dates, feesFrom: dates.today });
  return { bankAccountId, programmeId, payerId: await registerPayer(operator, PAYER) };
}

export const openCustody = async (operator: Person): Promise<string> =>
  (await operator.post<{ bankAccountId: string }>('/settlement/bank-accounts', CUSTODY)).bankAccountId;

export const registerPayer = async (operator: Person, { name, siren }: Readonly<{ name: string; siren: string }>): Promise<string> =>
  (await operator.post<{ payerId: string }>('/issuance/payers', { name, siren })).payerId;

export type ProgrammeText = Readonly<{
  name: string; faceCents: number; kind: 'unit' | 'balance'; bankAccountId: string; dates: Dates;
  /** Until this day no rule says what is taken from a place, and nothing can be redeemed. */
  feesFrom: string;
  /** What else its rules say. */
  rules?: object;
}>;

export async function publishProgramme(operator: Person, programme: ProgrammeText): Promise<string> {
  const { bankAccountId, dates, feesFrom, rules = {}, ...text } = programme;
  const { usableUntil, claimableUntil } = dates;
  const { name, iban, bic } = CUSTODY;
  const { programmeId } = await operator.post<{ programmeId: string }>('/issuance/programmes', {
    ...text, ...rules, usableUntil, claimableUntil, custodyAccountId: bankAccountId, creditor: { name, iban, bic },
  });
  await operator.post('/settlement/fee-rules', {
    programmeId, from: feesFrom, feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100,
  });
  return programmeId;
}

export const placeOrder = (payer: Person, { programmeId }: Scheme, count: number): Promise<PlacedOrder> =>
  payer.post<PlacedOrder>('/issuance/orders', { programmeId, count });

/** The payer's transfer arrives among others that are not for us; resolves when the order is funded. */
export async function payByTransfer(operator: Person, bank: FakeBank, order: PlacedOrder): Promise<void> {
  bank.receive({ amountCents: cents(order.amountCents), from: { name: PAYER.name, iban: PAYER.iban }, text: `Bons ${order.reference}` });
  bank.noise();
  await operator.post('/settlement/bank-statements', bank.closeDay());
  await waitFor('the order is funded', async () => (await operator.get<ShownOrder>(`/issuance/orders/${order.orderId}`)).funding === 'funded');
}

/** Mints what was ordered, waits until redemption has every voucher, and activates all of them against the cover. */
export async function mintAndActivate(operator: Person, { orderId }: PlacedOrder): Promise<string> {
  const { batchId } = await operator.post<{ batchId: string }>(`/issuance/orders/${orderId}/batches`, {});
  const batch = async () => (await operator.get<ShownOrder>(`/issuance/orders/${orderId}`)).batches.find((one) => one.batchId === batchId)!;
  await waitFor('the batch is loaded', async () => (await batch()).state === 'loaded');
  await operator.post(`/issuance/batches/${batchId}/activations`, {});
  await waitFor('the vouchers are spendable', async () => (await batch()).spendableCount > 0);
  return batchId;
}

/** What the printer gets. Whoever holds these lines can spend. */
export async function printCodes(operator: Person, batchId: string): Promise<PrintedVoucher[]> {
  const answer = await operator.post<PrintedVoucher[]>(`/issuance/batches/${batchId}/print-files`, { format: 'json' });
  return [...answer];
}
