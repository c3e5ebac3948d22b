import { Command, Query } from '@nestjs/cqrs';
import type { Id, Rejected } from '#libs/kernel';
import type { KeyReused, Meta } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';
import type { RestatementRow } from './restatement.store.js';

type Outcome = { restatementId: Id<'restatement'> } | Rejected<RefusalCode> | KeyReused;

/** That all of it is made again from the first event; nothing happens before another person approves. */
export class AskRestatement extends Command<Outcome> {
  constructor(readonly reason: string, readonly meta: Meta) {
    super();
  }
}

export class ApproveRestatement extends Command<Outcome> {
  constructor(readonly restatementId: Id<'restatement'>, readonly meta: Meta) {
    super();
  }
}

/** Newest first. */
export class ListRestatements extends Query<RestatementRow[]> {
  constructor(readonly of: Readonly<{ restatementId: string | null; below: string | null; rowsMax: number }>) {
    super();
  }
}
