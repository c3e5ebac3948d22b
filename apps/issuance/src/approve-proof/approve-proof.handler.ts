import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OrderId, Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { IssuanceWork } from '../issuance.work.js';
import { insertStep, readSteps } from '../order-step.store.js';
import { lockOrder } from '../order.store.js';
import { AnswerProof, SubmitProof, type NotedProof } from './approve-proof.command.js';
import { decideProof, decideProofAnswer, proofOf, type Proof, type ProvableOrder } from './approve-proof.decision.js';

@CommandHandler(SubmitProof)
export class SubmitProofHandler implements ICommandHandler<SubmitProof> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ orderId, proof: { reference, sha256 }, meta }: SubmitProof) {
    return this.work.once<NotedProof | Rejected>(meta, async (tx) => {
      const { order, proof } = await lockProof(tx, orderId);
      const refused = decideProof(order, proof);
      if (refused) return refused;
      await insertStep(tx, orderId, { step: 'proof_submitted', reference, sha256 });
      return { orderId, sha256, state: 'pending' };
    });
  }
}

@CommandHandler(AnswerProof)
export class AnswerProofHandler implements ICommandHandler<AnswerProof> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ given: { orderId, payerId, sha256, answer, reason }, meta }: AnswerProof) {
    return this.work.once<NotedProof | Rejected>(meta, async (tx) => {
      const { order, proof } = await lockProof(tx, orderId);
      const refused = decideProofAnswer(order, proof, { payerId, sha256 });
      if (refused) return refused;
      await insertStep(tx, orderId, { step: `proof_${answer}`, payerId, sha256, ...(reason !== null && { reason }) });
      return { orderId, sha256, state: answer };
    });
  }
}

async function lockProof(tx: Tx, orderId: OrderId): Promise<{ order: ProvableOrder | undefined; proof: Proof }> {
  const order = await lockOrder(tx, orderId);
  return {
    order: order && { ...order, payers: order.shares.map(({ payerId }) => payerId) },
    proof: proofOf(await readSteps(tx.sql, orderId)),
  };
}
