import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assert } from '#libs/kernel';
import { SettlementWork } from '../settlement.work.js';
import { KeepProofs } from './keep-proofs.command.js';
import { faultOfProof } from './fault-of-proof.js';
import { isTold } from './known-checkpoint.store.js';
import { insertProofs, statementsByIds } from './statement-proof.store.js';

/** What does not hold is kept by nobody: it becomes a dead letter, which somebody looks at, and is served to no place. */
@CommandHandler(KeepProofs)
export class KeepProofsHandler implements ICommandHandler<KeepProofs> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ proved: { proofs, ...signed }, meta }: KeepProofs): Promise<null> {
    await this.work.once(meta, async (tx) => {
      const told = await isTold(tx.sql, signed);
      const statements = await statementsByIds(tx.sql, proofs.map(({ statementId }) => statementId));
      for (const proof of proofs) {
        const fault = faultOfProof(proof, { signed, isTold: told, statement: statements.get(proof.statementId) });
        assert(fault === undefined, fault ?? '');
      }
      await insertProofs(tx, signed, proofs);
      return null;
    });
    return null;
  }
}
