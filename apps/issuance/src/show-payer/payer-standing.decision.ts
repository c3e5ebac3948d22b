// What became of a payer's money in each of its programmes: the sums of its part in the report of every order, so that this
// page and the report of an order never differ by a cent.
import { minus, plus, ZERO, type Cents, type PayerId, type ProgrammeId } from '#libs/kernel';
import { askedOf } from '../due-share.decision.js';
import { reportOrder, type ReportedOrder } from '../report-order/report-order.decision.js';

export const STANDING = ['ordered', 'paid', 'missing', 'activated', 'used', 'spendable', 'expired'] as const;
export type Sums = Readonly<Record<(typeof STANDING)[number], Cents>>;
export type StandingOrder = Omit<ReportedOrder, 'shares'> & Readonly<{
  programmeId: ProgrammeId; isCancelled: boolean;
  shares: readonly Readonly<{ payerId: PayerId; amount: Cents; funded: Cents }>[];
}>;
export type ProgrammeStanding = Sums & Readonly<{
  programmeId: ProgrammeId; name: string; orders: number;
  /** Money that arrived and is not behind any voucher. */
  available: Cents;
  /** Ordered back, of orders and of unused cover. */
  refunded: Cents;
}>;
export type ProgrammeOrders = Readonly<{ orders: number; sums: Sums }>;

const NOTHING: Sums = { ordered: ZERO, paid: ZERO, missing: ZERO, activated: ZERO, used: ZERO, spendable: ZERO, expired: ZERO };

/** By programme, in the order in which the payer came to them. */
export function standingOf(payerId: PayerId, orders: readonly StandingOrder[]): ReadonlyMap<ProgrammeId, ProgrammeOrders> {
  const standing = new Map<ProgrammeId, ProgrammeOrders>();
  for (const order of orders) {
    const before = standing.get(order.programmeId) ?? { orders: 0, sums: NOTHING };
    standing.set(order.programmeId, { orders: before.orders + 1, sums: added(before.sums, partOf(payerId, order)) });
  }
  return standing;
}

function partOf(payerId: PayerId, order: StandingOrder): Sums {
  const share = order.shares.find((one) => one.payerId === payerId);
  const reported = reportOrder(order).shares.find((one) => one.payerId === payerId);
  if (!share || !reported) return NOTHING;
  const asked = askedOf({ ...share, feeDue: ZERO }, order.isCancelled);
  const { activated, used, spendable, expired } = reported.figures;
  return { ordered: share.amount, paid: share.funded, missing: minus(asked.amount, share.funded), activated, used, spendable, expired };
}

const added = (a: Sums, b: Sums): Sums =>
  Object.fromEntries(STANDING.map((name) => [name, plus(a[name], b[name])])) as Record<(typeof STANDING)[number], Cents>;
