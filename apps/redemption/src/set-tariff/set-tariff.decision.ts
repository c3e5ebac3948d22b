// What a place asks for one participation, added up from what the session costs. The sum is never sent: a price that its
// components do not explain could not be compared with another.
import { assert, cents, reject, split, sum, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { tariffOn, type Tariff } from '../tariff.decision.js';

/** Of one session, but for its group: among how many participants it is split. */
export type Components = Readonly<{
  preparation: Cents;
  renderingMinutes: number; hourlyCost: Cents;
  premises: Cents; travel: Cents; other: Cents;
  groupSize: number;
}>;

export type AskedTariff = Readonly<{ components: Components; from: LocalDate | null }>;
export type Circumstances = Readonly<{
  today: LocalDate;
  /** Those that count, by falling version. */
  counting: readonly Tariff[];
  /** Of a programme that the place is accredited for. */
  raiseNeedsApproval: boolean;
}>;
export type DecidedTariff = Readonly<{ from: LocalDate; price: Cents; needsApproval: boolean }>;

export function decideTariff(
  asked: AskedTariff, { today, counting, raiseNeedsApproval }: Circumstances,
): DecidedTariff | Rejected<RefusalCode> {
  const from = asked.from ?? today;
  if (from < today) return reject('tariff_in_past', { today });
  const price = priceOf(asked.components);
  if (price === 0n) return reject('tariff_without_price');
  const before = tariffOn(counting, from);
  return { from, price, needsApproval: raiseNeedsApproval && before !== undefined && price > before.price };
}

/** To the cent above, twice: a full group pays for the session, by a cent each more at most. */
export function priceOf({ preparation, renderingMinutes, hourlyCost, premises, travel, other, groupSize }: Components): Cents {
  const rendering = largestShare(cents(hourlyCost * BigInt(renderingMinutes)), 60);
  return largestShare(sum([preparation, rendering, premises, travel, other]), groupSize);
}

function largestShare(total: Cents, count: number): Cents {
  const [largest] = split(total, Array.from({ length: count }, () => 1n));
  assert(largest !== undefined, 'a sum is split among somebody');
  return largest;
}
