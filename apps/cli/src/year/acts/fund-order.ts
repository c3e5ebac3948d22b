// One order, funded by two payers; another, small one of the second programme. The money comes by bank, in between what
// else comes to a bank account.
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { waitFor } from '../../world/wait.js';
import type { PlacedOrder } from '../../world/money-in.js';
import { operatorOf, type Year } from '../year.js';
import { importStatements } from './import-statements.js';
import type { FundingPayer, YearScheme } from './open-scheme.js';

export type Orders = Readonly<{ main: PlacedOrder & { count: number }; second: PlacedOrder & { count: number } }>;

const SHARES_BASIS_POINTS = [6_000, 4_000] as const;
/** Enough to be wrong with; the rest of what was asked for is the main order's. */
const SECOND_MAX = 10;

export async function fundOrders(year: Year, { programmeId, secondProgrammeId, payers }: YearScheme): Promise<Orders> {
  const { calendar, time, wish, bank, tell } = year;
  const secondCount = Math.min(SECOND_MAX, Math.floor(wish.vouchers / 4));
  const operator = operatorOf(year);
  await time.goTo(calendar.orderedOn, 10);
  const shares = payers.map(({ payerId }, index) => ({ payerId, basisPoints: SHARES_BASIS_POINTS[index]! }));
  const main = await operator.post<PlacedOrder>('/issuance/orders', { programmeId, count: wish.vouchers - secondCount, shares, onExpiry: 'refund' });
  const second = await payers[0].person.post<PlacedOrder>('/issuance/orders', { programmeId: secondProgrammeId, count: secondCount, onExpiry: 'commons' });
  tell(`an order of ${wish.vouchers - secondCount} vouchers for two payers, and one of ${secondCount} for one`);
  await time.goTo(calendar.paidOn, 9);
  pay(year, payers[0], main.reference, share(main.amountCents, 0));
  pay(year, payers[1], main.reference, main.amountCents - share(main.amountCents, 0));
  pay(year, payers[0], second.reference, second.amountCents);
  bank.noise();
  bank.receive({ amountCents: cents(48_217), from: { name: 'STRIPE PAYMENTS EUROPE LTD', iban: fakeIban(43) }, text: 'STRIPE PAYOUT PO1Q7XYZ' });
  await time.goTo(time.dayAfter(1), 9);
  await importStatements(year);
  for (const { orderId } of [main, second]) {
    await waitFor('the order is funded', async () => (await operator.get<{ funding: string }>(`/issuance/orders/${orderId}`)).funding === 'funded');
  }
  tell('the bank statement brings their money, among others\'; both orders are funded');
  return { main: { ...main, count: wish.vouchers - secondCount }, second: { ...second, count: secondCount } };
}

const share = (amountCents: number, payer: 0 | 1): number => Math.round((amountCents * SHARES_BASIS_POINTS[payer]) / 10_000);

function pay({ bank }: Year, { name, iban }: FundingPayer, reference: string, amountCents: number): void {
  bank.receive({ amountCents: cents(amountCents), from: { name, iban }, text: `Bons ${reference}` });
}
