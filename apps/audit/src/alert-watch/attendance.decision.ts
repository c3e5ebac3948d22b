// What a till sees is people, not vouchers: a workshop is one attendance however many came, several vouchers of one person are
// one, and a session with more people than a room holds is several. So a workshop lights no rule by being one, and nobody
// hides behind the word.
import type { Figures } from '../alert-rules/figures.decision.js';

/** A redemption as the rules see it. `at` in milliseconds; `minute` of the day by the clock of the place. */
export type Use = Readonly<{
  redemptionId: string;
  at: number;
  minute: number;
  deviceId: string | null;
  batchId: string;
  index: number | null;
  sessionId: string | null;
  participationId: string | null;
  amountCents: number;
  handOver: Readonly<{ id: string; at: number; first: number; last: number }> | null;
  /** Rules by which an alert with this redemption is decided already: what somebody judged is not counted by them again. */
  judgedBy: readonly string[];
}>;
/** `persons`: who came. `weight`: as how many attendances they count. */
export type Attendance = Readonly<{ at: number; persons: number; weight: number; isSession: boolean; uses: readonly Use[] }>;

type Bounds = Pick<Figures, 'workshopPersonsMax'>;

const personOf = ({ participationId, redemptionId }: Use): string => participationId ?? redemptionId;

export function attendancesOf(uses: readonly Use[], { workshopPersonsMax }: Bounds): Attendance[] {
  const groups = groupedBy(uses, (use) => use.sessionId ?? personOf(use));
  return [...groups.values()].map((own) => {
    const persons = new Set(own.map(personOf)).size;
    const isSession = own[0]!.sessionId !== null;
    const weight = isSession ? Math.ceil(persons / workshopPersonsMax) : 1;
    return { at: Math.min(...own.map(({ at }) => at)), persons, weight, isSession, uses: own };
  });
}

/** Without the sessions that a room can hold: in those, people are handed vouchers at the door and use them at once. */
export function usesOutsideWorkshops(uses: readonly Use[], bounds: Bounds): Use[] {
  const isWorkshop = ({ isSession, persons }: Attendance) => isSession && persons <= bounds.workshopPersonsMax;
  return attendancesOf(uses, bounds).flatMap((each) => (isWorkshop(each) ? [] : each.uses));
}

export function groupedBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const [name, known] = [nameOf(item), groups.get(nameOf(item))];
    if (known) known.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

export type Timed = Readonly<{ at: number; weight: number }>;
/** The densest window of so many milliseconds, and everything that lies in any window above the bound. */
export type Density<T> = Readonly<{ most: number; within: readonly T[] }>;

export function densityOf<T extends Timed>(items: readonly T[], windowMs: number, bound: number): Density<T> {
  const sorted = [...items].sort((a, b) => a.at - b.at);
  const within = new Set<T>();
  let [first, weight, most] = [0, 0, 0];
  sorted.forEach((item, last) => {
    weight += item.weight;
    while (item.at - sorted[first]!.at >= windowMs) weight -= sorted[first++]!.weight;
    most = Math.max(most, weight);
    if (weight > bound) for (const each of sorted.slice(first, last + 1)) within.add(each);
  });
  return { most, within: [...within] };
}
