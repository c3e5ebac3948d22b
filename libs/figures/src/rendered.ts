// Services that were rendered in a month, summed by programme and by group of it, in one walk.
import { departementOf, type Month } from '#libs/kernel';
import type { FigureEvents } from './figure-events.js';

export type Rendered = Readonly<{
  redemptions: number; cents: number;
  /** Null where no till said how long a service took. */
  minutes: number | null;
  /** Booklets of which something was used, and one for all loose vouchers of a batch: at least so many. */
  people: number;
  /** What each place took in, the most first. */
  centsOfPlaces: readonly number[];
}>;
export type OfService = Rendered & Readonly<{ departement: string | null; service: string | null }>;
export type OfCommune = Rendered & Readonly<{ departement: string | null; commune: string | null }>;
/** The groups of one programme come in the order of their keys, unknown ones last. */
export type OfProgramme = Readonly<{ total: Rendered; services: readonly OfService[]; communes: readonly OfCommune[] }>;

/** A batch has up to a million vouchers: a number for each booklet of each batch, and one for what is loose. */
const BOOKLETS_MAX = 2 ** 21;

type Use = Readonly<{ person: number; place: number; cents: number; minutes: number }>;

class Sum {
  private redemptions = 0;
  private cents = 0;
  private minutes: number | null = null;
  private readonly people = new Set<number>();
  private readonly ofPlaces = new Map<number, number>();

  add({ person, place, cents, minutes }: Use): void {
    this.redemptions += 1;
    this.cents += cents;
    this.people.add(person);
    this.ofPlaces.set(place, (this.ofPlaces.get(place) ?? 0) + cents);
    if (minutes >= 0) this.minutes = (this.minutes ?? 0) + minutes;
  }

  rendered(): Rendered {
    const { redemptions, cents, minutes } = this;
    const centsOfPlaces = [...this.ofPlaces.values()].sort((one, other) => other - one);
    return { redemptions, cents, minutes, people: this.people.size, centsOfPlaces };
  }
}

class Groups<Key extends Readonly<Record<string, string | null>>> {
  private readonly found = new Map<string, { key: Key; sum: Sum }>();

  add(key: Key, use: Use): void {
    const name = orderOf(key);
    const group = this.found.get(name) ?? { key, sum: new Sum() };
    this.found.set(name, group);
    group.sum.add(use);
  }

  inOrder(): (Rendered & Key)[] {
    return [...this.found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, { key, sum }]) => ({ ...sum.rendered(), ...key }));
  }
}

const nothing = () => ({
  total: new Sum(), services: new Groups<Pick<OfService, 'departement' | 'service'>>(),
  communes: new Groups<Pick<OfCommune, 'departement' | 'commune'>>(),
});

/** By programme. What was undone is no service. */
export function renderedIn(events: FigureEvents, month: Month): ReadonlyMap<string, OfProgramme> {
  const found = new Map<number, ReturnType<typeof nothing>>();
  const rows = events.redeemedIn(month);
  for (let at = 0; rows && at < rows.ids.length; at += 1) {
    if (events.undone.has(rows.ids[at]!)) continue;
    const [place, service, programme] = [rows.places[at]!, rows.services[at]!, rows.programmes[at]!];
    const own = found.get(programme) ?? nothing();
    found.set(programme, own);
    const person = personOf(events, rows.batches[at]!, rows.indexes[at]!);
    const use = { person, place, cents: rows.cents[at]!, minutes: rows.minutes[at]! };
    const commune = events.communes.get(place) ?? null;
    const departement = commune === null ? null : departementOf(commune);
    own.total.add(use);
    own.services.add({ departement, service: service < 0 ? null : events.names.services.text(service) }, use);
    own.communes.add({ departement, commune }, use);
  }
  return new Map([...found].map(([programme, { total, services, communes }]) => (
    [events.names.programmes.text(programme), { total: total.rendered(), services: services.inOrder(), communes: communes.inOrder() }])));
}

function personOf({ batches }: FigureEvents, batch: number, index: number): number {
  const size = batches.get(batch)?.bookletSize ?? 1;
  return batch * BOOKLETS_MAX + (size > 1 && index >= 0 ? Math.floor(index / size) + 1 : 0);
}

/** As text that sorts: no code has a tilde, which comes after all letters. */
const orderOf = (key: Readonly<Record<string, string | null>>): string => Object.values(key).map((value) => value ?? '~').join(' ');
