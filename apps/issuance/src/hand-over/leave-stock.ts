// Vouchers leave a stock for somebody: what of them lies there, and the writing of what was decided.
import { RangeHandedOverV1 } from '#libs/contracts';
import { idOf, type AgentId, type DistributorId } from '#libs/kernel';
import type { Keyring } from '#libs/keys';
import type { Sql, Tx } from '#libs/persistence';
import { insertHandOvers, readReceipts, type NewHandOver } from '../hand-over.store.js';
import type { BatchRange, ReceivedRange } from '../holding.decision.js';
import { insertHoldings, piecesOf, stoppedAmong } from '../holding.store.js';
import { actorOf } from '../issuance.work.js';
import type { AskedHandOver, MadeHandOver } from './hand-over.command.js';
import type { Leaving, Part } from './hand-over.decision.js';
import { keyedPathway } from './pathway.js';

export type LaidRange = BatchRange & Readonly<{ agentId: AgentId | null }>;

/** Of each range, by its place in the list: the pieces in that distributor's stock, or only in that desk's. */
export async function leavingOf(
  sql: Sql, distributorId: DistributorId, laid: readonly LaidRange[],
): Promise<readonly Leaving<ReceivedRange>[]> {
  const stopped = await stoppedAmong(sql, laid);
  const pieces = (await piecesOf(sql, laid)).map((found, at) => found.filter((piece) =>
    piece.place === 'stock' && piece.distributorId === distributorId && (laid[at]!.agentId === null || laid[at]!.agentId === piece.agentId)));
  const receipts = await readReceipts(sql, pieces.flat().map(({ documentId }) => documentId!));
  return laid.map(({ batchId, range }, at) => ({
    batchId, range, stopped: stopped.get(at),
    received: pieces[at]!.map((piece) => ({ range: piece.range, piece, receipt: receipts.get(piece.documentId!)! })),
  }));
}

type GivenOut = Readonly<{ distributorId: DistributorId; asked: readonly AskedHandOver[]; parts: readonly Part<ReceivedRange>[] }>;

export async function giveOut(tx: Tx, keyring: Keyring, { distributorId, asked, parts }: GivenOut): Promise<readonly MadeHandOver[]> {
  const made = parts.map((part): NewHandOver & { position: number } => {
    const { batchId, inseeCode, publicCategory, pathway } = asked[part.position]!;
    return {
      ...part, handOverId: idOf('handOver', tx.newId()), batchId, inseeCode, publicCategory,
      pathway: pathway === null ? null : keyedPathway(keyring, distributorId, pathway),
    };
  });
  await insertHandOvers(tx, distributorId, made, actorOf(tx));
  await insertHoldings(tx, made.map(({ handOverId, range, from: { piece } }) => ({
    from: { ...piece, range }, to: { place: 'handed_over', distributorId, agentId: piece.agentId, documentId: handOverId } as const,
  })), actorOf(tx));
  await tx.emitAll(RangeHandedOverV1, made.map(({ handOverId, batchId, range }) => ({
    subject: `batch:${batchId}`, body: { handOverId, batchId, distributorId, ...range },
  })));
  return made.map(({ handOverId, position, batchId, range }) => ({ handOverId, position, batchId, ...range }));
}
