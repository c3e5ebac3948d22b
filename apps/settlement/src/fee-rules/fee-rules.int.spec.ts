// Fee rules through their route and against their table: what they may take, from when, and who is told.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FeeChangeAnnouncedV1, FeeRulePublishedV1, PlaceAccreditedV1, ProgrammePublishedV1 } from '#libs/contracts';
import { AUDITOR, SettlementWorld, shown, tillOf } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
/** It is the second of April. */
const [YESTERDAY, TODAY, IN_29_DAYS, IN_30_DAYS] = ['2026-04-01', '2026-04-02', '2026-05-01', '2026-05-02'];
beforeAll(async () => { world = await SettlementWorld.create({ placeFeeCapBasisPoints: 600 }); });
afterAll(() => world.close());

const RATES = { feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100 };
const publish = (programmeId: string, over: object = {}) =>
  world.post('fee-rules', { body: { programmeId: shown('programme', programmeId), from: '2026-01-01', ...RATES, ...over } });
const refusal = async (answer: ReturnType<typeof publish>) => {
  const { body: { code, details } } = await answer;
  return { code, ...details };
};
const announced = async (programmeId: string) =>
  (await world.emitted(FeeChangeAnnouncedV1)).map(({ body }) => body).filter((body) => body.programmeId === programmeId);

describe('a fee rule', () => {
  it('follows the one before it, within the cap of the platform and of its programme', async () => {
    const programmeId = world.newId();
    expect(await refusal(publish(programmeId, { feeBasisPoints: 9_000 }))).toEqual({ code: 'fee_rule_too_high' });
    expect(await refusal(publish(programmeId, { feeBasisPoints: 417 }))).toEqual({ code: 'fee_rule_over_cap', capBasisPoints: 600 });
    expect((await publish(programmeId, { promisedCapBasisPoints: 400 })).body).toEqual({ version: 1 });
    expect(await refusal(publish(programmeId))).toMatchObject({ code: 'fee_rule_too_early', version: 1 });
    expect(await refusal(publish(programmeId, { from: IN_30_DAYS, feeBasisPoints: 251 }))).toEqual({ code: 'fee_rule_over_cap', capBasisPoints: 400 });
    expect(await refusal(publish(programmeId, { from: IN_30_DAYS, promisedCapBasisPoints: 401 }))).toEqual({ code: 'fee_cap_raised', capBasisPoints: 400 });
    expect((await publish(programmeId, { from: IN_30_DAYS, feeBasisPoints: 250 })).body).toEqual({ version: 2 });
    expect((await world.get(`fee-rules?programmeId=${shown('programme', programmeId)}`, AUDITOR)).body['items']).toMatchObject([
      { version: 2, from: IN_30_DAYS, feeBasisPoints: 250, promisedCapBasisPoints: null, platformCapBasisPoints: 600 },
      { version: 1, promisedCapBasisPoints: 400, platformCapBasisPoints: 600 },
    ]);
    const told = (await world.emitted(FeeRulePublishedV1)).map(({ body }) => body).filter((body) => body.programmeId === programmeId);
    expect(told.map(({ promisedCapBasisPoints }) => promisedCapBasisPoints)).toEqual([400, undefined]);
  });

  it('that takes more is told thirty days before, and one that takes less has effect at once, never before', async () => {
    const programmeId = world.newId();
    await publish(programmeId);
    expect(await refusal(publish(programmeId, { from: IN_29_DAYS, commonsBasisPoints: 101 }))).toEqual({ code: 'fee_rule_without_notice', earliest: IN_30_DAYS });
    expect(await refusal(publish(programmeId, { from: YESTERDAY, feeBasisPoints: 0 }))).toEqual({ code: 'fee_rule_in_the_past', earliest: TODAY });
    expect((await publish(programmeId, { from: TODAY, feeBasisPoints: 0 })).status).toBe(201);
    expect((await publish(programmeId, { from: IN_30_DAYS })).status).toBe(201);
  });

  it('is published by an operator only', async () => {
    const place = await world.accredit();
    for (const as of [AUDITOR, tillOf(place)]) {
      expect((await world.post('fee-rules', { body: { programmeId: shown('programme', world.newId()), from: TODAY, ...RATES }, as })).status).toBe(403);
    }
  });
});

describe('the places of a programme', () => {
  it('hear of each rule after the first, with the name of the programme, and no others do', async () => {
    const [programmeId, place, over] = [world.newId(), world.newPlace(), world.newPlace()];
    const accredited = { name: 'Un lieu', programmeId, accreditationVersion: 2, from: '2026-01-01' };
    await world.take(PlaceAccreditedV1, { ...place, ...accredited, to: '2026-12-31' });
    await world.take(PlaceAccreditedV1, { ...over, ...accredited, to: YESTERDAY });
    // Told later, but older: the place is not accredited for longer by it.
    await world.take(PlaceAccreditedV1, { ...over, ...accredited, accreditationVersion: 1, to: '2027-12-31' });
    for (const [ruleVersion, name] of [[2, 'Pass d’essai'], [1, 'Pass']] as const) {
      await world.take(ProgrammePublishedV1, { ...ProgrammePublishedV1.sample, programmeId, ruleVersion, name });
    }
    await publish(programmeId);
    expect(await announced(programmeId)).toEqual([]);
    await publish(programmeId, { from: IN_30_DAYS, feeBasisPoints: 300 });
    expect(await announced(programmeId)).toEqual([{
      programmeId, programmeName: 'Pass d’essai', version: 2, from: IN_30_DAYS, before: RATES, after: { ...RATES, feeBasisPoints: 300 },
      places: [place.placeId],
    }]);
  });
});

describe('the table of fee rules', () => {
  it('refuses by itself what the decision refuses', async () => {
    const programmeId = world.newId();
    await publish(programmeId, { promisedCapBasisPoints: 400 });
    const insert = (over: Partial<Record<'version' | 'from' | 'fee' | 'platform' | 'promised', string | number | null>>) => {
      const { version = 2, from = IN_30_DAYS, fee = 200, platform = 600, promised = null } = over;
      return world.service.query(
        `insert into settlement.fee_rule (programme_id, version, effective_from, fee_basis_points, vat_basis_points, commons_basis_points,
           platform_cap_basis_points, promised_cap_basis_points, published_by, published_at)
         values ($1, $2, $3, $4, 2000, 100, $5, $6, 'x', '2026-04-01T22:30:00Z')`, [programmeId, version, from, fee, platform, promised]).then(() => 'done', (error: Error) => error.message);
    };
    expect(await insert({ fee: 251 })).toMatch('above its cap');
    expect(await insert({ platform: 300 })).toMatch('above its cap');
    expect(await insert({ promised: 401 })).toMatch('above its cap');
    // In Paris the second of April has begun.
    expect(await insert({ fee: 201, from: IN_29_DAYS })).toMatch('cannot have effect on 2026-05-01');
    expect(await insert({ fee: 100, from: YESTERDAY })).toMatch('cannot have effect on 2026-04-01');
    expect(await insert({ fee: 201 })).toBe('done');
    expect(await insert({ version: 3, fee: 100, from: IN_30_DAYS })).toMatch('cannot have effect on 2026-05-02');
  });
});
