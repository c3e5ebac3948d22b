// One order, funded by two payers: one by bank, in between what else comes to a bank account, the other by card. Another,
// small one of the second programme is paid under a reference with a slip in it: a person says that it is a payer's money, and its
// account and amount say whose.
import { cents } from '#libs/kernel';
import { mistyped } from '#libs/testing';
import type { PlacedOrder } from '../../world/money-in.js';
import { waitFor } from '../../world/wait.js';
import { BOOKLET_SIZE } from '../plan/vouchers.decision.js';
import { operatorOf, type Year } from '../year.js';
import { importStatements } from './import-statements.js';
import type { FundingPayer, YearScheme } from './open-scheme.js';
import { connectStripe, payByCard, payOut } from './pay-by-card.js';
import { identifyShortfall, sendShortfall } from './pay-shortfall.js';

type CountedOrder = PlacedOrder & Readonly<{ count: number }>;
export type Orders = Readonly<{ main: CountedOrder; second: CountedOrder }>;

const SHARES_BASIS_POINTS = [6_000, 4_000] as const;
const SLIP_TEXT = 'DEUXIEME PROGRAMME';

export async function fundOrders(year: Year, scheme: YearScheme): Promise<Orders> {
  const { calendar, time, bank, tell, wish } = year;
  const { payers, bankAccountId } = scheme;
  await time.goTo(calendar.orderedOn, 10);
  const orders = await placeOrders(year, scheme);
  const { main, second } = orders;
  await connectStripe(year, bankAccountId);
  await time.settled();
  await time.goTo(calendar.paidOn, 9);
  payByTransfer(year, payers[0], shareOf(main, payers[0]));
  payByTransfer(year, payers[0], { amountCents: second.amountCents, reference: `${SLIP_TEXT} ${mistyped(second.reference)}` });
  bank.noise(wish.seed);
  if (await payByCard(year, payers[1], main.orderId)) await payOut(year);
  else payByTransfer(year, payers[1], shareOf(main, payers[1]));
  const isPaidIn = await sendShortfall(year);
  await time.goTo(time.dayAfter(1), 9);
  await importStatements(year);
  await identify(year);
  if (isPaidIn) await identifyShortfall(year);
  for (const { orderId } of [main, second]) {
    await waitFor('the order is funded', async () =>
      (await operatorOf(year).get<{ funding: string }>(`/issuance/orders/${orderId}`)).funding === 'funded');
  }
  tell('both orders are funded: by transfer among other people\'s, by card, and one although its reference was mistyped');
  return orders;
}

async function placeOrders(year: Year, { programmeId, secondProgrammeId, payers }: YearScheme): Promise<Orders> {
  const { vouchers } = year.wish;
  // Of a small wish there is no whole booklet to spare.
  const secondCount = Math.min(BOOKLET_SIZE, Math.floor(vouchers / 4));
  const count = vouchers - secondCount;
  const shares = payers.map(({ payerId }, index) => ({ payerId, basisPoints: SHARES_BASIS_POINTS[index]! }));
  const main = await operatorOf(year).post<PlacedOrder>('/issuance/orders', { programmeId, count, shares, onExpiry: 'refund' });
  const second = await payers[0].person.post<PlacedOrder>('/issuance/orders', { programmeId: secondProgrammeId, count: secondCount, onExpiry: 'commons' });
  year.tell(`an order of ${count} vouchers for two payers, and one of ${secondCount} for one`);
  return { main: { ...main, count }, second: { ...second, count: secondCount } };
}

type Asked = Readonly<{ amountCents: number; reference: string }>;

const shareOf = ({ shares }: PlacedOrder, { payerId }: FundingPayer): Asked => shares.find((share) => share.payerId === payerId)!;

function payByTransfer({ bank }: Year, { name, iban }: FundingPayer, { reference, amountCents }: Asked): void {
  bank.receive({ amountCents: cents(amountCents), from: { name, iban }, text: `Bons ${reference}` });
}

type Line = Readonly<{ bankLineId: string; remittance: string | null }>;

/** The payer's account is known by its first transfer, and one open share of it asks exactly this: nobody has to match it. */
async function identify(year: Year): Promise<void> {
  const operator = operatorOf(year);
  const unknown = await operator.list<Line>('/settlement/bank-lines?kind=unknown_credit');
  const { bankLineId } = unknown.find(({ remittance }) => remittance?.includes(SLIP_TEXT))!;
  await operator.post(`/settlement/bank-lines/${bankLineId}/identifications`, { kind: 'payer_receipt' });
  await year.time.settled();
}
