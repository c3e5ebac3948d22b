// A place is suspended or withdrawn: what it is owed and nobody has paid waits for a person, line by line or statement by
// statement, and none of it is lost.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ClaimLineHeldV1, PlaceReinstatedV1, PlaceSuspendedV1, PlaceWithdrawnV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { fakeIban } from '#libs/testing';
import { ANNA, BERT, CLEO, plain, SettlementWorld, shown, tillOf, ZOE, type Answer, type Place } from '../../../../test/builders/settlement-world.js';

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
  holdId: string; payeeId: string; reason: string; measureId: string; measureReason: string; grossCents: number; lines: number;
}>;

async function measure(
  place: Place, over: object = {}, contract: typeof PlaceSuspendedV1 | typeof PlaceWithdrawnV1 = PlaceSuspendedV1,
): Promise<string> {
  const measureId = world.newId();
  await world.take(contract as typeof PlaceSuspendedV1, {
    measureId, placeId: place.placeId, programmeId: world.programmeId, reason: 'fraud_suspected', from: '2026-04-01', ...over,
  });
  return measureId;
}
const lift = (place: Place, measureId: string) => world.take(PlaceReinstatedV1, {
  measureId, placeId: place.placeId, programmeId: world.programmeId, how: 'reinstated', from: '2026-04-02',
});
const holdsOf = async ({ payeeId }: Owed) => (await world.holds(`?payeeId=${payeeId}`)) as unknown as Hold[];
const stands = async ({ payeeId }: Owed) => ({
  accrued: await world.balance(`accrued:${plain(payeeId)}`), held: await world.balance(`held:${plain(payeeId)}`),
  payable: await world.balance(`payable:${plain(payeeId)}`),
});
const release = (holdId: string) => world.done(`holds/${holdId}/release`, { note: 'in order' }, BERT);
const statementOf = async ({ payeeId }: Owed) =>
  String(((await world.get(`statements?payeeId=${payeeId}`)).body['items'] as { statementId: string }[])[0]!.statementId);
const leftOut = async (run: Answer['body']) => (run['leftOut'] as { payeeId: string; reason: string; amountCents: number }[]);

describe('the open lines of a suspended place', () => {
  it('are held at the next closing, those of before and those taken since, and shown to the place with the reason', async () => {
    const place = await world.owedPlace(1000);
    const measureId = await measure(place);
    await world.redeem(place, 200, { heldForMeasureId: measureId });
    await world.closeStatements();
    expect(await stands(place)).toEqual({ accrued: 0, held: 1200, payable: 0 });
    const [hold, ...more] = (await world.get('holds', tillOf(place))).body['items'] as Hold[];
    expect(more).toEqual([]);
    expect(hold).toMatchObject({ reason: 'place_suspended', measureId: shown('measure', measureId), measureReason: 'fraud_suspected', lines: 2, grossCents: 1200 });
    expect((await world.emitted(ClaimLineHeldV1)).filter(({ body }) => body.holdId === plain(hold!.holdId)).map(({ body }) => body.reason))
      .toEqual(['place_suspended', 'place_suspended']);
    await release(hold!.holdId);
    await world.accredit();
    await world.closeStatements();
    // Released while the place is still suspended: somebody looked, and it is not held for that again.
    expect(await stands(place)).toEqual({ accrued: 0, held: 0, payable: 1200 - 24 - 5 - 12 });
    expect((await world.createRun())['leftOutCount']).toBe(0);
  });

  it('are those of that place and programme only: the rest of its payee is stated', async () => {
    const [one, sibling] = [await world.owedPlace(1000), await world.accredit()];
    await world.done('payees', { placeId: shown('place', sibling.placeId), legalName: 'Commune', siren: one.siret.slice(0, 9) });
    await world.redeem(sibling, 300);
    await world.redeem(one, 50, { programmeId: world.programmeId });
    await measure(sibling, {}, PlaceWithdrawnV1);
    await world.closeStatements();
    expect(await stands(one)).toMatchObject({ accrued: 0, held: 300 });
    expect(await holdsOf(one)).toMatchObject([{ reason: 'place_withdrawn', lines: 1, grossCents: 300 }]);
  });

  it('are none when it was reinstated before the closing, but for what redemption took to be held', async () => {
    const place = await world.owedPlace(1000);
    const measureId = await measure(place);
    await world.redeem(place, 70, { heldForMeasureId: measureId });
    await lift(place, measureId);
    await world.closeStatements();
    expect(await stands(place)).toMatchObject({ accrued: 0, held: 70 });
    // What is held stays so after the end of the measure, until somebody decides.
    expect(await holdsOf(place)).toMatchObject([{ reason: 'place_suspended', grossCents: 70, state: 'held' }]);
  });

  it('are not held before the day of the measure, nor by an end that was told before its beginning', async () => {
    const [early, ended] = [await world.owedPlace(1000), await world.owedPlace(1000)];
    await measure(early, { from: '2026-04-03' });
    const measureId = world.newId();
    await lift(ended, measureId);
    await measure(ended, { measureId });
    await world.closeStatements();
    expect([(await stands(early)).held, (await stands(ended)).held]).toEqual([0, 0]);
  });

  it('are held again for a later measure, though they were released for an earlier one', async () => {
    const place = await world.owedPlace(1000);
    const first = await measure(place);
    await world.closeStatements();
    await release((await holdsOf(place))[0]!.holdId);
    await lift(place, first);
    const second = await measure(place, {}, PlaceWithdrawnV1);
    await world.accredit();
    await world.closeStatements();
    expect((await holdsOf(place)).map(({ measureId, reason }) => [plain(measureId), reason])).toEqual([[second, 'place_withdrawn'], [first, 'place_suspended']]);
    expect(await stands(place)).toMatchObject({ accrued: 0, held: 1000 });
  });
});

describe('a closed statement that nobody paid', () => {
  it('waits outside of runs, named with its reason, until the measure ends', async () => {
    const [place, other] = [await world.owedPlace(1000), await world.owedPlace(500)];
    await world.closeStatements();
    const measureId = await measure(place);
    const run = await world.createRun();
    expect(await leftOut(run)).toContainEqual(expect.objectContaining({ payeeId: place.payeeId, reason: 'place_suspended', amountCents: 966 }));
    expect((run['payments'] as { payeeId: string }[]).map(({ payeeId }) => payeeId)).toContain(other.payeeId);
    expect(await stands(place)).toMatchObject({ payable: 966 });
    await lift(place, measureId);
    expect(await world.createRun()).toMatchObject({ paymentCount: 1, amountCents: 966 });
  });

  it('is paid once an approver cleared it, who did not enter the bank account; cleared for one measure, it waits for the next', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    const clear = async (as = BERT) => world.post(`statements/${await statementOf(place)}/clearances`, { body: { note: 'seen' }, as });
    expect((await clear()).body.code).toBe('nothing_to_clear');
    await measure(place);
    await world.bankAccount(place.payeeId, fakeIban(700), { maker: ZOE });
    expect([(await clear(ZOE)).body.code, (await clear(ANNA)).status]).toEqual(['reviewer_changed_iban', 403]);
    expect((await clear()).status).toBe(201);
    expect((await clear()).body.code).toBe('nothing_to_clear');
    await measure(place, {}, PlaceWithdrawnV1);
    expect((await world.post('settlement-runs', { body: { bankAccountId: shown('bankAccount', world.bankAccountId) } })).body.code).toBe('nothing_to_pay');
    expect((await clear(CLEO)).status).toBe(403);
    expect((await clear()).status).toBe(201);
    expect(await world.createRun()).toMatchObject({ paymentCount: 1, amountCents: 966 });
    expect((await world.post(`statements/stm_${world.newId()}/clearances`, { body: { note: 'seen' }, as: BERT })).body.code).toBe('statement_unknown');
  });

  it('does not leave in a run that was made and approved before, whoever lets it go', async () => {
    const place = await world.owedPlace(1000);
    await world.closeStatements();
    const run = await world.createRun();
    await world.approve(run);
    await measure(place);
    expect(await world.post(`settlement-runs/${String(run['runId'])}/release`)).toMatchObject({ status: 409, body: { code: 'payment_waits' } });
    await expect(world.service.query(
      `update settlement.settlement_run set state = 'released', released_by = 'x', released_at = '2026-04-02T08:00:00Z' where id = $1`, [plain(run['runId'])],
    )).rejects.toThrow('which waits for a review');
    await world.cancelRun(run);
    expect(await stands(place)).toMatchObject({ payable: 966 });
  });
});
