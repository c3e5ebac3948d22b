// What the parts of the fake account share: its objects, what moved its balance, and the events that tell of both.
import { randomBytes } from 'node:crypto';
import { STRIPE_API_VERSION } from '../create-stripe.js';
import { missing, type FakeBalanceTransaction, type FakeEvent, type FakeObject } from './fake-objects.js';

export type Page<T> = Readonly<{ data: T[]; has_more: boolean }>;
type Moved = Omit<FakeBalanceTransaction, 'id' | 'object' | 'created' | 'net' | 'status' | 'available_on'>;

export class FakeBooks {
  private readonly objects = new Map<string, FakeObject>();
  /** In the order in which things happened. */
  readonly events: FakeEvent[] = [];

  /** What comes in can be spent so much later: Stripe's own default for cards is some days. */
  availableAfterSeconds = 0;

  constructor(private readonly now: () => Date) {}

  find<Kind extends FakeObject['object']>(kind: Kind, id: string): Extract<FakeObject, { object: Kind }> {
    const object = this.objects.get(id);
    if (object?.object !== kind) throw missing(id);
    return object as Extract<FakeObject, { object: Kind }>;
  }

  /** Whatever bears this id, for `expand`. */
  peek = (id: string): FakeObject | undefined => this.objects.get(id);

  all<Kind extends FakeObject['object']>(kind: Kind): Extract<FakeObject, { object: Kind }>[] {
    return [...this.objects.values()].filter((object): object is Extract<FakeObject, { object: Kind }> => object.object === kind);
  }

  /** Newest first, as Stripe lists; `startingAfter` is the last id of the page before. */
  balanceTransactions(limit: number, startingAfter?: string): Page<FakeBalanceTransaction> {
    return pageOf(this.all('balance_transaction').reverse(), limit, startingAfter);
  }

  /** Newest first; `since` in Stripe's seconds, that second included. */
  listEvents(limit: number, since: number, types: readonly string[], startingAfter?: string): Page<FakeEvent> {
    const wanted = this.events.filter(({ created, type }) => created >= since && (types.length === 0 || types.includes(type)));
    return pageOf(wanted.reverse(), limit, startingAfter);
  }

  move(moved: Moved): FakeBalanceTransaction {
    return this.keep<FakeBalanceTransaction>({
      id: newId('txn'), object: 'balance_transaction', created: this.seconds(), net: moved.amount - moved.fee, status: 'pending',
      available_on: this.seconds() + (moved.reporting_category === 'charge' ? this.availableAfterSeconds : 0), ...moved,
    });
  }

  /** What a transfer may spend: what goes out counts at once. */
  available(): number {
    return this.all('balance_transaction').filter(({ available_on: from }) => from <= this.seconds()).reduce((total, { net }) => total + net, 0);
  }

  seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  born(): { created: number; livemode: false } {
    return { created: this.seconds(), livemode: false };
  }

  keep<T extends FakeObject>(object: T): T {
    this.objects.set(object.id, object);
    return object;
  }

  /** A copy: an event shows the object as it was, also when it is delivered late. */
  tell(type: string, object: FakeObject): void {
    this.events.push({
      id: newId('evt'), object: 'event', api_version: STRIPE_API_VERSION, created: this.seconds(), livemode: false, pending_webhooks: 1, type,
      data: { object: structuredClone(object) },
    });
  }
}

export const newId = (prefix: string) => `${prefix}_${randomBytes(12).toString('hex')}`;

function pageOf<T extends { id: string }>(all: T[], limit: number, startingAfter?: string): Page<T> {
  const first = startingAfter === undefined ? 0 : all.findIndex(({ id }) => id === startingAfter) + 1;
  if (startingAfter !== undefined && first === 0) throw missing(startingAfter);
  return { data: all.slice(first, first + limit), has_more: all.length > first + limit };
}
