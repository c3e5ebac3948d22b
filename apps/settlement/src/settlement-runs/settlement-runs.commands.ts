import { Command } from '@nestjs/cqrs';
import type { BankAccountId, Id, LocalDate, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Purpose, Rail } from '../payment-source.decision.js';
import type { Reason } from './create-run.decision.js';
import type { Breaker } from './run-breakers.decision.js';

export type RunId = Id<'settlementRun'>;

export type CreatedRun = Readonly<{
  runId: RunId;
  rail: Rail;
  purpose: Purpose;
  sha256: string;
  messageId: string;
  executionOn: LocalDate;
  paymentCount: number;
  amountCents: number;
  /** The first of them; the whole list is read page by page. */
  payments: readonly Readonly<{
    payeeId: string; legalName: string | null; iban: string | null; stripeAccountId: string | null; amountCents: number;
    statements: number; refunds: number; allocations: number; earlyPayments: number;
  }>[];
  leftOutCount: number;
  leftOut: readonly Readonly<{ payeeId: string; legalName: string | null; amountCents: number; reason: Reason }>[];
}>;

export class CreateRun extends Command<CreatedRun | Rejected> {
  constructor(
    /** `amountCents`: of a run of fees, which is for as much of the operator's own money as somebody says. */
    readonly request: Readonly<{
      rail: Rail; bankAccountId: BankAccountId; purpose: Purpose; executionOn: LocalDate | null; amountCents: number | null;
    }>,
    readonly meta: Meta,
  ) { super(); }
}

export type RunMoved = Readonly<{ runId: RunId; state: 'drafted' | 'approved' | 'released' | 'cancelled'; approvals: number }>;

export class ApproveRun extends Command<RunMoved | Rejected> {
  /** `sha256`: of the bytes that the approver saw; `reasons`: why what is unusual about the run is right. */
  constructor(
    readonly request: Readonly<{ runId: RunId; sha256: string; reasons: readonly Readonly<{ breaker: Breaker; reason: string }>[] }>,
    readonly meta: Meta,
  ) { super(); }
}

export class ReleaseRun extends Command<RunMoved | Rejected> {
  constructor(readonly request: Readonly<{ runId: RunId }>, readonly meta: Meta) { super(); }
}

export class CancelRun extends Command<RunMoved | Rejected> {
  constructor(readonly request: Readonly<{ runId: RunId; reason: string }>, readonly meta: Meta) { super(); }
}
