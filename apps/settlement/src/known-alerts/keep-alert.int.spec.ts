// An alert was upheld: what it names waits for another person, line by line or statement by statement; an appeal keeps it from being
// rejected, and ends it when it is upheld. None of it is lost, and nothing beside it waits.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AlertAppealAnsweredV1, AlertAppealStatedV1, AlertUpheldV1, ClaimLineHeldV1, PlaceSuspendedV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { BERT, CLEO, plain, SettlementWorld, shown, tillOf, ZOE, type Answer, type Place } from '../../../../test/builders/settlement-world.js';

jest.setTimeout(60_000);

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'settlement');
  expect((await inspect(world.database.urlFor('settlement'), local)).broken).toEqual([]);
  await world.close();
});

type Owed = Place & Readonly<{ payeeId: string }>;
type Hold = Readonly<{
  holdId: string; reason: string; alertId: string | null; alertTextFr: string | null; alertTextEn: string | null; appeal: string | null;
  lines: number; grossCents: number;
}>;
const TEXT = { textFr: 'Le 10/03/2026 : 24 personnes.', textEn: 'On 2026-03-10: 24 people.' };

const redemptionsOf = async ({ placeId }: Place): Promise<string[]> =>
  (await world.rows<{ id: string }>('select redemption_id as id from settlement.claim_line where place_id = $1 order by source_seq', [placeId])).map(({ id }) => id);
async function alert(place: Place, redemptionIds: readonly string[], by = CLEO): Promise<string> {
  const alertId = world.newId();
  await world.take(AlertUpheldV1, {
    alertId, placeId: place.placeId, rule: 'place_velocity', ruleVersion: 1, ...TEXT, redemptionIds: [...redemptionIds],
  }, { by: by.userId });
  return alertId;
}
async function appeal(place: Place, alertId: string): Promise<string> {
  const appealId = world.newId();
  await world.take(AlertAppealStatedV1, { appealId, alertId, placeId: place.placeId, answerDue: '2026-05-02' });
  return appealId;
}
const answer = (place: Place, alertId: string, appealId: string, outcome: 'upheld' | 'rejected') =>
  world.take(AlertAppealAnsweredV1, { appealId, alertId, placeId: place.placeId, outcome });
const holdsOf = async ({ payeeId }: Owed) => (await world.holds(`?payeeId=${payeeId}`)) as unknown as Hold[];
const stands = async ({ payeeId }: Owed) => ({
  accrued: await world.balance(`accrued:${plain(payeeId)}`), held: await world.balance(`held:${plain(payeeId)}`),
  payable: await world.balance(`payable:${plain(payeeId)}`),
});
const release = (holdId: string, as = BERT) => world.post(`holds/${holdId}/release`, { body: { note: 'in order' }, as });
const refuse = (holdId: string, as = BERT) => world.post(`holds/${holdId}/reject`, { body: { reason: 'fraud', note: 'seen' }, as });
const net = (gross: number) => gross - gross * 0.02 - gross * 0.004 - gross * 0.01;

describe('open lines that an upheld alert names', () => {
  it('are held at the next closing, alone, told line by line, and shown to the place with what was found', async () => {
    const place = await world.owedPlace(1000);
    await world.redeem(place, 2000);
    const [suspect] = await redemptionsOf(place);
    const alertId = await alert(place, [suspect!]);
    await world.closeStatements();
    expect(await stands(place)).toEqual({ accrued: 0, held: 1000, payable: net(2000) });
    const [hold, ...more] = (await world.get('holds', tillOf(place))).body['items'] as Hold[];
    expect(more).toEqual([]);
    expect(hold).toMatchObject({ reason: 'alert_upheld', alertId: shown('alert', alertId), alertTextFr: TEXT.textFr, alertTextEn: TEXT.textEn, appeal: 'none', lines: 1, grossCents: 1000 });
    const told = (await world.emitted(ClaimLineHeldV1)).map(({ body }) => body).filter(({ holdId }) => holdId === plain(hold!.holdId));
    expect(told.map(({ redemptionId, reason }) => [redemptionId, reason])).toEqual([[suspect, 'alert_upheld']]);
    expect(await release(hold!.holdId)).toMatchObject({ status: 200, body: { grossCents: 1000 } });
    await world.redeem(place, 1000);
    await world.closeStatements();
    // Released, it is not held for that alert again.
    expect(await stands(place)).toEqual({ accrued: 0, held: 0, payable: net(2000) + net(2000) });
  });

  it('are held though the alert is told before the line, and for a measure first', async () => {
    const place = await world.owedPlace(1000);
    const redemptionId = world.newId();
    const alertId = await alert(place, [redemptionId]);
    const body = world.redeemed({ place, amountCents: 300, id: redemptionId });
    await world.takeRedemptions([body]);
    await world.take(PlaceSuspendedV1, { measureId: world.newId(), placeId: place.placeId, programmeId: world.programmeId, reason: 'fraud_suspected', from: '2026-04-01' });
    await world.closeStatements();
    const [measured, ...more] = await holdsOf(place);
    expect([measured!.reason, measured!.grossCents, more]).toEqual(['place_suspended', 1300, []]);
    await release(measured!.holdId);
    await world.accredit();
    await world.redeem(place, 100);
    await world.closeStatements();
    expect((await holdsOf(place))[0]).toMatchObject({ reason: 'alert_upheld', alertId: shown('alert', alertId), grossCents: 300 });
  });

  it('are rejected by another person than who upheld it, and not while an appeal waits', async () => {
    const place = await world.owedPlace(1000);
    const alertId = await alert(place, await redemptionsOf(place), ZOE);
    await world.closeStatements();
    const [hold] = await holdsOf(place);
    expect([(await refuse(hold!.holdId, ZOE)).body.code, (await release(hold!.holdId, ZOE)).body.code]).toEqual(['reviewer_upheld_alert', 'reviewer_upheld_alert']);
    const appealId = await appeal(place, alertId);
    expect((await refuse(hold!.holdId)).body.code).toBe('alert_appeal_open');
    const sql = (outcome: string, by: string) => world.service.query(
      `insert into settlement.hold_decision (hold_id, outcome, due_seq, reason, note, decided_by, decided_at)
       select $1, $2, case $2 when 'released' then max(up_to_seq) + 1 end, case $2 when 'rejected' then 'fraud' end, 'x', $3, now() from settlement.statement_closing`,
      [plain(hold!.holdId), outcome, by]);
    await expect(sql('rejected', BERT.userId)).rejects.toThrow('its appeal waits');
    await expect(sql('released', ZOE.userId)).rejects.toThrow('by who upheld its alert');
    await answer(place, alertId, appealId, 'rejected');
    expect((await holdsOf(place))[0]!.appeal).toBe('rejected');
    expect(await refuse(hold!.holdId)).toMatchObject({ status: 200, body: { state: 'rejected' } });
    expect(await stands(place)).toEqual({ accrued: 0, held: 0, payable: 0 });
  });

  it('are held no more once an appeal was upheld; what is held then is released, and cannot be rejected', async () => {
    const [held, open] = [await world.owedPlace(1000), await world.owedPlace(500)];
    const [first, second] = [await alert(held, await redemptionsOf(held)), await alert(open, await redemptionsOf(open))];
    // An answer that is told before its appeal counts all the same.
    await answer(open, second, world.newId(), 'upheld');
    await world.closeStatements();
    expect([(await stands(held)).held, (await stands(open)).held]).toEqual([1000, 0]);
    await answer(held, first, await appeal(held, first), 'upheld');
    const [hold] = await holdsOf(held);
    expect((await refuse(hold!.holdId)).body.code).toBe('alert_overturned');
    expect((await release(hold!.holdId)).status).toBe(200);
    expect(await stands(held)).toMatchObject({ accrued: 1000, held: 0 });
  });
});

describe('a closed statement that pays a line of an upheld alert', () => {
  it('waits outside of runs until it is cleared by another person, or until an appeal is upheld', async () => {
    const [place, other] = [await world.owedPlace(1000), await world.owedPlace(1000)];
    await world.closeStatements();
    const [alertId, overturned] = [await alert(place, await redemptionsOf(place), ZOE), await alert(other, await redemptionsOf(other))];
    const paid = (run: Answer['body']) => (run['payments'] as { payeeId: string }[] | undefined ?? []).map(({ payeeId }) => payeeId);
    const run = await world.createRun();
    expect(paid(run)).not.toContain(place.payeeId);
    expect(run['leftOut']).toContainEqual(expect.objectContaining({ payeeId: place.payeeId, amountCents: net(1000) }));
    await world.cancelRun(run);
    await answer(other, overturned, await appeal(other, overturned), 'upheld');
    const statementId = String(((await world.get(`statements?payeeId=${place.payeeId}`)).body['items'] as { statementId: string }[])[0]!.statementId);
    const clear = (as = BERT) => world.post(`statements/${statementId}/clearances`, { body: { note: 'seen' }, as });
    expect((await clear(ZOE)).body.code).toBe('reviewer_upheld_alert');
    await expect(world.service.query('insert into settlement.statement_clearance values ($1, $2, \'x\', $3, now())', [plain(statementId), alertId, ZOE.userId]))
      .rejects.toThrow('cannot be cleared');
    await expect(world.service.query('insert into settlement.statement_clearance values ($1, $2, \'x\', \'x\', now())', [plain(statementId), world.newId()]))
      .rejects.toThrow('cannot be cleared');
    expect(await clear()).toMatchObject({ status: 201, body: { measureIds: [], alertIds: [shown('alert', alertId)] } });
    expect(paid(await world.createRun()).sort()).toEqual(expect.arrayContaining([place.payeeId, other.payeeId]));
  });
});
