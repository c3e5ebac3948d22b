import type { AlertId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { AlertRule } from '../alert-rules/figures.decision.js';
import type { AlertText } from './alert-text.js';
import type { AlertOutcome, DecidableAlert } from './decide-alert.decision.js';

export type LockedAlert = DecidableAlert & Readonly<{
  placeId: string | null; rule: AlertRule; ruleVersion: number; windowFrom: string; windowTo: string;
  measured: Readonly<Record<string, number>>;
}>;

/** Nobody else decides it, and the watch does not let it grow, until this transaction ends. */
export async function lockAlert(tx: Tx, alertId: AlertId): Promise<LockedAlert | undefined> {
  await tx.sql.$executeRaw`select from audit.alert where id = ${alertId}::uuid for update`;
  const [row] = await tx.sql.$queryRaw<LockedAlert[]>`
    select a.place_id as "placeId", a.rule, a.rule_version as "ruleVersion", a.window_from::text as "windowFrom", a.window_to::text as "windowTo",
      a.measured, exists (select from audit.alert_decision d where d.alert_id = a.id) as decided,
      array(select r.redemption_id::text from audit.alert_fact f join audit.watched_redemption r on r.redemption_id = f.event_id
        where f.alert_id = a.id and not r.undone order by r.at, r.redemption_id) as "redemptionIds",
      array(select distinct e.actor ->> 'id' from audit.event e
        where e.type = 'payee.bank_changed.v1' and e.body -> 'places' ? a.place_id::text) as "accountPeople"
    from audit.alert a where a.id = ${alertId}::uuid`;
  return row;
}

type NewDecision = Readonly<{ alertId: AlertId; outcome: AlertOutcome; explanation: string; text: AlertText; eventId: string | null }>;

export async function insertDecision(tx: Tx, { alertId, outcome, explanation, text, eventId }: NewDecision): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.alert_decision (alert_id, outcome, explanation, text_fr, text_en, decided_by, decided_at, event_id)
    values (${alertId}::uuid, ${outcome}, ${explanation}, ${text.fr}, ${text.en}, ${tx.origin.actor.id}, ${tx.now}, ${eventId}::uuid)`;
}
