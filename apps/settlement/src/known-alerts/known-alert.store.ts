import type { Tx } from '#libs/persistence';
import type { KeepAlert, KeepAlertAnswer, KeepAlertAppeal } from './keep-alert.commands.js';

export async function keepAlert(tx: Tx, { alertId, placeId, rule, textFr, textEn, redemptionIds }: KeepAlert['told'], upheldBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_alert (alert_id, place_id, rule, text_fr, text_en, upheld_by, kept_at)
    values (${alertId}::uuid, ${placeId}::uuid, ${rule}, ${textFr}, ${textEn}, ${upheldBy}, ${tx.now})`;
  await tx.sql.$executeRaw`
    insert into settlement.known_alert_line (alert_id, redemption_id)
    select ${alertId}::uuid, r from unnest(${redemptionIds}::uuid[]) r`;
}

export async function keepAlertAppeal(tx: Tx, { appealId, alertId, answerDue }: KeepAlertAppeal['told']): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_alert_appeal (appeal_id, alert_id, answer_due) values (${appealId}::uuid, ${alertId}::uuid, ${answerDue}::date)`;
}

export async function keepAlertAnswer(tx: Tx, { appealId, alertId, outcome }: KeepAlertAnswer['told']): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.known_alert_answer (appeal_id, alert_id, outcome) values (${appealId}::uuid, ${alertId}::uuid, ${outcome})`;
}
