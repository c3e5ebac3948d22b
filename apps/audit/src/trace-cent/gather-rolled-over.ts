// Reads what lies between two orders: value of one that was rolled over, and activations that drew on it.
import { isOf, ORDER_ENDED, CARD_PAID, type KeptEvent } from './kept-event.decision.js';
import { isRollOver, payersOnCover, rolledBefore, type Drawn } from './rolled-over.decision.js';

/** What a gathering offers: what it has, and how to read around it without making steps of it. */
type Around = Readonly<{
  events: ReadonlyMap<string, KeptEvent>;
  add(found: readonly KeptEvent[]): KeptEvent[];
  around(ids: readonly string[], types: readonly string[]): Promise<KeptEvent[]>;
}>;

const ACTIVATED = 'range.activated.v1';
const MONEY = ['receipt.matched.v1', CARD_PAID];

const drawnOf = (activations: readonly KeptEvent[], batches: readonly KeptEvent[]): Drawn[] => activations.flatMap((activation) => {
  const batch = batches.find(({ body }) => body.batchId === activation.body.batchId);
  return batch ? [{ activation, batch }] : [];
});

/** Back: where the cover of these activations came from, when no payment for their order tells it. */
export async function readRolledBefore(all: Around): Promise<void> {
  const events = [...all.events.values()];
  const drawn = drawnOf(events.filter(isOf(ACTIVATED)), events.filter(isOf('batch.created.v1')));
  const payers = drawn.flatMap(({ activation, batch }) => payersOnCover(activation, batch.body.orderId, events));
  const rolled = await all.around(payers, [ORDER_ENDED]);
  all.add(drawn.flatMap((one) => rolledBefore(one, [...events, ...rolled])));
}

/** Forth: what was activated later out of what these orders rolled over. */
export async function readDrawnAfter(all: Around, orderIds: readonly string[]): Promise<void> {
  const rolled = [...all.events.values()].filter((one) => isRollOver(one) && orderIds.includes(one.body.orderId ?? ''));
  const payers = rolled.flatMap(({ body }) => (body.shares ?? []).map(({ payerId }) => payerId));
  const activations = await all.around(payers, [ACTIVATED]);
  const batches = await all.around(activations.map(({ body }) => body.batchId!), ['batch.created.v1']);
  const money = await all.around(batches.map(({ body }) => body.orderId!), MONEY);
  const earlier = await all.around(payers, [ORDER_ENDED]);
  for (const one of drawnOf(activations, batches)) {
    const from = rolledBefore(one, [...money, ...new Map([...earlier, ...rolled].map((event) => [event.id, event])).values()]);
    if (from.some(({ id }) => rolled.some((own) => own.id === id))) all.add([one.batch, one.activation]);
  }
}
