import { Command } from '@nestjs/cqrs';
import type { BankLineId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

/** `reason` is null to take it up again. */
export type NoteRequest = Readonly<{ bankLineId: BankLineId; reason: string | null }>;
export type NotedCredit = Readonly<{ bankLineId: BankLineId; setAside: boolean }>;

/** A credit waits apart from the others until something is known, or comes back among them. */
export class SetAsideCredit extends Command<NotedCredit | Rejected> {
  constructor(readonly request: NoteRequest, readonly meta: Meta) { super(); }
}
