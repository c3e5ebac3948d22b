import type { AlertAppealId, AlertId, LocalDate } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { AnswerableAppeal, ContestedAlert } from './alert-appeal.decision.js';
import type { AskedAppeal, GivenAnswer } from './alert-appeal.commands.js';

/** Two who appeal at once, and two who answer, take turns. */
export async function lockContested(tx: Tx, alertId: AlertId): Promise<ContestedAlert | undefined> {
  await tx.sql.$executeRaw`select from audit.alert where id = ${alertId}::uuid for update`;
  const [row] = await tx.sql.$queryRaw<ContestedAlert[]>`
    select a.place_id as "placeId", d.decided_at as "upheldAt", exists (select from audit.alert_appeal p where p.alert_id = a.id) as appealed
    from audit.alert a left join audit.alert_decision d on d.alert_id = a.id and d.outcome = 'upheld' where a.id = ${alertId}::uuid`;
  return row;
}

export async function insertAppeal(
  tx: Tx, { appealId, alertId, placeId, grounds, answerDue }: AskedAppeal & Readonly<{ appealId: AlertAppealId; answerDue: LocalDate }>,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.alert_appeal (id, alert_id, place_id, grounds, stated_by, stated_at, answer_due)
    values (${appealId}::uuid, ${alertId}::uuid, ${placeId}::uuid, ${grounds}, ${tx.origin.actor.id}, ${tx.now}, ${answerDue}::date)`;
}

export async function lockAppeal(tx: Tx, appealId: AlertAppealId): Promise<AnswerableAppeal | undefined> {
  await tx.sql.$executeRaw`
    select from audit.alert a join audit.alert_appeal p on p.alert_id = a.id where p.id = ${appealId}::uuid for update of a`;
  const [row] = await tx.sql.$queryRaw<AnswerableAppeal[]>`
    select p.alert_id as "alertId", p.place_id as "placeId", d.decided_by as "decidedBy",
      exists (select from audit.alert_appeal_answer n where n.appeal_id = p.id) as answered,
      array(select distinct e.actor ->> 'id' from audit.event e
        where e.type = 'payee.bank_changed.v1' and e.body -> 'places' ? p.place_id::text) as "accountPeople"
    from audit.alert_appeal p join audit.alert_decision d on d.alert_id = p.alert_id where p.id = ${appealId}::uuid`;
  return row;
}

export async function insertAnswer(tx: Tx, { appealId, outcome, reasons }: GivenAnswer): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.alert_appeal_answer (appeal_id, outcome, reasons, answered_by, answered_at)
    values (${appealId}::uuid, ${outcome}, ${reasons}, ${tx.origin.actor.id}, ${tx.now})`;
}
