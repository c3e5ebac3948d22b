// What the routes ask; one per service, so that Nest hands each its own.
import type { Service } from '#libs/contracts';
import { isRejected, type Id, type Rejected } from '#libs/kernel';
import { readListing, type ListingPage, type ListingQuery } from '#libs/listing';
import { OVERSEER, type Meta, type UnitOfWork } from '#libs/persistence';
import { decideReplay } from './ask-replay.decision.js';
import { insertReplay, lockLetter } from './dead-letter.store.js';
import { deadLetters, type ListedLetter } from './dead-letters.listing.js';
import { readWaiting, type Waiting } from './waiting.store.js';

export type Asked = Readonly<{ kind: 'asked'; askedAt: string }>;

export class QueueDesk {
  constructor(private readonly work: UnitOfWork) {}

  waiting(): Promise<Waiting[]> {
    return readWaiting(this.work.client, this.service);
  }

  list(asked: ListingQuery): Promise<ListingPage<ListedLetter>> {
    return readListing<ListedLetter>(this.work, deadLetters(this.service), { reader: OVERSEER, rights: [] }, asked);
  }

  /** The running service finds it within seconds, or when it starts; what it did stands in the letter. */
  askReplay(id: Id<'deadLetter'>, note: string, meta: Meta): Promise<Asked | Rejected> {
    return this.work.once<Asked | Rejected>(meta, async (tx) => {
      const decided = decideReplay(await lockLetter(tx, id));
      if (isRejected(decided)) return decided;
      await insertReplay(tx, id, note);
      return { ...decided, askedAt: tx.now.toISOString() };
    });
  }

  private get service(): Service {
    return this.work.settings.schema;
  }
}
