// The year as tills live it: at a moment, some scans. What is entered within one hour is one moment, so that a year of a
// large scheme has no more of them than a year has working hours.
import { instantAt } from './local-time.decision.js';
import type { LocalDate } from '#libs/kernel';
import { below, type Draw } from './chance.decision.js';
import type { Session } from './load.decision.js';

export type Scan = Readonly<{
  kind: 'redeem';
  /** Rank among the active places. */
  place: number;
  voucher: number;
  servedOn: LocalDate;
  /** The line was bad: the till asks again with its key, and must be told the same. */
  asksTwice: boolean;
  /** Another place holds the same voucher to its scanner at the same moment. */
  rival?: number;
}>;
export type Moment<What = Scan> = Readonly<{ at: Date; scans: readonly What[] }>;

const ASKED_TWICE_SHARE = 0.02;
const RIVAL_SHARE = 0.005;

export type Tills = Readonly<{ /** By rank. */ timeZones: readonly string[]; /** In the order of use. */ vouchers: readonly number[] }>;

/** Each session takes as many vouchers as people came. The first scan of all has a rival, the second asks twice. */
export function momentsOf(sessions: readonly Session[], { timeZones, vouchers }: Tills, draw: Draw): Moment[] {
  let next = 0;
  const momentOf = remembered(instantAt);
  const scans = sessions.flatMap(({ place, people, servedOn, enteredOn, minuteOfDay }) => {
    const at = momentOf(timeZones[place]!, enteredOn, minuteOfDay);
    return Array.from({ length: people }, () => {
      const index = next++;
      const scan: Scan = { kind: 'redeem', place, voucher: vouchers[index]!, servedOn, asksTwice: index === 1 || draw() < ASKED_TWICE_SHARE };
      const hasRival = timeZones.length > 1 && (index === 0 || draw() < RIVAL_SHARE);
      return { at, scan: hasRival ? { ...scan, rival: anotherThan(place, timeZones.length, draw) } : scan };
    });
  });
  return groupedByTime(scans);
}

/** Asking a calendar costs more than all the rest of a plan, and many sessions end at the same moment. */
function remembered(ask: typeof instantAt): typeof instantAt {
  const known = new Map<string, Date>();
  return (timeZone, day, minuteOfDay) => {
    const name = `${timeZone} ${day} ${minuteOfDay}`;
    const at = known.get(name) ?? ask(timeZone, day, minuteOfDay);
    known.set(name, at);
    return at;
  };
}

const anotherThan = (place: number, count: number, draw: Draw): number => (place + 1 + below(draw, count - 1)) % count;

/** In the order of time. */
export function groupedByTime<What>(scans: readonly Readonly<{ at: Date; scan: What }>[]): Moment<What>[] {
  const moments = new Map<number, What[]>();
  for (const { at, scan } of scans) {
    const known = moments.get(at.getTime());
    if (known) known.push(scan);
    else moments.set(at.getTime(), [scan]);
  }
  return [...moments].sort(([a], [b]) => a - b).map(([at, found]) => ({ at: new Date(at), scans: found }));
}
