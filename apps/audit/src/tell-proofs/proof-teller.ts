// Tells settlement, behind each checkpoint, the proof of every statement that it signed: so that a place gets both from one answer.
import { PROOFS_PER_MESSAGE, PROVED_LEAF_LENGTH_MAX, StatementsProvedV1, type BodyOf } from '#libs/contracts';
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
    for (let count = 1; count > 0 && !isOver(); told += count) count = await this.work.once(META, tellSome) as number;
    return told;
  }
}

async function tellSome(tx: Tx): Promise<number> {
  const from = await lockTold(tx);
  const checkpoint = await lastCheckpoint(tx.sql);
  if (!checkpoint || checkpoint.size <= from) return 0;
  const { size, root } = checkpoint;
  const closed = await closedBetween(tx.sql, { from, size }, PROOFS_PER_MESSAGE);
  const proofs: BodyOf<typeof StatementsProvedV1>['proofs'] = [];
  let length = 0;
  for (const one of closed) {
    const proof = await proofOf(tx, one, size);
    length += proof.leaf.length;
    // The first one always fits.
    if (proofs.length > 0 && length > PROVED_LEAF_LENGTH_MAX) break;
    proofs.push(proof);
  }
  if (proofs.length > 0) await tx.emit(StatementsProvedV1, { subject: `checkpoint:${size}`, body: { size, root, proofs } });
  const isRest = proofs.length === closed.length && closed.length < PROOFS_PER_MESSAGE;
  await saveTold(tx, isRest ? size : proofs.at(-1)!.index + 1);
  return proofs.length;
}

async function proofOf(tx: Tx, { eventId, statementId, index }: ClosedLeaf, size: number) {
  const proof = await proveInclusion(tx.sql, eventId as Id<'event'>, size);
  assert(!isRejected(proof), `statement ${statementId} is in the log of ${size}, where it was found`);
  return { statementId, eventId, index, leaf: proof.leaf, path: [...proof.path] };
}
