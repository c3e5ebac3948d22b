// Desks of distributors: a counter, a van, a partner. Never a person.
import type { AgentId, DistributorId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export type Agent = Readonly<{ agentId: AgentId; distributorId: DistributorId; name: string }>;

/** False when the distributor has a desk of that name already. */
export async function insertAgent(tx: Tx, { agentId, distributorId, name }: Agent, createdBy: string): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into issuance.agent (id, distributor_id, name, created_by, created_at)
    values (${agentId}::uuid, ${distributorId}::uuid, ${name}, ${createdBy}, ${tx.now})
    on conflict on constraint agent_once do nothing`;
  return inserted === 1;
}

/** False for a desk of another distributor, which does not exist for this one. */
export async function agentExists(sql: Sql, distributorId: DistributorId, agentId: AgentId): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`
    select 1 from issuance.agent a where a.id = ${agentId}::uuid and a.distributor_id = ${distributorId}::uuid`;
  return rows.length > 0;
}

export async function listAgents(
  sql: Sql, distributorId: DistributorId | null, after: AgentId | null, rowsMax: number,
): Promise<Agent[]> {
  return sql.$queryRaw<Agent[]>`
    select a.id as "agentId", a.distributor_id as "distributorId", a.name from issuance.agent a
    where (${distributorId}::uuid is null or a.distributor_id = ${distributorId}::uuid) and (${after}::uuid is null or a.id > ${after}::uuid)
    order by a.id limit ${rowsMax}::int`;
}
