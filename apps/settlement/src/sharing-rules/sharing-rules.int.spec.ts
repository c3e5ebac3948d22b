// Sharing rules through their route and against their tables: from when, how much the operator may take beside them, and who decides.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NationalPoolRulePublishedV1, SharingRulePublishedV1, SharingRuleWithdrawnV1 } from '#libs/contracts';
import { ANNA, AUDITOR, BERT, SettlementWorld, shown, tillOf, ZOE } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
/** It is the second of April. */
const [TODAY, TOMORROW, IN_30_DAYS] = ['2026-04-02', '2026-04-03', '2026-05-02'];
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

const BY = { state: 'confirmed', proposedBy: shown('user', ANNA.userId), confirmedBy: shown('user', BERT.userId) };
const DECIDERS = [BERT, ZOE].map(({ userId }) => shown('user', userId));
const propose = (programmeId: string, over: object = {}, as = ANNA) => world.post('sharing-rules', {
  as, body: { programmeId: shown('programme', programmeId), from: TOMORROW, operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: DECIDERS, ...over },
});
const decide = (step: 'confirmations' | 'withdrawals', programmeId: string | null, version: number, as = BERT) => world.post(`sharing-rules/${step}`, {
  as, body: { programmeId: programmeId && shown('programme', programmeId), version },
});
/** Proposed, and confirmed by another person; the first refusal there is. */
async function publish(programmeId: string, over: object = {}) {
  const proposed = await propose(programmeId, over);
  return proposed.status === 201 ? decide('confirmations', programmeId, Number(proposed.body['version'])) : proposed;
}
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
      { version: 2, from: IN_30_DAYS, operatorCapBasisPoints: 300, localBasisPoints: 0, deciders: DECIDERS, ...BY },
      { version: 1, from: TOMORROW, operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: DECIDERS, ...BY },
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

  it('is proposed by an operator, decided about by an approver, and names each person once, two at least', async () => {
    const place = await world.accredit();
    const programmeId = world.newId();
    for (const as of [AUDITOR, BERT, tillOf(place)]) expect((await propose(programmeId, {}, as)).status).toBe(403);
    for (const deciders of [[DECIDERS[0]], [DECIDERS[0], DECIDERS[0]], []]) {
      expect((await propose(programmeId, { deciders })).status).toBe(400);
    }
    await propose(programmeId);
    for (const as of [AUDITOR, ANNA, tillOf(place)]) expect((await decide('confirmations', programmeId, 1, as)).status).toBe(403);
  });

  it('has no effect before another person has confirmed it, who is told when that is too late', async () => {
    const programmeId = world.newId();
    expect((await propose(programmeId, {}, ZOE)).status).toBe(201);
    expect((await propose(programmeId)).body).toMatchObject({ code: 'sharing_rule_waits', details: { version: 1 } });
    expect((await decide('confirmations', programmeId, 1, ZOE)).body.code).toBe('sharing_rule_of_proposer');
    expect((await decide('confirmations', programmeId, 2)).body.code).toBe('sharing_rule_unknown');
    expect((await fee(programmeId, '2026-01-01', 301)).status).toBe(201);
    expect((await decide('confirmations', programmeId, 1)).body.code).toBe('operator_share_over_cap');
    expect((await fee(programmeId, TOMORROW, 300)).status).toBe(201);
    // Whoever comes second is told why: it was decided about, or is told and so no longer its proposer's to take back.
    const answers = await world.atOnce([() => decide('confirmations', programmeId, 1), () => decide('withdrawals', programmeId, 1, ZOE)]);
    expect([[201, 'sharing_rule_of_proposer'], ['sharing_rule_decided', 201]]).toContainEqual(answers.map(({ status, body }) => body.code ?? status));
  });

  it('is taken back before its day, by another person once it was told, and its number is not given again', async () => {
    const programmeId = world.newId();
    expect((await publish(programmeId)).status).toBe(201);
    expect((await decide('withdrawals', programmeId, 1, ANNA)).body.code).toBe('sharing_rule_of_proposer');
    expect((await decide('withdrawals', programmeId, 1)).status).toBe(201);
    expect((await decide('withdrawals', programmeId, 1)).body.code).toBe('sharing_rule_decided');
    expect((await world.emitted(SharingRuleWithdrawnV1)).at(-1)!.body).toEqual({ pool: programmeId, version: 1 });
    // None stands: the next one is a first one again, and the fee is bounded by nothing.
    expect((await fee(programmeId, '2026-01-01', 400)).status).toBe(201);
    expect((await publish(programmeId, { operatorCapBasisPoints: 400 })).body).toEqual({ version: 2 });
    expect((await world.get(`sharing-rules?programmeId=${shown('programme', programmeId)}`)).body['items']).toMatchObject([{ version: 2, state: 'confirmed' }, { version: 1, state: 'withdrawn' }]);
    world.clock.set('2026-04-03T08:00:00.000Z');
    expect((await decide('withdrawals', programmeId, 2)).body.code).toBe('sharing_rule_begun');
    world.clock.set('2026-04-02T08:00:00.000Z');
  });

  it('is not taken back where the one before it allows less than the operator announced meanwhile', async () => {
    const programmeId = world.newId();
    await publish(programmeId);
    await publish(programmeId, { from: IN_30_DAYS, operatorCapBasisPoints: 500 });
    expect((await fee(programmeId, '2026-01-01', 200)).status).toBe(201);
    expect((await fee(programmeId, '2026-05-03', 400)).status).toBe(201);
    expect((await decide('withdrawals', programmeId, 2)).body).toMatchObject({ code: 'operator_share_over_cap', details: { feeBasisPoints: 400, capBasisPoints: 300 } });
    await expect(world.service.query(`insert into settlement.pool_rule_decision values ($1, 2, 'withdrawn', gen_random_uuid(), 'y', '2026-04-02T08:00:00Z')`, [programmeId]))
      .rejects.toThrow('without sharing rule 2 the operator takes more');
  });

  it('that waits, or was taken back, is not for payers, nor is who stands behind one', async () => {
    const programmeId = world.newId();
    await publish(programmeId);
    await propose(programmeId, { from: IN_30_DAYS });
    const payer = { ...ANNA, userId: world.newId(), organisationKind: 'payer' as const, roles: ['payer'] as const, partyId: world.newId() };
    const path = `sharing-rules?programmeId=${shown('programme', programmeId)}`;
    expect((await world.get(path)).body['items']).toMatchObject([{ version: 2, state: 'proposed' }, { version: 1, ...BY }]);
    expect((await world.get(path, payer)).body['items']).toEqual([
      { version: 1, from: TOMORROW, operatorCapBasisPoints: 300, localBasisPoints: 6_000, deciders: DECIDERS, state: 'confirmed', proposedBy: null, confirmedBy: null },
    ]);
  });

  it('of the national pool says who decides, and divides nothing', async () => {
    const asked = { programmeId: null, from: TOMORROW, deciders: DECIDERS };
    expect((await world.post('sharing-rules', { body: { ...asked, localBasisPoints: 6_000, operatorCapBasisPoints: 300 } })).status).toBe(400);
    expect((await world.post('sharing-rules', { body: { ...asked, from: TODAY } })).body.code).toBe('sharing_rule_too_early');
    expect(await world.sharingRule(asked)).toBe(1);
    expect((await world.emitted(NationalPoolRulePublishedV1)).map(({ body }) => body))
      .toEqual([{ version: 1, from: TOMORROW, deciders: [BERT.userId, ZOE.userId] }]);
    expect((await world.post('sharing-rules', { body: { ...asked, from: '2026-05-01' } })).body).toMatchObject({ code: 'sharing_rule_too_early', details: { earliest: IN_30_DAYS } });
    expect((await world.get('sharing-rules')).body['items']).toEqual([{ version: 1, from: TOMORROW, operatorCapBasisPoints: null, localBasisPoints: null, deciders: DECIDERS, ...BY }]);
    expect((await decide('withdrawals', null, 1)).status).toBe(201);
    expect((await world.emitted(SharingRuleWithdrawnV1)).at(-1)!.body).toEqual({ pool: 'general', version: 1 });
  });
});

describe('the table of sharing rules', () => {
  it('refuses by itself what the decision refuses', async () => {
    const programmeId = world.newId();
    await fee(programmeId, '2026-01-01', 200);
    await publish(programmeId);
    const insert = ({ version = 2, from = IN_30_DAYS, cap = 300, people = ['a', 'b'] }) => world.service.query(
      `insert into settlement.sharing_rule (programme_id, version, effective_from, operator_cap_basis_points, local_basis_points, deciders,
         published_by, published_at)
       values ($1, $2, $3, $4, 5000, $5, 'x', '2026-04-01T22:30:00Z')`, [programmeId, version, from, cap, people],
    ).then(() => 'done', (error: Error) => error.message);
    expect(await insert({ from: '2026-05-01' })).toMatch('cannot have effect on 2026-05-01');
    expect(await insert({ version: 4 })).toMatch('cannot have effect');
    expect(await insert({ people: ['a', 'a'] })).toMatch('names a person twice');
    expect(await insert({ people: ['a'] })).toMatch('sharing_rule_deciders_check');
    expect(await insert({ cap: 199 })).toBe('done');
    expect(await insert({ version: 3 })).toMatch('waits for somebody');
    const decided = (outcome: string, who: string, at: string, version = 2) => world.service.query(
      `insert into settlement.pool_rule_decision values ($1, $2, $3, gen_random_uuid(), $4, $5)`, [programmeId, version, outcome, who, at],
    ).then(() => 'done', (error: Error) => error.message);
    expect(await decided('confirmed', 'x', '2026-04-01T22:30:00Z')).toMatch('not decided about by who proposed it');
    expect(await decided('confirmed', 'y', '2026-04-02T22:30:00Z')).toMatch('too late to decide');
    expect(await decided('confirmed', 'y', '2026-04-01T22:30:00Z')).toMatch('the operator takes more');
    expect(await decided('confirmed', 'y', '2026-04-01T22:30:00Z', 9)).toMatch('is not there to be decided about');
    expect(await decided('withdrawn', 'x', '2026-04-01T22:30:00Z')).toBe('done');
    expect(await decided('confirmed', 'y', '2026-04-01T22:30:00Z')).toMatch('is not there to be decided about');
    expect(await decided('withdrawn', BERT.userId, '2026-04-03T22:30:00Z', 1)).toMatch('too late to decide');
    const over = world.service.query(
      `insert into settlement.fee_rule (programme_id, version, effective_from, fee_basis_points, vat_basis_points, commons_basis_points,
         platform_cap_basis_points, published_by, published_at)
       values ($1, 2, '2026-05-02', 301, 0, 0, 10000, 'x', '2026-04-01T22:30:00Z')`, [programmeId]);
    await expect(over).rejects.toThrow('takes more than its sharing rule allows the operator');
  });
});
