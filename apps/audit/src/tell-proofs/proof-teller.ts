// Tells settlement, behind each checkpoint, the proof of every statement that it signed: so that a place gets both from one answer.
import { PROOFS_PER_MESSAGE, PROVED_LEAF_LENGTH_MAX, StatementsProvedV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { inclusionPaths } from '../merkle/tree.store.js';
import { lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { closedBetween, isSignedUntold, lockTold, saveTold, type ClosedLeaf } from './told-proof.store.js';

const META = { kind: 'process', name: 'proof-teller', correlationId: 'statement-proofs' } as const;

export class ProofTeller {
  constructor(private readonly work: AuditWork) {}

  /** One message after the other, until all that is signed is told. Answers how many statements. */
  async tellProved(isOver: () => boolean = () => false): Promise<number> {
    let told = 0;
    // Asked every few seconds, and nearly always for nothing: no row is locked for that.
    while (!isOver() && await isSignedUntold(this.work.client)) told += await this.work.once(META, tellSome) as number;
    return told;
  }
}

async function tellSome(tx: Tx): Promise<number> {
  const from = await lockTold(tx);
  const checkpoint = await lastCheckpoint(tx.sql);
  if (!checkpoint || checkpoint.size <= from) return 0;
  const { size, root } = checkpoint;
  const closed = await closedBetween(tx.sql, { from, size }, PROOFS_PER_MESSAGE);
  const fitting = inOneMessage(closed);
  const paths = await inclusionPaths(tx.sql, fitting.map(({ index }) => index), size);
  const proofs = fitting.map((one, at) => ({ ...one, path: paths[at]! }));
  if (proofs.length > 0) await tx.emit(StatementsProvedV1, { subject: `checkpoint:${size}`, body: { size, root, proofs } });
  const isRest = proofs.length === closed.length && closed.length < PROOFS_PER_MESSAGE;
  await saveTold(tx, isRest ? size : proofs.at(-1)!.index + 1);
  return proofs.length;
}

/** As many of the first as a message holds. The first one always fits. */
function inOneMessage(closed: readonly ClosedLeaf[]): readonly ClosedLeaf[] {
  let length = 0;
  const tooMuch = closed.findIndex(({ leaf }, at) => (length += leaf.length) > PROVED_LEAF_LENGTH_MAX && at > 0);
  return tooMuch < 0 ? closed : closed.slice(0, tooMuch);
}
