// What a suspension or a withdrawal of a place means for a service: one of its first day or later is refused; an earlier one
// may be claimed for so many days more, and what is owed for it is held until somebody has looked at it.
import { addDays, reject, type LocalDate, type MeasureId, type Rejected } from '#libs/kernel';
import { MEASURED_CLAIM_DAYS } from './limits.js';

export type MeasureKind = 'suspension' | 'withdrawal';
/** `until`: the first day that it bars no more; left out while nothing has ended it. */
export type Measure = Readonly<{ id: MeasureId; kind: MeasureKind; from: LocalDate; until?: LocalDate }>;

const BARRED = { suspension: 'place_suspended', withdrawal: 'place_withdrawn' } as const;
type Barred = Rejected<(typeof BARRED)[MeasureKind] | 'place_claim_too_late'>;

/** The measure for which a service of that day is held, or nothing; `today` at the site. */
export function decideMeasured(measures: readonly Measure[], serviceDate: LocalDate, today: LocalDate): { heldFor?: MeasureId } | Barred {
  const barrings = measures.filter(({ from, until }) => from <= serviceDate && (until === undefined || serviceDate < until));
  const barring = barrings.find(({ kind }) => kind === 'withdrawal') ?? barrings[0];
  if (barring) return reject(BARRED[barring.kind], { from: barring.from, ...(barring.until && { until: barring.until }) });
  // Announced for a later day, or over: the place is as any other.
  const counting = measures.filter(({ from, until }) => from <= today && (until === undefined || today < until));
  const [first] = counting.sort((a, b) => (a.from < b.from ? -1 : 1));
  if (!first) return {};
  const lastDay = addDays(first.from, MEASURED_CLAIM_DAYS);
  return today > lastDay ? reject('place_claim_too_late', { lastDay }) : { heldFor: first.id };
}
