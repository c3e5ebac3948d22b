import type { StatementId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { KnownStatement, Signed, ToldProof } from './fault-of-proof.js';

export async function statementsByIds(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, KnownStatement>> {
  const rows = await sql.$queryRaw<{ id: string; sha256: string }[]>`select id, sha256 from settlement.statement where id = any(${ids}::uuid[])`;
  return new Map(rows.map(({ id, ...statement }) => [id, statement]));
}

/** The first checkpoint that has a statement is kept; another proof of it says nothing new. */
export async function insertProofs(
  tx: Tx, { size, root }: Signed, proofs: readonly (ToldProof & Readonly<{ eventId: string }>)[],
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.statement_proof (statement_id, event_id, size, root, log_index, leaf, path, kept_at)
    select t."statementId", t."eventId", ${size}::bigint, ${root}, t.index, t.leaf, t.path, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(proofs)}::jsonb) as t("statementId" uuid, "eventId" uuid, index bigint, leaf text, path text[])
    on conflict (statement_id) do nothing`;
}

export type StatementProof = Readonly<{
  eventId: string; size: number; root: string; index: number; leaf: string; path: readonly string[] }>;

export async function proofOfStatement(sql: Sql, statementId: StatementId): Promise<StatementProof | null> {
  const [row] = await sql.$queryRaw<(Omit<StatementProof, 'size' | 'index'> & { size: bigint; index: bigint })[]>`
    select event_id as "eventId", size, root, log_index as index, leaf, path from settlement.statement_proof where statement_id = ${statementId}::uuid`;
  return row ? { ...row, size: Number(row.size), index: Number(row.index) } : null;
}
