// What people make of an alert: who may, what settlement is told, what the place reads, and how it is contested.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AlertUpheldV1, PayeeBankChangedV1, RedemptionUndoneV1, TillAlarmRaisedV1, VoucherRedeemedV1, type BodyOf, type Contract } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { AUDITOR, AuditWorld, OPERATOR, person, type Said } from '../../../../test/builders/audit-world.js';

jest.setTimeout(60_000);

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'audit');
  expect((await inspect(world.database.urlFor('audit'), local)).broken).toEqual([]);
  await world.close();
});

const COLLEAGUE = person({});
const tillOf = (placeId: string) => person({ organisationKind: 'place', roles: ['till'], partyId: placeId });
const TEN = Date.parse('2026-03-10T09:00:00Z');

/** A rush of 21 vouchers, `minutes` after ten; returns the redemptions. */
async function rush(placeId: string, minutes = 0): Promise<string[]> {
  const said = Array.from({ length: 21 }, (_, at): Said => {
    const id = world.newId();
    return {
      type: VoucherRedeemedV1.type, id,
      body: {
        ...VoucherRedeemedV1.sample, redemptionId: id, placeId, voucherIndex: at * 100,
        redeemedAt: new Date(TEN + (minutes + at * 0.4) * 60_000).toISOString(),
      },
    };
  });
  const ids = await world.take('redemption', said);
  await world.watch();
  return ids;
}
const alertsOf = async (placeId: string, state = 'open') =>
  (await world.get(`alerts?placeId=plc_${placeId}&state=${state}`)).body['items'] as { alertId: string; facts: number; textFr: string; textEn: string; decidedBy: string }[];
const alertOf = async (placeId: string): Promise<string> => (await alertsOf(placeId))[0]!.alertId;
const say = (path: string, body: object, as = OPERATOR) => world.post(path, as, randomUUID(), body);
const uphold = (alertId: string, as = OPERATOR) => say(`alerts/${alertId}/upholding`, { explanation: 'nobody was there' }, as);
async function emitted<C extends Contract>({ type }: C, alertId: string): Promise<BodyOf<C>[]> {
  const { rows } = await world.admin.query<{ m: { type: string; body: BodyOf<C> & { alertId: string } } }>(
    'select m from audit.outbox, jsonb_array_elements(messages) m order by m ->> \'id\'');
  return rows.map(({ m }) => m).filter((m) => m.type === type && m.body.alertId === alertId.slice(4)).map(({ body }) => body);
}

describe('an alert', () => {
  it('is dismissed with a reason, and what somebody judged does not light again; what comes after does, if it is enough by itself', async () => {
    const placeId = world.newId();
    await rush(placeId);
    const alertId = await alertOf(placeId);
    expect(await say(`alerts/${alertId}/dismissal`, { explanation: 'a fair, we were there' })).toMatchObject({ status: 201, body: { outcome: 'dismissed', lines: 0 } });
    expect((await say(`alerts/${alertId}/dismissal`, { explanation: 'again' })).body.code).toBe('alert_decided');
    expect((await uphold(alertId)).body.code).toBe('alert_decided');
    await world.take('redemption', [{ type: VoucherRedeemedV1.type, body: { ...VoucherRedeemedV1.sample, redemptionId: world.newId(), placeId, redeemedAt: '2026-03-10T09:09:00.000Z' } }]);
    await world.watch();
    expect(await alertsOf(placeId)).toEqual([]);
    await rush(placeId, 30);
    expect(await alertsOf(placeId)).toMatchObject([{ facts: 21 }]);
    expect(await emitted(AlertUpheldV1, alertId)).toEqual([]);
    expect((await world.get('place-alerts', tillOf(placeId))).body['items']).toEqual([]);
  });

  it('is upheld: settlement is told of the lines that still stand, the place reads why and not who', async () => {
    const placeId = world.newId();
    const ids = await rush(placeId);
    const alertId = await alertOf(placeId);
    await world.take('redemption', [{ type: RedemptionUndoneV1.type, body: { ...RedemptionUndoneV1.sample, redemptionId: ids[0]!, placeId } }]);
    await world.watch();
    expect(await uphold(alertId)).toMatchObject({ status: 201, body: { outcome: 'upheld', lines: 20 } });
    const [listed] = await alertsOf(placeId, 'upheld');
    const [told] = await emitted(AlertUpheldV1, alertId);
    expect({ ...told, redemptionIds: [...told!.redemptionIds].sort() }).toEqual({
      alertId: alertId.slice(4), placeId, rule: 'place_velocity', ruleVersion: 1, textFr: listed!.textFr, textEn: listed!.textEn, redemptionIds: ids.slice(1).sort(),
    });
    expect(listed!.decidedBy).toBe(`usr_${OPERATOR.userId}`);
    const items = (await world.get('place-alerts', tillOf(placeId))).body['items'] as object[];
    expect(items).toMatchObject([{ alertId, explanation: 'nobody was there', textFr: listed!.textFr, appeal: null }]);
    expect(JSON.stringify(items)).not.toContain(OPERATOR.userId);
    expect((await world.get('place-alerts', tillOf(world.newId()))).body['items']).toEqual([]);
  });

  it('is decided by nobody who stands behind the account of its place, by no auditor, and not where there is nothing to hold', async () => {
    const placeId = world.newId();
    await rush(placeId);
    const alertId = await alertOf(placeId);
    const body = { ...PayeeBankChangedV1.sample, places: [world.newId(), placeId] };
    await world.take('settlement', [{ type: PayeeBankChangedV1.type, body, by: COLLEAGUE.userId }]);
    expect((await uphold(alertId, COLLEAGUE)).body.code).toBe('decider_behind_account');
    expect((await say(`alerts/${alertId}/dismissal`, { explanation: 'x' }, COLLEAGUE)).body.code).toBe('decider_behind_account');
    expect((await uphold(alertId, AUDITOR)).status).toBe(403);
    expect((await uphold(alertId)).status).toBe(201);
    await world.take('redemption', [{ type: TillAlarmRaisedV1.type, body: { ...TillAlarmRaisedV1.sample, alarmId: world.newId(), placeId } }]);
    await world.watch();
    expect((await uphold(await alertOf(placeId))).body.code).toBe('alert_without_lines');
    expect((await uphold(`alr_${world.newId()}`)).body.code).toBe('alert_not_found');
    expect((await world.get(`alerts/alr_${world.newId()}`)).body.code).toBe('alert_not_found');
  });

  it('is decided once by two who decide at the same moment, and does not grow afterwards', async () => {
    const placeId = world.newId();
    await rush(placeId);
    const alertId = await alertOf(placeId);
    const codes = (await Promise.all([uphold(alertId), uphold(alertId, COLLEAGUE)])).map(({ status }) => status).sort();
    expect(codes).toEqual([201, 409]);
    const service = (sql: string) => world.work.client.$executeRawUnsafe(sql);
    await expect(service(`insert into audit.alert_fact select '${alertId.slice(4)}', event_id from audit.alert_fact where alert_id <> '${alertId.slice(4)}' limit 1`))
      .rejects.toThrow('nothing joins it');
    await expect(service(`update audit.alert set amount = 1 where id = '${alertId.slice(4)}'`)).rejects.toThrow('nothing joins it');
  });
});

describe('an appeal', () => {
  const appeal = (alertId: string, placeId: string) => say(`alerts/${alertId}/appeals`, { grounds: 'it was a fair' }, tillOf(placeId));
  const answer = (appealId: unknown, outcome: string, as = OPERATOR) => say(`alert-appeals/${String(appealId)}/answers`, { outcome, reasons: 'we asked around' }, as);

  it('is stated once by the place itself, answered by another person, and both are told to settlement', async () => {
    const placeId = world.newId();
    await rush(placeId);
    const alertId = await alertOf(placeId);
    expect((await appeal(alertId, placeId)).body.code).toBe('alert_not_found');
    await uphold(alertId);
    expect((await appeal(alertId, world.newId())).body.code).toBe('alert_not_found');
    const stated = await appeal(alertId, placeId);
    expect(stated).toMatchObject({ status: 201, body: { answerDue: '2026-04-01' } });
    expect((await appeal(alertId, placeId)).body.code).toBe('alert_appeal_stated');
    const { appealId } = stated.body;
    expect((await answer(appealId, 'upheld')).body.code).toBe('alert_answerer_decided');
    await expect(world.work.client.$executeRawUnsafe(`insert into audit.alert_appeal_answer values ('${String(appealId).slice(4)}', 'upheld', 'x', '${OPERATOR.userId}', now())`))
      .rejects.toThrow('cannot be answered by who upheld');
    expect(await answer(appealId, 'upheld', COLLEAGUE)).toMatchObject({ status: 201, body: { outcome: 'upheld' } });
    expect((await answer(appealId, 'rejected', COLLEAGUE)).body.code).toBe('alert_appeal_answered');
    expect((await answer(`ala_${world.newId()}`, 'upheld')).body.code).toBe('alert_appeal_not_found');
    const of = { appealId: String(appealId).slice(4), alertId: alertId.slice(4), placeId };
    const told = (await world.admin.query<{ m: { type: string; body: { alertId: string } } }>('select m from audit.outbox, jsonb_array_elements(messages) m')).rows
      .map(({ m }) => m).filter(({ body }) => body.alertId === of.alertId).map(({ type, body }) => [type, body]);
    expect(told).toContainEqual(['alert.appeal_stated.v1', { ...of, answerDue: '2026-04-01' }]);
    expect(told).toContainEqual(['alert.appeal_answered.v1', { ...of, outcome: 'upheld' }]);
    const [seen] = (await world.get('place-alerts', tillOf(placeId))).body['items'] as { appeal: object }[];
    expect(seen!.appeal).toEqual({ appealId, grounds: 'it was a fair', answerDue: '2026-04-01', outcome: 'upheld', reasons: 'we asked around' });
  });

  it('is too late on the 61st day', async () => {
    const placeId = world.newId();
    await rush(placeId);
    const alertId = await alertOf(placeId);
    await uphold(alertId);
    await world.tamper(`update audit.alert_decision set decided_at = decided_at - interval '61 days' where alert_id = '${alertId.slice(4)}'`);
    expect((await appeal(alertId, placeId)).body).toMatchObject({ code: 'alert_appeal_too_late', details: { lastDay: '2026-03-01' } });
  });
});

describe('without a code entered just now', () => {
  const stale = person({ secondFactorTime: Math.floor(Date.now() / 1_000) - 3_600 });

  it.each([
    ['alerts/ID/dismissal', { explanation: 'x' }], ['alerts/ID/upholding', { explanation: 'x' }], ['alert-appeals/APPEAL/answers', { outcome: 'upheld', reasons: 'x' }],
    ['alert-rules/1/confirmation', {}],
  ])('nobody decides by %s', async (path, body) => {
    const to = path.replace('ID', `alr_${world.newId()}`).replace('APPEAL', `ala_${world.newId()}`);
    expect((await say(to, body, stale)).body.code).toBe('second_factor_stale');
    expect((await say(to, body)).body.code).not.toBe('second_factor_stale');
  });
});

describe('the figures of the rules', () => {
  it('count from a day to come, once another person has confirmed them, and judge no day before it', async () => {
    type Set = Readonly<{ version: number; figures: Record<string, number>; confirmedBy: string | null }>;
    const sets = async () => (await world.get('alert-rules')).body['items'] as unknown as Set[];
    const [first] = await sets();
    expect(first).toMatchObject({ version: 1, figures: { placeAttendancesMax: 20 } });
    const strict = { effectiveFrom: '2026-03-11', figures: { ...first!.figures, placeAttendancesMax: 5 }, reason: 'a series of thefts' };
    expect((await say('alert-rules', { ...strict, effectiveFrom: '2026-03-02' })).body.code).toBe('alert_rules_day_past');
    expect((await say('alert-rules', { ...strict, figures: { ...strict.figures, nightToMinute: 9_999 } })).status).toBe(400);
    expect(await say('alert-rules', strict)).toMatchObject({ status: 201, body: { version: 2 } });
    const confirm = (version: number, as = COLLEAGUE) => say(`alert-rules/${version}/confirmation`, {}, as);
    expect((await confirm(2, OPERATOR)).body.code).toBe('alert_rules_confirmer');
    expect((await confirm(9)).body.code).toBe('alert_rules_not_found');
    await expect(world.work.client.$executeRawUnsafe(`insert into audit.alert_rule_confirmation values (2, '${OPERATOR.userId}', now())`))
      .rejects.toThrow('cannot be confirmed by who proposed');

    const six = (placeId: string, day: string) => world.take('redemption', Array.from({ length: 6 }, (_, at): Said => {
      const id = world.newId();
      return { type: VoucherRedeemedV1.type, id, body: { ...VoucherRedeemedV1.sample, redemptionId: id, placeId, voucherIndex: at * 100, redeemedAt: `${day}T09:0${at}:00.000Z` } };
    }));
    const [early, before, late] = [world.newId(), world.newId(), world.newId()];
    await six(early, '2026-03-12');
    await world.watch();
    expect((await confirm(2)).status).toBe(201);
    expect((await confirm(2)).body.code).toBe('alert_rules_confirmed');
    await six(before, '2026-03-10');
    await six(late, '2026-03-12');
    await world.watch();
    expect([(await alertsOf(early)).length, (await alertsOf(before)).length, (await alertsOf(late)).length]).toEqual([0, 0, 1]);
  });
});
