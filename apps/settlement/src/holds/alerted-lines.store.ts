// The SQL of lines that wait for an upheld alert.
import { cents } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { DueLine, PayeeAccount } from './hold.store.js';

export type AlertedLine = DueLine & Readonly<{ alertId: string }>;

/** Of what would be in the payees' next statements, as `readMeasuredLines`, each for one alert: `settlement.line_alerts` says which. */
export async function readAlertedLines(tx: Tx, upToSeq: number, payees: readonly PayeeAccount[]): Promise<AlertedLine[]> {
  const wanted = JSON.stringify(payees.map(({ payeeId, custodyAccountId }) => ({ payeeId, custodyAccountId })));
  const rows = await tx.sql.$queryRaw<(Omit<AlertedLine, 'gross'> & { gross: bigint })[]>`
    with wanted as materialized (
      select w."payeeId", w."custodyAccountId", (select max(s.up_to_seq) from settlement.statement s
        where s.payee_id = w."payeeId" and s.custody_account_id = w."custodyAccountId") as from_seq
      from jsonb_to_recordset(${wanted}::jsonb) as w("payeeId" uuid, "custodyAccountId" uuid)
      where exists (select from settlement.payee_site p join settlement.known_alert a on a.place_id = p.place_id where p.payee_id = w."payeeId"))
    select w."payeeId", w."custodyAccountId", l.claim_line_id as "claimLineId", l.redemption_id as "redemptionId", l.batch_id as "batchId", l.gross,
      a.alert_id as "alertId"
    from wanted w cross join lateral settlement.due_lines(w."payeeId", w."custodyAccountId", w.from_seq, ${upToSeq}) l
    cross join lateral settlement.line_alerts(l.claim_line_id, l.redemption_id) a
    where l.incident_id is null
      and not exists (select from settlement.claim_line u where u.redemption_id = l.redemption_id and u.undo_id is not null)
    order by w."payeeId", w."custodyAccountId", l.source_seq`;
  return rows.map(({ gross, ...row }) => ({ ...row, gross: cents(gross) }));
}
