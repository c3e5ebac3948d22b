// Tells settlement, behind each checkpoint, the proof of every statement that it signed: so that a place gets both from one answer.
import { PROOFS_PER_MESSAGE, StatementsProvedV1 } from '#libs/contracts';
import { assert, isRejected, type Id } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { proveInclusion } from '../prove-events/inclusion.js';
import { lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { closedBetween, lockTold, saveTold, type ClosedLeaf } from './told-proof.store.js';

const META = { kind: 'process', name: 'proof-teller', correlationId: 'statement-proofs' } as const;

export class ProofTeller {
  constructor(private readonly work: AuditWork) {}

  /** One message after the other, until all that is signed is told. Answers how many statements. */
  async tellProved(isOver: () => boolean = () => false): Promise<number> {
    let told = 0;
    for (let count = PROOFS_PER_MESSAGE; count === PROOFS_PER_MESSAGE && !isOver(); told += count) {
      count = await this.work.once(META, tellSome) as number;
    }
    return told;
  }
}

async function tellSome(tx: Tx): Promise<number> {
  const from = await lockTold(tx);
  const checkpoint = await lastCheckpoint(tx.sql);
  if (!checkpoint || checkpoint.size <= from) return 0;
  const { size, root } = checkpoint;
  const closed = await closedBetween(tx.sql, { from, size }, PROOFS_PER_MESSAGE);
  if (closed.length > 0) {
    const proofs = [];
    for (const one of closed) proofs.push(await proofOf(tx, one, size));
    await tx.emit(StatementsProvedV1, { subject: `checkpoint:${size}`, body: { size, root, proofs } });
  }
  await saveTold(tx, closed.length === PROOFS_PER_MESSAGE ? closed.at(-1)!.index + 1 : size);
  return closed.length;
}

async function proofOf(tx: Tx, { eventId, statementId, index }: ClosedLeaf, size: number) {
  const proof = await proveInclusion(tx.sql, eventId as Id<'event'>, size);
  assert(!isRejected(proof), `statement ${statementId} is in the log of ${size}, where it was found`);
  return { statementId, eventId, index, leaf: proof.leaf, path: [...proof.path] };
}
