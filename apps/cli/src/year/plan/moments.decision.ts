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
  /** It was a mistake: the till takes it back at once, and then scans again or does not. */
  undone?: 'again' | 'for_good';
}>;
/** One service for many: a request with a line per voucher. */
export type Workshop = Readonly<{ kind: 'workshop'; place: number; vouchers: readonly number[]; servedOn: LocalDate; asksTwice: boolean }>;
export type Moment<What = Scan | Workshop> = Readonly<{ at: Date; scans: readonly What[] }>;

const ASKED_TWICE_SHARE = 0.02;
const RIVAL_SHARE = 0.005;
const UNDONE_SHARE = 0.01;
/** What must happen in a small year too: to the first single scans, whatever is drawn. */
const CERTAIN: readonly Fate[] = ['rival', 'asksTwice', 'again', 'forGood'];

export type Tills = Readonly<{ /** By rank. */ timeZones: readonly string[]; /** In the order of use. */ vouchers: readonly number[] }>;

/** Each session takes as many vouchers as people came. */
export function momentsOf(sessions: readonly Session[], { timeZones, vouchers }: Tills, draw: Draw): Moment[] {
  let [next, single] = [0, 0];
  const momentOf = remembered(instantAt);
  return groupedByTime<Scan | Workshop>(sessions.map(({ place, people, servedOn, enteredOn, minuteOfDay }) => {
    const at = momentOf(timeZones[place]!, enteredOn, minuteOfDay);
    const taken = vouchers.slice(next, next + people);
    next += people;
    const asked = { place, servedOn, asksTwice: draw() < ASKED_TWICE_SHARE };
    if (people > 1) return { at, scan: { kind: 'workshop' as const, ...asked, vouchers: taken } };
    return { at, scan: singleScan({ kind: 'redeem', ...asked, voucher: taken[0]! }, { number: single++, placeCount: timeZones.length }, draw) };
  }));
}

type Fate = 'rival' | 'asksTwice' | 'again' | 'forGood' | 'plain';

function singleScan(scan: Scan, { number, placeCount }: Readonly<{ number: number; placeCount: number }>, draw: Draw): Scan {
  const { place } = scan;
  switch (CERTAIN[number] ?? drawnFate(draw)) {
    case 'again': return { ...scan, asksTwice: false, undone: 'again' };
    case 'forGood': return { ...scan, asksTwice: false, undone: 'for_good' };
    case 'rival': return placeCount > 1 ? { ...scan, asksTwice: false, rival: (place + 1 + below(draw, placeCount - 1)) % placeCount } : scan;
    case 'asksTwice': return { ...scan, asksTwice: true };
    case 'plain': return scan;
  }
}

function drawnFate(draw: Draw): Fate {
  if (draw() < UNDONE_SHARE) return draw() < 0.5 ? 'again' : 'forGood';
  return draw() < RIVAL_SHARE ? 'rival' : 'plain';
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
