// Deliveries and what became of their parts: shipped by the operator, transferred between stocks, returned to the operator.
// Whoever writes here holds the batch's stock lock.
import type { AgentId, BatchId, DeliveryId, DeliveryOutcomeId, DistributorId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Range } from './voucher-range.decision.js';

export const OUTCOMES = ['received', 'lost', 'returned'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type DeliveryKind = 'shipping' | 'transfer' | 'return';
export type Delivery = Readonly<{
  deliveryId: DeliveryId; batchId: BatchId; range: Range; kind: DeliveryKind;
  /** Where it goes; of a return, where it comes from. An agent is a desk of that distributor. */
  distributorId: DistributorId; agentId: AgentId | null;
  /** Null where the operator sent it. */
  fromDistributorId: DistributorId | null; fromAgentId: AgentId | null;
}>;

export async function insertDelivery(
  tx: Tx, delivery: Delivery, batchCount: number, shippedBy: string,
): Promise<void> {
  const { deliveryId, batchId, distributorId, agentId, fromDistributorId, fromAgentId, kind, range } = delivery;
  await tx.sql.$executeRaw`
    insert into issuance.delivery (id, batch_id, batch_count, kind, distributor_id, agent_id, from_distributor_id, from_agent_id, first, last,
      shipped_by, shipped_at)
    values (${deliveryId}::uuid, ${batchId}::uuid, ${batchCount}, ${kind}, ${distributorId}::uuid, ${agentId}::uuid, ${fromDistributorId}::uuid,
      ${fromAgentId}::uuid, ${range.first}, ${range.last}, ${shippedBy}, ${tx.now})`;
}

/**
 * What somebody may confirm; else as unknown as one that does not exist. Who receives confirms the receipt, and the operator
 * any; who sent gives up what was lost.
 */
export async function readDelivery(
  sql: Sql, deliveryId: DeliveryId, { distributorId, as }: Readonly<{ distributorId: DistributorId | null; as: 'receiver' | 'sender' }>,
): Promise<Delivery | undefined> {
  const [row] = await sql.$queryRaw<(Omit<Delivery, 'range'> & Range)[]>`
    select d.id as "deliveryId", d.batch_id as "batchId", d.kind, d.distributor_id as "distributorId", d.agent_id as "agentId",
      d.from_distributor_id as "fromDistributorId", d.from_agent_id as "fromAgentId", d.first, d.last
    from issuance.delivery d
    where d.id = ${deliveryId}::uuid and (${distributorId}::uuid is null or case ${as}
      when 'receiver' then d.distributor_id = ${distributorId}::uuid and d.kind <> 'return'
      else d.from_distributor_id = ${distributorId}::uuid end)`;
  if (!row) return undefined;
  const { first, last, ...rest } = row;
  return { ...rest, range: { first, last } };
}

/** The parts of a delivery that have an outcome, in order. */
export async function settledParts(sql: Sql, deliveryId: DeliveryId): Promise<Range[]> {
  return sql.$queryRaw<Range[]>`
    select o.first, o.last from issuance.delivery_outcome o where o.delivery_id = ${deliveryId}::uuid order by o.first`;
}

export type NewOutcome = Range & Readonly<{ deliveryOutcomeId: DeliveryOutcomeId }>;

export async function insertOutcomes(
  tx: Tx, { deliveryId, batchId, distributorId, range }: Delivery, outcome: Outcome, parts: readonly NewOutcome[], notedBy: string,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.delivery_outcome (id, delivery_id, batch_id, distributor_id, delivery_first, delivery_last, outcome,
      first, last, noted_by, noted_at)
    select p.id, ${deliveryId}::uuid, ${batchId}::uuid, ${distributorId}::uuid, ${range.first}::int, ${range.last}::int, ${outcome},
      p.first, p.last, ${notedBy}, ${tx.now}
    from unnest(${parts.map(({ deliveryOutcomeId }) => deliveryOutcomeId)}::uuid[], ${parts.map(({ first }) => first)}::int[],
      ${parts.map(({ last }) => last)}::int[]) as p(id, first, last)`;
}
