// What was activated, handed over and expired in a month, summed by programme.
import type { Month } from '#libs/kernel';
import type { FigureEvents } from './figure-events.js';

/** `people`: of booklets that were handed over one each, and one for each hand-over of loose vouchers: at least so many. */
export type Flows = Readonly<{ activatedCents: number; expiredCents: number; handedOver: number; people: number }>;
export const NO_FLOWS: Flows = { activatedCents: 0, expiredCents: 0, handedOver: 0, people: 0 };

/** By programme. A batch of which nobody told is of none. */
export function flowsIn(events: FigureEvents, month: Month): ReadonlyMap<string, Flows> {
  const found = new Map<string, { -readonly [Name in keyof Flows]: number }>();
  for (const { type, batch: number, cents, vouchers } of events.flowsIn(month)) {
    const batch = events.batches.get(number);
    if (!batch) continue;
    const sums = found.get(batch.programmeId) ?? { ...NO_FLOWS };
    found.set(batch.programmeId, sums);
    if (type === 'range.activated.v1') sums.activatedCents += cents;
    else if (type === 'voucher.expired_chunk.v1') sums.expiredCents += cents;
    else {
      sums.handedOver += vouchers;
      sums.people += batch.bookletSize > 1 ? Math.floor(vouchers / batch.bookletSize) : 1;
    }
  }
  return found;
}
