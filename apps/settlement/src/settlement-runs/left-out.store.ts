import { cents, toWire } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { LeftOut } from './create-run.decision.js';
import type { KeptLeftOut } from './preview-run.query.js';
import type { RunId } from './settlement-runs.commands.js';

export async function insertLeftOut(tx: Tx, runId: RunId, leftOut: readonly LeftOut[]): Promise<void> {
  const rows = leftOut.map(({ payeeId, amount, reason }) => ({ payeeId, reason, amount: toWire(amount) }));
  await tx.sql.$executeRaw`
    insert into settlement.run_left_out (run_id, payee_id, reason, amount, currency)
    select ${runId}::uuid, t."payeeId", t.reason, t.amount, 'EUR'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("payeeId" uuid, reason text, amount bigint)`;
}

/** The largest first. */
export async function leftOutOf(sql: Sql, runId: RunId): Promise<KeptLeftOut[]> {
  const rows = await sql.$queryRaw<(Omit<KeptLeftOut, 'amount'> & { amount: bigint })[]>`
    select l.payee_id as "payeeId", p.legal_name as "legalName", l.amount, l.reason
    from settlement.run_left_out l join settlement.payee p on p.id = l.payee_id
    where l.run_id = ${runId}::uuid order by l.amount desc, l.payee_id, l.reason`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}
