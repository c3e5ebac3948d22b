import { cents, type Cents, type ClaimLineId, type HoldId, type LocalDate, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { Hold, HoldOutcome, HoldReason } from './hold.decision.js';

export type PayeeAccount = Readonly<{ payeeId: PayeeId; custodyAccountId: string }>;
/** `fromSeq`: where the payee's last statement ended. */
export type OpenAccount = PayeeAccount & Readonly<{ fromSeq: number | null }>;
export type HeldLine = Readonly<{ claimLineId: ClaimLineId; redemptionId: string; batchId: string; gross: Cents }>;
export type DueLine = PayeeAccount & HeldLine;
type InCents<Row> = Omit<Row, 'gross'> & { gross: bigint };

/**
 * What would be in the payees' next statements, in the order of payees: two holders lock balances in one order. Without
 * what was undone, and without incidents: a line and the one that takes it back owe nothing, and what a place owes cannot be held;
 * they join the next statement as they are.
 * No subselect among the arguments: the function would not be inlined.
 */
export async function readDueLines(tx: Tx, upToSeq: number, payees: readonly OpenAccount[]): Promise<DueLine[]> {
  const wanted = JSON.stringify(payees.map(({ payeeId, custodyAccountId, fromSeq }) => ({ payeeId, custodyAccountId, fromSeq })));
  const rows = await tx.sql.$queryRaw<InCents<DueLine>[]>`
    select w."payeeId", w."custodyAccountId", l.claim_line_id as "claimLineId", l.redemption_id as "redemptionId", l.batch_id as "batchId", l.gross
    from jsonb_to_recordset(${wanted}::jsonb) as w("payeeId" uuid, "custodyAccountId" uuid, "fromSeq" bigint)
    cross join lateral settlement.due_lines(w."payeeId", w."custodyAccountId", w."fromSeq", ${upToSeq}) l
    where l.incident_id is null
      and not exists (select from settlement.claim_line u where u.redemption_id = l.redemption_id and u.undo_id is not null)
    order by w."payeeId", w."custodyAccountId", l.source_seq`;
  return rows.map(({ gross, ...row }) => ({ ...row, gross: cents(gross) }));
}

export type MeasuredLine = DueLine & Readonly<{ measureId: string; measureKind: 'suspension' | 'withdrawal' }>;
type Measured = Readonly<{ upToSeq: number; payees: readonly PayeeAccount[]; today: LocalDate }>;

/** Those of the same lines that wait for a measure against their place, each for one: `settlement.line_measures` says which. */
export async function readMeasuredLines(tx: Tx, { upToSeq, payees, today }: Measured): Promise<MeasuredLine[]> {
  const wanted = JSON.stringify(payees.map(({ payeeId, custodyAccountId }) => ({ payeeId, custodyAccountId })));
  const rows = await tx.sql.$queryRaw<InCents<MeasuredLine>[]>`
    with wanted as materialized (
      select w."payeeId", w."custodyAccountId", (select max(s.up_to_seq) from settlement.statement s
        where s.payee_id = w."payeeId" and s.custody_account_id = w."custodyAccountId") as from_seq
      from jsonb_to_recordset(${wanted}::jsonb) as w("payeeId" uuid, "custodyAccountId" uuid)
      where exists (select from settlement.payee_site p join settlement.known_measure m on m.place_id = p.place_id where p.payee_id = w."payeeId"))
    select w."payeeId", w."custodyAccountId", l.claim_line_id as "claimLineId", l.redemption_id as "redemptionId", l.batch_id as "batchId", l.gross,
      m.measure_id as "measureId", m.kind as "measureKind"
    from wanted w cross join lateral settlement.due_lines(w."payeeId", w."custodyAccountId", w.from_seq, ${upToSeq}) l
    cross join lateral settlement.line_measures(l.claim_line_id, l.place_id, l.programme_id, ${today}::date) m
    where l.incident_id is null
      and not exists (select from settlement.claim_line u where u.redemption_id = l.redemption_id and u.undo_id is not null)
    order by w."payeeId", w."custodyAccountId", l.source_seq`;
  return rows.map(({ gross, ...row }) => ({ ...row, gross: cents(gross) }));
}

/** `measureId`, `alertId`: the suspension or withdrawal, or the upheld alert, that it is for. */
export type NewHold = PayeeAccount & Readonly<{
  holdId: HoldId; reason: HoldReason; measureId: string | null; alertId: string | null; gross: Cents; lines: readonly HeldLine[];
}>;
type NewHolds = Readonly<{
  upToSeq: number; holds: readonly NewHold[];
  held: readonly Readonly<{ holdId: HoldId; claimLineId: ClaimLineId; eventId: string }>[];
}>;

/** All lines by one statement, against which the database compares the sum of each hold. */
export async function insertHolds(tx: Tx, { upToSeq, holds, held }: NewHolds): Promise<void> {
  const rows = holds.map(({ lines, gross, ...hold }) => ({ ...hold, lineCount: lines.length, gross: gross.toString() }));
  await tx.sql.$executeRaw`
    insert into settlement.hold (id, payee_id, custody_account_id, up_to_seq, reason, measure_id, alert_id, line_count, gross, currency, held_at)
    select t."holdId", t."payeeId", t."custodyAccountId", ${upToSeq}, t.reason, t."measureId", t."alertId", t."lineCount", t.gross, 'EUR', ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("holdId" uuid, "payeeId" uuid, "custodyAccountId" uuid, reason text,
      "measureId" uuid, "alertId" uuid, "lineCount" int, gross bigint)`;
  await tx.sql.$executeRaw`
    insert into settlement.held_line (claim_line_id, up_to_seq, hold_id, event_id)
    select t."claimLineId", ${upToSeq}, t."holdId", t."eventId"
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as t("claimLineId" uuid, "holdId" uuid, "eventId" uuid)`;
}

export type StoredHold = Hold & Readonly<{ holdId: HoldId; reason: HoldReason }>;

export async function readHold(tx: Tx, holdId: HoldId): Promise<StoredHold | undefined> {
  const [row] = await tx.sql.$queryRaw<StoredHold[]>`
    select h.id as "holdId", h.payee_id as "payeeId", h.custody_account_id as "custodyAccountId", h.reason, d.outcome,
      (select jsonb_build_object('upheldBy', a.upheld_by, 'appeal', settlement.alert_appeal(a.alert_id))
        from settlement.known_alert a where a.alert_id = h.alert_id) as alert
    from settlement.hold h left join settlement.hold_decision d on d.hold_id = h.id where h.id = ${holdId}::uuid`;
  return row;
}

/** Who entered the newest version of the payee's bank account, and of its Stripe account, whatever became of it. */
export async function lastMakersOf(tx: Tx, payeeId: PayeeId): Promise<string[]> {
  const rows = await tx.sql.$queryRaw<{ maker: string }[]>`select maker from settlement.last_makers(${payeeId}::uuid) as maker`;
  return rows.map(({ maker }) => maker);
}

export async function linesOfHold(tx: Tx, holdId: HoldId): Promise<HeldLine[]> {
  const rows = await tx.sql.$queryRaw<InCents<HeldLine>[]>`
    select c.id as "claimLineId", c.redemption_id as "redemptionId", c.batch_id as "batchId", c.gross
    from settlement.held_line l join settlement.claim_line c on c.id = l.claim_line_id
    where l.hold_id = ${holdId}::uuid order by c.source_seq`;
  return rows.map(({ gross, ...row }) => ({ ...row, gross: cents(gross) }));
}

export type NewDecision = Readonly<{ holdId: HoldId; outcome: HoldOutcome; reason: string | null; note: string }>;

/** Answers the number by which released lines count: the first after everything that is closed, or closing. */
export async function insertDecision(tx: Tx, { holdId, outcome, reason, note }: NewDecision): Promise<number | null> {
  const [row] = await tx.sql.$queryRaw<{ dueSeq: bigint | null }[]>`
    insert into settlement.hold_decision (hold_id, outcome, due_seq, reason, note, decided_by, decided_at)
    select ${holdId}::uuid, ${outcome}, case when ${outcome} = 'released' then max(up_to_seq) + 1 end, ${reason}, ${note}, ${personOf(tx)}, ${tx.now}
    from settlement.statement_closing
    returning due_seq as "dueSeq"`;
  return row!.dueSeq === null ? null : Number(row!.dueSeq);
}
