import type { LocalDate, StatementId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { ClearableStatement } from './clear-statement.decision.js';

/** Two people who clear at once write the same rows, and the second finds them there. */
export async function readClearable(tx: Tx, statementId: StatementId, today: LocalDate): Promise<ClearableStatement | undefined> {
  const [row] = await tx.sql.$queryRaw<ClearableStatement[]>`
    select array(select m.measure_id::text from settlement.statement_measures(s.id, s.payee_id, ${today}::date) m
        join settlement.known_measure k on k.measure_id = m.measure_id order by 1) as "measureIds",
      (select coalesce(jsonb_agg(jsonb_build_object('alertId', a.alert_id, 'upheldBy', a.upheld_by) order by a.alert_id), '[]')
        from settlement.statement_measures(s.id, s.payee_id, ${today}::date) m join settlement.known_alert a on a.alert_id = m.measure_id) as alerts,
      array(select settlement.last_makers(s.payee_id)) as "lastMakers"
    from settlement.statement s where s.id = ${statementId}::uuid and s.net > 0`;
  return row;
}

type NewClearance = Readonly<{ statementId: StatementId; clearedFor: readonly string[]; note: string }>;

export async function insertClearances(tx: Tx, { statementId, clearedFor, note }: NewClearance): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.statement_clearance (statement_id, measure_id, note, cleared_by, cleared_at)
    select ${statementId}::uuid, m.id, ${note}, ${personOf(tx)}, ${tx.now} from unnest(${[...clearedFor]}::uuid[]) as m(id)
    on conflict (statement_id, measure_id) do nothing`;
}
