// What closings left open, and why.
import type { Cents, PayeeId, ProgrammeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import type { WaitReason } from './waiting.decision.js';

export const CARRY_REASONS = ['not_due', 'below_minimum', 'nothing_to_pay'] as const;
export type CarryReason = WaitReason | 'nothing_to_pay';
export type NewCarryOver = Readonly<{
  payeeId: PayeeId; custodyAccountId: string; reason: CarryReason; lines: number; gross: Cents; net: Cents;
  programmeIds: readonly ProgrammeId[];
}>;

/** A closing that goes on after a kill finds what it left open still open. */
export async function insertCarryOvers(tx: Tx, upToSeq: number, carried: readonly NewCarryOver[]): Promise<void> {
  if (carried.length === 0) return;
  const rows = carried.map(({ gross, net, ...row }) => ({ ...row, gross: gross.toString(), net: net.toString() }));
  await tx.sql.$executeRaw`
    insert into settlement.carry_over (payee_id, custody_account_id, up_to_seq, reason, line_count, gross, net, currency, programme_ids, carried_at)
    select t."payeeId", t."custodyAccountId", ${upToSeq}, t.reason, t.lines, t.gross, t.net, 'EUR', t."programmeIds", ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("payeeId" uuid, "custodyAccountId" uuid, reason text, lines int, gross bigint,
      net bigint, "programmeIds" uuid[])
    on conflict do nothing`;
}

type Waiter = Readonly<{ payeeId: PayeeId; custodyAccountId: string }>;
export const waiterKey = ({ payeeId, custodyAccountId }: Waiter): string => `${payeeId} ${custodyAccountId}`;

/** Days from the first closing, since its last statement, that left something of it open; who waits for the first time is not named. */
export async function waitedDays(tx: Tx, upToSeq: number, waiters: readonly Waiter[]): Promise<ReadonlyMap<string, number>> {
  if (waiters.length === 0) return new Map();
  const rows = await tx.sql.$queryRaw<(Waiter & { days: number })[]>`
    select c.payee_id as "payeeId", c.custody_account_id as "custodyAccountId",
      (max(this.opened_at at time zone ${BANK_TIME_ZONE})::date - min(o.opened_at at time zone ${BANK_TIME_ZONE})::date)::int as days
    from jsonb_to_recordset(${JSON.stringify(waiters.map(({ payeeId, custodyAccountId }) => ({ payeeId, custodyAccountId })))}::jsonb)
      as w("payeeId" uuid, "custodyAccountId" uuid)
    join settlement.statement_closing this on this.up_to_seq = ${upToSeq}
    join settlement.carry_over c on c.payee_id = w."payeeId" and c.custody_account_id = w."custodyAccountId" and c.up_to_seq < ${upToSeq}
      and c.up_to_seq > coalesce((select max(s.up_to_seq) from settlement.statement s
        where s.payee_id = w."payeeId" and s.custody_account_id = w."custodyAccountId"), 0)
    join settlement.statement_closing o on o.up_to_seq = c.up_to_seq
    group by 1, 2`;
  return new Map(rows.map(({ days, ...waiter }) => [waiterKey(waiter), days]));
}
