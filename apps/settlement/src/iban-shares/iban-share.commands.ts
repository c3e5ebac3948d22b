import { Command } from '@nestjs/cqrs';
import type { IbanShareId, PayeeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ProposedShare = Readonly<{ shareId: string }>;

export class ProposeIbanShare extends Command<ProposedShare | Rejected> {
  constructor(readonly request: Readonly<{ payeeId: PayeeId; iban: string; reason: string }>, readonly meta: Meta) { super(); }
}

/** By whoever proposed it, or by anybody else who sees that it is wrong. */
export class WithdrawIbanShare extends Command<ProposedShare | Rejected> {
  constructor(readonly request: Readonly<{ shareId: IbanShareId }>, readonly meta: Meta) { super(); }
}

export class ApproveIbanShare extends Command<ProposedShare | Rejected> {
  constructor(readonly request: Readonly<{ shareId: IbanShareId }>, readonly meta: Meta) { super(); }
}
