import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type IssuedNotes = Readonly<{
  issued: number;
  amountCents: number;
  /** Payees that owe: not for long enough, not by lines that are closed, or of a share that the national pool cannot give back. */
  waiting: number;
  /** What open notes took of statements that nobody had paid yet. */
  setOffCents: number;
  /** True: there were more than one request takes. */
  isMore: boolean;
}>;

/** Issues the debit notes that are due, and sets open ones off against statements that wait for their payment. */
export class IssueDebitNotes extends Command<IssuedNotes | Rejected> {
  constructor(readonly meta: Meta) { super(); }
}
