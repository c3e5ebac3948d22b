// Hand-overs out of a distributor's stock. Whoever writes here holds the stock lock of the batches.
import type { AgentId, BatchId, DeliveryOutcomeId, DistributorId, HandOverId } from '#libs/kernel';
import type { KeyedPathway } from './hand-over/pathway.js';
import type { ReceivedRange } from './holding.decision.js';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from './voucher-range.decision.js';

/** To whom in general, as far as anybody says; never a person. */
export const PUBLIC_CATEGORIES = ['young', 'students', 'families', 'seniors', 'women', 'job_seekers', 'other'] as const;
export type PublicCategory = (typeof PUBLIC_CATEGORIES)[number];
export type Recipients = Readonly<{ inseeCode: string | null; publicCategory: PublicCategory | null }>;

export type NewHandOver = Recipients & Readonly<{
  handOverId: HandOverId; batchId: BatchId; range: Range; from: ReceivedRange; pathway: KeyedPathway | null;
}>;

/** The receipts of those ids. */
export async function readReceipts(
  sql: Sql, ids: readonly string[],
): Promise<ReadonlyMap<string, ReceivedRange['receipt']>> {
  const rows = await sql.$queryRaw<ReceivedRange['receipt'][]>`
    select o.id as "deliveryOutcomeId", o.first, o.last from issuance.delivery_outcome o
    where o.id = any(${[...new Set(ids)]}::uuid[]) and o.outcome = 'received'`;
  return new Map(rows.map((row) => [row.deliveryOutcomeId, row]));
}

export async function insertHandOvers(
  tx: Tx, distributorId: DistributorId, handOvers: readonly NewHandOver[], handedOverBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.hand_over (id, delivery_outcome_id, batch_id, distributor_id, outcome, received_first, received_last,
      first, last, insee_code, public_category, agent_id, pathway_key_id, pathway_mac, handed_over_by, handed_over_at)
    select h.id, h.outcome_id, h.batch_id, ${distributorId}::uuid, 'received', h.received_first, h.received_last, h.first, h.last,
      h.insee_code, h.public_category, h.agent_id, h.pathway_key_id, h.pathway_mac, ${handedOverBy}, ${tx.now}
    from unnest(
      ${handOvers.map(({ handOverId }) => handOverId)}::uuid[], ${handOvers.map(({ from }) => from.receipt.deliveryOutcomeId)}::uuid[],
      ${handOvers.map(({ batchId }) => batchId)}::uuid[],
      ${handOvers.map(({ from }) => from.receipt.first)}::int[], ${handOvers.map(({ from }) => from.receipt.last)}::int[],
      ${handOvers.map(({ range }) => range.first)}::int[], ${handOvers.map(({ range }) => range.last)}::int[],
      ${handOvers.map(({ inseeCode }) => inseeCode)}::text[], ${handOvers.map(({ publicCategory }) => publicCategory)}::text[],
      ${handOvers.map(({ from }) => from.piece.agentId)}::uuid[], ${handOvers.map(({ pathway }) => pathway?.keyId ?? null)}::text[],
      ${handOvers.map(({ pathway }) => pathway?.mac ?? null)}::text[])
      as h(id, outcome_id, batch_id, received_first, received_last, first, last, insee_code, public_category, agent_id, pathway_key_id, pathway_mac)`;
}

export type StoredHandOver = Readonly<{
  handOverId: HandOverId; batchId: BatchId; distributorId: DistributorId; agentId: AgentId | null; deliveryOutcomeId: DeliveryOutcomeId;
  first: number; last: number; isReturned: boolean;
}>;

/** Undefined for one of another distributor. */
export async function readHandOver(
  sql: Sql, handOverId: HandOverId, distributorId: DistributorId,
): Promise<StoredHandOver | undefined> {
  const [row] = await sql.$queryRaw<StoredHandOver[]>`
    select h.id as "handOverId", h.batch_id as "batchId", h.distributor_id as "distributorId", h.agent_id as "agentId",
      h.delivery_outcome_id as "deliveryOutcomeId", h.first, h.last, h.returned_at is not null as "isReturned"
    from issuance.hand_over h where h.id = ${handOverId}::uuid and h.distributor_id = ${distributorId}::uuid`;
  return row;
}

export async function markReturned(tx: Tx, handOverId: HandOverId, returnedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    update issuance.hand_over set returned_by = ${returnedBy}, returned_at = ${tx.now} where id = ${handOverId}::uuid`;
}
