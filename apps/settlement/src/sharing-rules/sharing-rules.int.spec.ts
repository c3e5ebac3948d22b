// Sharing rules through their route and against their tables: from when, how much the operator may take beside them, and who decides.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SharingRulePublishedV1 } from '#libs/contracts';
import { ANNA, AUDITOR, BERT, SettlementWorld, shown, tillOf, ZOE } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
/** It is the second of April. */
const [TODAY, TOMORROW, IN_30_DAYS] = ['2026-04-02', '2026-04-03', '2026-05-02'];
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

const DECIDERS = [BERT, ZOE].map(({ userId }) => shown('user', userId));
const publish = (programmeId: string, over: object = {}, as = ANNA) => world.post('sharing-rules', {
  as, body: { programmeId: shown('programme', programmeId), from: TOMORROW, operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: DECIDERS, ...over },
});
const fee = (programmeId: string, from: string, feeBasisPoints: number) => world.post('fee-rules', {
  body: { programmeId: shown('programme', programmeId), from, feeBasisPoints, vatBasisPoints: 2_000, commonsBasisPoints: 100 },
});

describe('a sharing rule', () => {
  it('has effect from tomorrow on, a later one thirty days after it was told, and says who decides', async () => {
    const programmeId = world.newId();
    expect((await publish(programmeId, { from: TODAY })).body).toMatchObject({ code: 'sharing_rule_too_early', details: { earliest: TOMORROW } });
    expect((await publish(programmeId)).body).toEqual({ version: 1 });
    expect((await publish(programmeId, { from: '2026-05-01' })).body).toMatchObject({ code: 'sharing_rule_too_early', details: { earliest: IN_30_DAYS } });
    expect((await publish(programmeId, { from: IN_30_DAYS, localBasisPoints: 0 })).body).toEqual({ version: 2 });
    expect((await world.get(`sharing-rules?programmeId=${shown('programme', programmeId)}`, AUDITOR)).body['items']).toEqual([
      { version: 2, from: IN_30_DAYS, operatorCapBasisPoints: 300, localBasisPoints: 0, deciders: DECIDERS },
      { version: 1, from: TOMORROW, operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: DECIDERS },
    ]);
    expect((await world.emitted(SharingRulePublishedV1)).map(({ body }) => body).find((body) => body.programmeId === programmeId))
      .toMatchObject({ version: 1, localBasisPoints: 6_000, deciders: [BERT.userId, ZOE.userId] });
  });

  it('never lets the operator take more than its cap, whichever of the two is published first', async () => {
    const programmeId = world.newId();
    expect((await fee(programmeId, '2026-01-01', 301)).status).toBe(201);
    expect((await publish(programmeId)).body).toMatchObject({ code: 'operator_share_over_cap', details: { feeBasisPoints: 301, capBasisPoints: 300 } });
    expect((await fee(programmeId, TOMORROW, 300)).status).toBe(201);
    expect((await publish(programmeId)).status).toBe(201);
    expect((await fee(programmeId, IN_30_DAYS, 301)).body).toMatchObject({ code: 'operator_share_over_cap', details: { feeBasisPoints: 301, capBasisPoints: 300 } });
    expect((await fee(programmeId, IN_30_DAYS, 299)).status).toBe(201);
    expect((await publish(programmeId, { from: '2026-06-01', operatorCapBasisPoints: 298 })).body.code).toBe('operator_share_over_cap');
  });

  it('is published by an operator only, and names each person once, two at least', async () => {
    const place = await world.accredit();
    for (const as of [AUDITOR, BERT, tillOf(place)]) expect((await publish(world.newId(), {}, as)).status).toBe(403);
    for (const deciders of [[DECIDERS[0]], [DECIDERS[0], DECIDERS[0]], []]) {
      expect((await publish(world.newId(), { deciders })).status).toBe(400);
    }
  });
});

describe('the table of sharing rules', () => {
  it('refuses by itself what the decision refuses', async () => {
    const programmeId = world.newId();
    await fee(programmeId, '2026-01-01', 200);
    await publish(programmeId);
    const insert = ({ version = 2, from = IN_30_DAYS, cap = 300, people = ['a', 'b'] }) => world.service.query(
      `insert into settlement.sharing_rule (programme_id, version, effective_from, operator_cap_basis_points, local_basis_points, deciders, event_id,
         published_by, published_at)
       values ($1, $2, $3, $4, 5000, $5, gen_random_uuid(), 'x', '2026-04-01T22:30:00Z')`, [programmeId, version, from, cap, people],
    ).then(() => 'done', (error: Error) => error.message);
    expect(await insert({ from: '2026-05-01' })).toMatch('cannot have effect on 2026-05-01');
    expect(await insert({ version: 4 })).toMatch('cannot have effect');
    expect(await insert({ cap: 199 })).toMatch('the operator takes more');
    expect(await insert({ people: ['a', 'a'] })).toMatch('names a person twice');
    expect(await insert({ people: ['a'] })).toMatch('sharing_rule_deciders_check');
    expect(await insert({})).toBe('done');
    const over = world.service.query(
      `insert into settlement.fee_rule (programme_id, version, effective_from, fee_basis_points, vat_basis_points, commons_basis_points,
         platform_cap_basis_points, published_by, published_at)
       values ($1, 2, '2026-05-02', 301, 0, 0, 10000, 'x', '2026-04-01T22:30:00Z')`, [programmeId]);
    await expect(over).rejects.toThrow('takes more than its sharing rule allows the operator');
  });
});
