import { Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Trace } from './trace.decision.js';

/** Where somebody begins to follow money; every id is the plain one. */
export type Traced = Readonly<
  | { noun: 'bankLine' | 'order' | 'batch' | 'redemption' | 'claimLine' | 'statement' | 'payment' | 'refund'; id: string }
  | { noun: 'share'; id: string; payerId: string }
  | { noun: 'voucher'; id: string; index: number }
  | { noun: 'serial'; serial: string }>;

/** Where the next page of redemptions begins: a list by batches, or one by statements and numbers. */
export type TraceCursor = readonly [string, number, number];

export class TraceCent extends Query<Trace | Rejected> {
  constructor(readonly of: Traced, readonly limit: number, readonly after: TraceCursor | null) {
    super();
  }
}
