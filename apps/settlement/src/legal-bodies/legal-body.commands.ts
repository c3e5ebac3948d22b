import { Command } from '@nestjs/cqrs';
import type { PayeeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type NamedBody = Readonly<{ payeeId: PayeeId; known: boolean }>;

/** A body that is no place and no payer, and may be paid all the same. */
export class NameLegalBody extends Command<NamedBody | Rejected> {
  constructor(readonly request: Readonly<{ legalName: string; siren: string }>, readonly meta: Meta) { super(); }
}

/** Which payee the operator is: the one of the SIREN that the installation says. */
export class NameOperator extends Command<NamedBody | Rejected> {
  constructor(readonly meta: Meta) { super(); }
}
