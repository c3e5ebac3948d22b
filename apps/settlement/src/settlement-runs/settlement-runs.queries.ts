import { Query } from '@nestjs/cqrs';
import type { BankAccountId, Cents } from '#libs/kernel';
import type { Purpose, Rail } from '../payment-source.decision.js';
import type { RunId } from './settlement-runs.commands.js';

export type ListedRun = Readonly<{
  id: RunId;
  rail: Rail;
  bankAccountId: BankAccountId;
  purpose: Purpose;
  state: 'drafted' | 'approved' | 'released' | 'cancelled';
  messageId: string;
  executionOn: string;
  paymentCount: number;
  amount: Cents;
  sha256: string;
  createdBy: string;
  createdAt: Date;
  releasedAt: Date | null;
  downloads: number;
  approvals: readonly Readonly<{ userId: string; at: string }>[];
  /** Null of a run that stands, and of one that was cancelled before reasons were asked. */
  cancelReason: string | null;
  cancelledBy: string | null;
  cancelledAt: Date | null;
}>;

export class ListRuns extends Query<readonly ListedRun[]> {
  constructor(readonly page: Readonly<{ before: RunId | null; rowsMax: number; runId: RunId | null }>) { super(); }
}
