// What waits for a person at the operator, from what the services list: pure, so that its sums can be tested.
import type { Read } from '../services.js';

export type Queue = Readonly<{
  french: string;
  english: string;
  count: number;
  cents?: number;
  /** The day of the oldest thing that waits. */
  oldest?: string;
  href?: string;
}>;

type OrderStanding = Readonly<{
  funding: string;
  activation: string;
  count: number;
  mintedCount: number;
  amountCents: number;
  activatedCents: number;
  placedAt: string;
}>;
export type SummedQueue = Readonly<{ words: Words; href: string; read: Read<Readonly<{ count: number; cents?: number | undefined;
  oldest?: string | undefined }>> }>;
export type ListedQueue = Readonly<{ words: Words; href: string; read: Read<readonly Waiting[]> }>;
type Words = readonly [french: string, english: string];
type Items<Item> = Read<Readonly<{ items: readonly Item[] }>>;
export type WorkLists = Readonly<{
  credit: Items<Readonly<{ leftCents: number; bookedOn: string }>>;
  order: Items<OrderStanding>;
  payee: Items<Readonly<{ state: string; bankState: string; payableCents: number }>>;
  /** Asked for one by one, each with what the service counts and sums of it. */
  summed: readonly SummedQueue[];
  /** Short lists of which each thing waits. */
  listed: readonly ListedQueue[];
  runs: Read<readonly Readonly<{ state: string; amountCents: number; createdAt: string }>[]>;
  complete: Read<Readonly<{ senders: readonly Readonly<{ missing: number }>[] }>>;
}>;

export type Waiting = Readonly<{ cents: number; since?: string }>;

function queue(french: string, english: string, waiting: readonly Waiting[], href?: string): Queue {
  const days = waiting.flatMap(({ since }) => (since ? [since.slice(0, 10)] : [])).sort();
  return {
    french, english, count: waiting.length, cents: waiting.reduce((sum, { cents }) => sum + cents, 0),
    ...(days[0] && { oldest: days[0] }), ...(href && { href }),
  };
}

const from = <T>(read: Read<T>, make: (value: T) => Queue): Read<Queue> => (read.ok ? { ok: true, value: make(read.value) } : read);

/** Money that leaves comes first, then money that came, then people and vouchers that wait for it. */
export function queuesOf({ credit, order, payee, summed, listed, runs, complete }: WorkLists): Read<Queue>[] {
  const runsIn = (state: string) => (found: readonly Readonly<{ state: string; amountCents: number; createdAt: string }>[]): Waiting[] =>
    found.filter((run) => run.state === state).map(({ amountCents, createdAt }) => ({ cents: amountCents, since: createdAt }));
  return [
    from(runs, (found) => queue('Virements à approuver', 'Payment runs to approve', runsIn('drafted')(found), '/runs')),
    from(runs, (found) => queue('Virements approuvés, à envoyer', 'Approved runs to send', runsIn('approved')(found), '/runs')),
    from(credit, ({ items }) => queue('Crédits à rapprocher d’une commande', 'Credits to match to an order', items.map(({ leftCents, bookedOn }) => ({ cents: leftCents, since: bookedOn })), '/credits')),
    ...summed.map(({ words: [french, english], href, read }) => from(read, ({ count, cents, oldest }) => ({
      french, english, href, count, ...(cents !== undefined && { cents }), ...(oldest !== undefined && { oldest: oldest.slice(0, 10) }),
    }))),
    ...listed.map(({ words: [french, english], href, read }) => from(read, (waiting) => queue(french, english, waiting, href))),
    from(order, ({ items }) => queue('Commandes payées, chèques à fabriquer', 'Orders paid, vouchers to make', items
      .filter(({ funding, count, mintedCount }) => funding === 'funded' && mintedCount < count)
      .map(({ amountCents, placedAt }) => ({ cents: amountCents, since: placedAt })), '/all-orders?funding=funded')),
    from(order, ({ items }) => queue('Chèques fabriqués et payés, à rendre actifs', 'Vouchers made and paid, to make active', items
      .filter(({ funding, activation, count, mintedCount }) => funding === 'funded' && activation !== 'active' && mintedCount >= count)
      .map(({ amountCents, activatedCents, placedAt }) => ({ cents: amountCents - activatedCents, since: placedAt })), '/all-orders?funding=funded')),
    from(payee, ({ items }) => queue('Bénéficiaires à compléter, ou sans compte valable', 'Payees to complete, or without a valid account', items
      .filter(({ state, bankState }) => state !== 'complete' || bankState !== 'approved').map(({ payableCents }) => ({ cents: payableCents })), '/payees')),
    from(complete, ({ senders }) => ({
      french: 'Messages qui manquent à l’audit', english: 'Messages missing at audit', count: senders.reduce((sum, { missing }) => sum + missing, 0),
    })),
  ];
}
