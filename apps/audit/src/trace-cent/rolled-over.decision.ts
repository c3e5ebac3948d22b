// Value that was left of one order and became cover of its payers again, and the orders that were activated out of it. Cover is a pool of
// a payer in a programme: a payer without money of its own in an order drew on it, on what was rolled over last before.
import { coverOf } from './covered.decision.js';
import { byMoment, CARD_PAID, ORDER_ENDED, type KeptEvent } from './kept-event.decision.js';

const PAID_BY_PAYER: readonly string[] = ['receipt.matched.v1', CARD_PAID];

/** Payers of an activation of whom no money for its order is told. */
export function payersOnCover({ body: { shares = [] } }: KeptEvent, orderId: string | undefined, events: readonly KeptEvent[]): string[] {
  const paid = events.filter(({ type, body }) => PAID_BY_PAYER.includes(type) && body.orderId === orderId);
  return shares.map(({ payerId }) => payerId)
    .filter((payerId) => !paid.some(({ body }) => body.payerId === payerId || body.shares?.some((share) => share.payerId === payerId)));
}

export const isRollOver = ({ type, body }: KeptEvent): boolean => type === ORDER_ENDED && body.outcome === 'roll_over';

/** `batch`: of the activation; it says of which programme the cover was. */
export type Drawn = Readonly<{ activation: KeptEvent; batch: KeptEvent }>;

const mayFeed = (rolled: KeptEvent, { activation, batch }: Drawn): boolean =>
  isRollOver(rolled) && rolled.occurredAt <= activation.occurredAt && rolled.body.orderId !== batch.body.orderId
  && (rolled.body.programmeId === undefined || rolled.body.programmeId === batch.body.programmeId);
const isOf = (payerId: string) => ({ body }: KeptEvent): boolean => body.shares?.some((share) => share.payerId === payerId) ?? false;
const partOf = (payerId: string, { body }: KeptEvent): number => body.shares?.find((share) => share.payerId === payerId)?.expiredCents ?? 0;

/** What was rolled over before an activation to the payers who drew on cover, the newest first, as much as covers their shares. */
export function rolledBefore(drawn: Drawn, events: readonly KeptEvent[]): KeptEvent[] {
  const { activation, batch } = drawn;
  const newestFirst = events.filter((one) => mayFeed(one, drawn)).sort((a, b) => byMoment(b, a));
  const found = payersOnCover(activation, batch.body.orderId, events).flatMap((payerId) => {
    const wanted = activation.body.shares?.find((share) => share.payerId === payerId)?.amountCents ?? 0;
    return coverOf(wanted, newestFirst.filter(isOf(payerId)), (one) => partOf(payerId, one)).taken;
  });
  return [...new Set(found)];
}
