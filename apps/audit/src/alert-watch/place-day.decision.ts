// The rules that look at one day of one place. Each is a function of what was redeemed there and of figures; none accuses: it
// says what it counted.
import type { AlertRule, Figures } from '../alert-rules/figures.decision.js';
import { attendancesOf, densityOf, groupedBy, usesOutsideWorkshops, type Use } from './attendance.decision.js';

const MINUTE_MS = 60_000;

/** `facts`: the redemptions that it rests on. */
export type Found = Readonly<{
  rule: AlertRule; deviceId: string | null; facts: readonly Use[]; measured: Readonly<Record<string, number>>;
}>;
type Rule = (uses: readonly Use[], figures: Figures) => readonly Found[];

export function decidePlaceDay(uses: readonly Use[], figures: Figures): Found[] {
  return RULES.flatMap(([rule, ask]) => [...ask(uses.filter(({ judgedBy }) => !judgedBy.includes(rule)), figures)]);
}

const placeVelocity: Rule = (uses, figures) => {
  const { velocityMinutes: minutes, placeAttendancesMax: bound } = figures;
  const { most, within } = densityOf(attendancesOf(uses, figures), minutes * MINUTE_MS, bound);
  return most > bound ? [found('place_velocity', within.flatMap((each) => each.uses), { most, minutes, bound })] : [];
};

const deviceVelocity: Rule = (uses, figures) => {
  const { velocityMinutes: minutes, deviceAttendancesMax: bound } = figures;
  const devices = groupedBy(uses.filter(({ deviceId }) => deviceId !== null), ({ deviceId }) => deviceId!);
  return [...devices].flatMap(([deviceId, own]) => {
    const { most, within } = densityOf(attendancesOf(own, figures), minutes * MINUTE_MS, bound);
    return most > bound ? [{ ...found('device_velocity', within.flatMap((each) => each.uses), { most, minutes, bound }), deviceId }] : [];
  });
};

/** Handed over and used within minutes, again and again: whoever hands out may be whoever cashes in. */
const instantDrain: Rule = (uses, figures) => {
  const { drainMinutes: minutes, drainHandOversMin: bound } = figures;
  const soon = usesOutsideWorkshops(uses, figures).filter(({ at, handOver }) =>
    handOver !== null && at >= handOver.at && at - handOver.at <= minutes * MINUTE_MS);
  const handOvers = new Set(soon.map(({ handOver }) => handOver!.id)).size;
  return handOvers >= bound ? [found('instant_drain', soon, { handOvers, minutes, bound })] : [];
};

/** One person may pay a dear service with a booklet; several people, one after the other, are somebody with a pile of them. */
const emptiedBooklets: Rule = (uses, figures) => {
  const { bookletVouchersMin, bookletMinutes: minutes, bookletsEmptiedMin: bound } = figures;
  const handedOver = usesOutsideWorkshops(uses, figures).filter(({ handOver }) => handOver !== null);
  const booklets = groupedBy(handedOver, ({ handOver }) => handOver!.id);
  const emptied = [...booklets.values()].filter((own) => {
    const { first, last } = own[0]!.handOver!;
    const size = last - first + 1;
    const times = own.map(({ at }) => at);
    return size >= bookletVouchersMin && new Set(own.map(({ index }) => index)).size === size
      && Math.max(...times) - Math.min(...times) <= minutes * MINUTE_MS;
  });
  return emptied.length >= bound ? [found('emptied_booklets', emptied.flat(), { booklets: emptied.length, minutes, bound })] : [];
};

/** A pile that was never given to people is cashed in in its printed order. */
const neighbouringVouchers: Rule = (uses, figures) => {
  const { neighbourMinutes: minutes, neighbourPersonsMin: bound } = figures;
  const runs = runsOf(usesOutsideWorkshops(uses, figures)).flatMap((run) => {
    const persons = [...groupedBy(run, ({ handOver, index }) => handOver?.id ?? String(index)).values()]
      .map((own) => ({ at: Math.min(...own.map(({ at }) => at)), weight: 1, uses: own }));
    const { most, within } = densityOf(persons, minutes * MINUTE_MS, bound - 1);
    return most >= bound ? [{ most, facts: within.flatMap((each) => each.uses) }] : [];
  });
  const longest = Math.max(0, ...runs.map(({ most }) => most));
  return runs.length > 0 ? [found('neighbouring_vouchers', runs.flatMap(({ facts }) => facts), { persons: longest, minutes, bound })] : [];
};

function runsOf(uses: readonly Use[]): Use[][] {
  const known = uses.filter(({ index }) => index !== null);
  const sorted = known.sort((a, b) => (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : a.index! - b.index!));
  const runs: Use[][] = [];
  for (const use of sorted) {
    const before = runs.at(-1)?.at(-1);
    if (before && before.batchId === use.batchId && use.index! - before.index! <= 1) runs.at(-1)!.push(use);
    else runs.push([use]);
  }
  return runs;
}

/** A room, a mediator and a day: more workshops than fit are not held. */
const tooManyWorkshops: Rule = (uses, figures) => {
  const { workshopPersonsMin, workshopsPerDayMax: bound } = figures;
  const workshops = attendancesOf(uses, figures).filter(({ isSession, persons }) => isSession && persons >= workshopPersonsMin);
  const count = workshops.reduce((sum, { weight }) => sum + weight, 0);
  return count > bound ? [found('too_many_workshops', workshops.flatMap((each) => each.uses), { count, bound })] : [];
};

const night: Rule = (uses, figures) => {
  const { nightFromMinute: from, nightToMinute: to, nightAttendancesMax: bound } = figures;
  const isNight = (minute: number) => (from <= to ? minute >= from && minute < to : minute >= from || minute < to);
  const atNight = attendancesOf(uses.filter(({ minute }) => isNight(minute)), figures);
  const count = atNight.reduce((sum, { weight }) => sum + weight, 0);
  return count > bound ? [found('night', atNight.flatMap((each) => each.uses), { count, bound, from, to })] : [];
};

const RULES: readonly (readonly [AlertRule, Rule])[] = [
  ['place_velocity', placeVelocity], ['device_velocity', deviceVelocity], ['instant_drain', instantDrain], ['emptied_booklets', emptiedBooklets],
  ['neighbouring_vouchers', neighbouringVouchers], ['too_many_workshops', tooManyWorkshops], ['night', night],
];

const found = (rule: AlertRule, facts: readonly Use[], measured: Found['measured']): Found => ({ rule, deviceId: null, facts, measured });
