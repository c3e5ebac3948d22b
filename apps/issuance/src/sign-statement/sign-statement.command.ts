import { Command } from '@nestjs/cqrs';
import type { ContradictoryStatementId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type SignRequest = Readonly<{
  statementId: ContradictoryStatementId;
  /** Whom the caller signs for; null for the operator. */
  payerId: PayerId | null;
  /** Of the bytes that the signer saw. */
  sha256: string;
}>;
export type SignedStatement = Readonly<{
  statementId: ContradictoryStatementId; signatures: number; signaturesNeeded: number; signed: boolean;
}>;

export class SignStatement extends Command<SignedStatement | Rejected> {
  constructor(readonly request: SignRequest, readonly meta: Meta) {
    super();
  }
}
