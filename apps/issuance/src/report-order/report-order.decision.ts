// What became of an order so far, and which payer's money it was, to the cent. The same cents as activation and the
// contradictory statement count (ADR 0012, 0018): the first activated cents were used, the last expired, what is between
// can still be spent.
import { minus, sum, ZERO, type Cents, type PayerId } from '#libs/kernel';
import { sharesBetween, type SharedOrder } from '../order-share.decision.js';

export const REPORTED = ['ordered', 'activated', 'used', 'expired', 'spendable', 'refunded'] as const;
export type Figures = Readonly<Record<(typeof REPORTED)[number], Cents>>;
export type ReportedOrder = SharedOrder & Readonly<{
  activated: Cents;
  /** As redemption told; of messages that are under way, more or less than is true for a moment. */
  used: Cents; expired: Cents;
  /** What was ordered back to each payer: its share of what expired, and unused money of a cancelled order. */
  refunded: ReadonlyMap<PayerId, Cents>;
}>;
export type OrderReport = Readonly<{ whole: Figures; shares: readonly Readonly<{ payerId: PayerId; figures: Figures }>[] }>;

export function reportOrder(order: ReportedOrder): OrderReport {
  const { total, activated, shares, refunded } = order;
  const used = within(order.used, activated);
  const expired = within(order.expired, minus(activated, used));
  const borne = (from: Cents, to: Cents) => new Map(sharesBetween(order, from, to).map(({ payerId, amount }) => [payerId, amount]));
  const lastSpendable = minus(activated, expired);
  const [ofActivated, ofUsed, ofSpendable, ofExpired] =
    [borne(ZERO, activated), borne(ZERO, used), borne(used, lastSpendable), borne(lastSpendable, activated)];
  return {
    whole: { ordered: total, activated, used, expired, spendable: minus(lastSpendable, used), refunded: sum(refunded.values()) },
    shares: shares.map(({ payerId, amount }) => {
      const of = (amounts: ReadonlyMap<PayerId, Cents>) => amounts.get(payerId) ?? ZERO;
      return {
        payerId, figures: {
          ordered: amount, activated: of(ofActivated), used: of(ofUsed), expired: of(ofExpired),
          spendable: of(ofSpendable), refunded: of(refunded),
        },
      };
    }),
  };
}

const within = (amount: Cents, most: Cents): Cents => (amount < 0n ? ZERO : amount < most ? amount : most);
