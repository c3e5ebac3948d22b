import { Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { TraceCursor } from './gathered.decision.js';
import type { Trace } from './trace.decision.js';

/** Where somebody begins to follow money; every id is the plain one. */
export type Traced = Readonly<
  | { noun: 'bankLine' | 'order' | 'contradictoryStatement' | 'invoice' | 'batch' | 'redemption' | 'claimLine' | 'statement' | 'payment' | 'refund' | 'allocation' | 'earlyPayment'; id: string }
  | { noun: 'share'; id: string; payerId: string }
  | { noun: 'voucher'; id: string; index: number }
  /** By the number on its cover, from 1. */
  | { noun: 'booklet'; id: string; booklet: number }
  | { noun: 'serial'; serial: string }>;

export class TraceCent extends Query<Trace | Rejected> {
  /** `size`: of the log that it is read from; null is all that audit keeps. */
  constructor(readonly of: Traced, readonly limit: number, readonly after: TraceCursor | null, readonly size: number | null = null) {
    super();
  }
}
