import { Command } from '@nestjs/cqrs';
import type { OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { ProofState } from './approve-proof.decision.js';

export type NotedProof = Readonly<{ orderId: OrderId; sha256: string; state: ProofState }>;

/** The operator shows what will be printed: where the file is, and the SHA-256 of its bytes. */
export class SubmitProof extends Command<NotedProof | Rejected> {
  constructor(readonly orderId: OrderId, readonly proof: Readonly<{ reference: string; sha256: string }>, readonly meta: Meta) {
    super();
  }
}

export type GivenProofAnswer = Readonly<{
  orderId: OrderId; payerId: PayerId; sha256: string; answer: 'approved' | 'sent_back'; reason: string | null;
}>;

/** The payer that leads approves the proof, or sends it back with a reason. */
export class AnswerProof extends Command<NotedProof | Rejected> {
  constructor(readonly given: GivenProofAnswer, readonly meta: Meta) {
    super();
  }
}
