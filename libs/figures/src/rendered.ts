// Services that were rendered in a month, summed by programme and by group of it.
import type { Month } from '#libs/kernel';
import type { FigureEvents } from './figure-events.js';

export type Rendered = Readonly<{
  redemptions: number; cents: number;
  /** Null where no till said how long a service took. */
  minutes: number | null; redemptionsWithMinutes: number;
  /** Booklets of which something was used, and one for all loose vouchers of a batch: at least so many. */
  people: number;
  /** What each place took in, the most first. */
  centsOfPlaces: readonly number[];
}>;
export type Key = Readonly<Record<string, string | null>>;
/** `place`: the number of its name. */
type Row = Readonly<{ place: number; service: string | null }>;
type Programme<Of extends Key> = Readonly<{ total: Rendered; groups: readonly (Rendered & Of)[] }>;

/** A batch has up to a million vouchers: a number for each booklet of each batch, and one for what is loose. */
const BOOKLETS_MAX = 2 ** 21;

class Sum {
  private redemptions = 0;
  private cents = 0;
  private minutes = 0;
  private redemptionsWithMinutes = 0;
  private readonly people = new Set<number>();
  private readonly ofPlaces = new Map<number, number>();

  add({ person, place, cents, minutes }: Readonly<{ person: number; place: number; cents: number; minutes: number }>): void {
    this.redemptions += 1;
    this.cents += cents;
    this.people.add(person);
    this.ofPlaces.set(place, (this.ofPlaces.get(place) ?? 0) + cents);
    if (minutes < 0) return;
    this.minutes += minutes;
    this.redemptionsWithMinutes += 1;
  }

  rendered(): Rendered {
    const { redemptions, cents, redemptionsWithMinutes } = this;
    return {
      redemptions, cents, redemptionsWithMinutes, minutes: redemptionsWithMinutes === 0 ? null : this.minutes, people: this.people.size,
      centsOfPlaces: [...this.ofPlaces.values()].sort((one, other) => other - one),
    };
  }
}

/** By programme. The groups of one come in the order of their keys, unknown ones last. */
export function groupsOf<Of extends Key>(events: FigureEvents, month: Month, keyOf: (row: Row) => Of): ReadonlyMap<string, Programme<Of>> {
  const found = new Map<number, { total: Sum; groups: Map<string, { key: Of; sum: Sum }> }>();
  const rows = events.redeemedIn(month);
  for (let at = 0; rows && at < rows.ids.length; at += 1) {
    if (events.undone.has(rows.ids[at]!)) continue;
    const [place, service, programme] = [rows.places[at]!, rows.services[at]!, rows.programmes[at]!];
    const own = found.get(programme) ?? { total: new Sum(), groups: new Map<string, { key: Of; sum: Sum }>() };
    found.set(programme, own);
    const key = keyOf({ place, service: service < 0 ? null : events.names.services.text(service) });
    const name = orderOf(key);
    const group = own.groups.get(name) ?? { key, sum: new Sum() };
    own.groups.set(name, group);
    const person = personOf(events, rows.batches[at]!, rows.indexes[at]!);
    const one = { person, place, cents: rows.cents[at]!, minutes: rows.minutes[at]! };
    own.total.add(one);
    group.sum.add(one);
  }
  return new Map([...found].map(([programme, { total, groups }]) => [events.names.programmes.text(programme), {
    total: total.rendered(),
    groups: [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, { key, sum }]) => ({ ...sum.rendered(), ...key })),
  }]));
}

function personOf({ batches }: FigureEvents, batch: number, index: number): number {
  const size = batches.get(batch)?.bookletSize ?? 1;
  return batch * BOOKLETS_MAX + (size > 1 && index >= 0 ? Math.floor(index / size) + 1 : 0);
}

/** As text that sorts: no code has a tilde, which comes after all letters. */
const orderOf = (key: Key): string => Object.values(key).map((value) => value ?? '~').join(' ');
