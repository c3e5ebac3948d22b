// What rules would have said to orders that were placed: each is decided again, on its day and in their order, by the one
// decision that placing has. What it costs beside its face values comes from other rules; whoever has them adds them here.
import { cents, isRejected, plus, ZERO, type Cents, type LocalDate, type OrderId, type Rejected } from '#libs/kernel';
import { decideOrder, type Price } from '../place-order/place-order.decision.js';
import type { RuleText } from '../programme-rule.decision.js';

export type PastOrder = Readonly<{
  orderId: OrderId; count: number; total: Cents; placedOn: LocalDate;
  /** What its payer asked for; null when it left the face value to the rules. */
  face: Cents | null;
}>;
export type Simulated = Price | Rejected;
/** `simulated`: what it would have cost; null when it would have been refused. */
export type Difference = Readonly<{ orderId: OrderId; code: string | null; total: Cents; simulated: Cents | null }>;
type Sum = Readonly<{ count: number; amount: Cents }>;
export type OrderReplayReport = Readonly<{
  decided: Sum;
  /** At the price of the rules that are simulated. */
  accepted: Sum;
  /** At the price that they had; the largest sums first. */
  refused: readonly (Sum & Readonly<{ code: string }>)[];
  /** Accepted ones at another price, and what that comes to: below zero when they would have been cheaper. */
  repriced: Readonly<{ count: number; difference: bigint }>;
  /** One by one, as many as are kept; `differentCount` of all. */
  differences: readonly Difference[];
  differentCount: number;
}>;

/** `ordered`: what the orders before it would have come to. */
type Bounds = Readonly<{ ordered: Cents; totalMax: Cents }>;

export const decideAgain = (order: PastOrder, rule: RuleText, { ordered, totalMax }: Bounds): Simulated =>
  decideOrder({ ...rule, state: 'in_force', effectiveFrom: order.placedOn }, {
    count: order.count, face: order.face, payersKnown: true, today: order.placedOn, totalMax, ordered,
  });

const NONE: Sum = { count: 0, amount: ZERO };
const added = ({ count, amount }: Sum, more: Cents): Sum => ({ count: count + 1, amount: plus(amount, more) });
/** `ordered`: what was ordered of the programme before the first of them. */
export type ReplayOptions = Readonly<{ ordered: Cents; totalMax: Cents; differencesMax: number }>;

/** Adds up orders one by one, in the order in which they were placed: a limit of the programme is used up by those before. */
export class OrderReplay {
  private decided = NONE;
  private accepted = NONE;
  private repriced = { count: 0, difference: 0n };
  private differentCount = 0;
  private readonly refused = new Map<string, Sum>();
  private readonly differences: Difference[] = [];

  constructor(private readonly rule: RuleText, private readonly options: ReplayOptions) {}

  get count(): number {
    return this.decided.count;
  }

  take(order: PastOrder): void {
    const { ordered, totalMax } = this.options;
    const { orderId, total } = order;
    this.decided = added(this.decided, total);
    const outcome = decideAgain(order, this.rule, { ordered: plus(ordered, this.accepted.amount), totalMax });
    if (isRejected(outcome)) {
      this.refused.set(outcome.code, added(this.refused.get(outcome.code) ?? NONE, total));
      this.keep({ orderId, code: outcome.code, total, simulated: null });
      return;
    }
    this.accepted = added(this.accepted, outcome.total);
    if (outcome.total === total) return;
    const { count, difference } = this.repriced;
    this.repriced = { count: count + 1, difference: difference + outcome.total - total };
    this.keep({ orderId, code: null, total, simulated: cents(outcome.total) });
  }

  report(): OrderReplayReport {
    const refused = [...this.refused].map(([code, sum]) => ({ code, ...sum })).sort((a, b) => Number(b.amount - a.amount));
    const { decided, accepted, repriced, differences, differentCount } = this;
    return { decided, accepted, refused, repriced, differences, differentCount };
  }

  private keep(difference: Difference): void {
    this.differentCount += 1;
    if (this.differences.length < this.options.differencesMax) this.differences.push(difference);
  }
}
