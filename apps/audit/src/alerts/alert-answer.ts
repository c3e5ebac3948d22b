// What the routes show of an alert: to the operator all of it, to a place what concerns it and never who decided.
import { z } from 'zod';
import { idOut, idText } from '#libs/http';
import { idOf } from '#libs/kernel';
import { ALERT_RULES } from '../alert-rules/figures.decision.js';
import { alertText } from './alert-text.js';
import { ALERT_STATES, type AlertFact, type ListedAlert } from './list-alerts.query.js';

const appeal = z.strictObject({
  appealId: idText('alertAppeal'), grounds: z.string(), answerDue: z.string(), outcome: z.enum(['upheld', 'rejected']).nullable(), reasons: z.string().nullable(),
});

export const placeAlert = z.strictObject({
  alertId: idText('alert'), rule: z.enum(ALERT_RULES), textFr: z.string(), textEn: z.string(), windowFrom: z.string(), windowTo: z.string(),
  amountCents: z.int(), currency: z.literal('EUR'), explanation: z.string().nullable(), decidedAt: z.string().nullable(), appeal: appeal.nullable(),
});

export const shownAlert = placeAlert.extend({
  ruleVersion: z.int(), severity: z.int(), state: z.enum(ALERT_STATES), placeId: idText('place').nullable().describe('null: all tills together'),
  placeName: z.string().nullable(), deviceId: idText('device').nullable(), distributorId: idText('distributor').nullable(),
  measured: z.record(z.string(), z.number()).describe('what the rule counted, and its bound'),
  facts: z.int(), firstAt: z.string(), lastAt: z.string(), raisedAt: z.string(), decidedBy: idText('user').nullable(),
});

export const alertFact = z.strictObject({
  eventId: idText('event'), type: z.string(), at: z.string(), logIndex: z.int().describe('its place in the sealed log'), batchId: idText('batch').nullable(),
  voucherIndex: z.int().nullable(), amountCents: z.int().nullable(), undone: z.boolean().nullable(),
});

/** An open alert is worded by what it counts now; a decided one keeps the words of its decision. */
export function showToPlace(alert: ListedAlert): z.output<typeof placeAlert> {
  const { alertId, rule, windowFrom, windowTo, amountCents, explanation, decidedAt } = alert;
  const { fr, en } = alertText({ ...alert, isPlace: alert.placeId !== null });
  return {
    alertId: idOut('alert', alertId), rule, textFr: alert.textFr ?? fr, textEn: alert.textEn ?? en, windowFrom, windowTo, amountCents, currency: 'EUR',
    explanation, decidedAt: decidedAt?.toISOString() ?? null,
    appeal: alert.appealId && {
      appealId: idOut('alertAppeal', alert.appealId), grounds: alert.grounds!, answerDue: alert.answerDue!, outcome: alert.appealOutcome, reasons: alert.reasons,
    },
  };
}

export function show(alert: ListedAlert): z.output<typeof shownAlert> {
  const { ruleVersion, severity, state, placeId, placeName, deviceId, distributorId, measured, factCount } = alert;
  const { firstAt, lastAt, raisedAt, decidedBy } = alert;
  return {
    ...showToPlace(alert), ruleVersion, severity, state, placeId: placeId && idOut('place', placeId), placeName,
    deviceId: deviceId && idOut('device', idOf('device', deviceId)),
    distributorId: distributorId && idOut('distributor', idOf('distributor', distributorId)), measured, facts: factCount,
    firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString(), raisedAt: raisedAt.toISOString(),
    decidedBy: decidedBy && idOut('user', idOf('user', decidedBy)),
  };
}

export const showFact = ({ eventId, at, batchId, ...fact }: AlertFact): z.output<typeof alertFact> => ({
  ...fact, eventId: idOut('event', idOf('event', eventId)), at: at.toISOString(), batchId: batchId && idOut('batch', idOf('batch', batchId)),
});
