// Statements by their calendar and from their minimum on: what waits, for how long, and that nothing of it is lost or paid twice.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClosingRulePublishedV1, ProgrammePublishedV1 } from '#libs/contracts';
import { seedOfRun } from '#libs/testing';
import { AUDITOR, BERT, plain, SettlementWorld, shown, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeEach(async () => {
  world = await SettlementWorld.create({ placeFeeCapBasisPoints: 10_000 });
});
afterEach(() => world.close());

type CarriedOver = Readonly<{ payeeId: string; reason: string; since: string }>;
const carriedOver = async (as?: Parameters<SettlementWorld['get']>[1]) => (await world.get('carry-overs', as)).body['items'] as CarriedOver[];
const rule = (over: Record<string, unknown> = {}) => ({
  programmeId: shown('programme', world.programmeId), from: '2026-04-03', frequency: 'monthly', minimumCents: 2000, waitDaysMax: 60, ...over,
});
const publish = (over: Record<string, unknown> = {}) => world.done('closing-rules', rule(over));
const at = (day: string) => world.clock.set(`${day}T08:00:00Z`);
const closeOn = async (day: string) => {
  at(day);
  return world.closeStatements();
};
const announced = (claimableUntil: string, ruleVersion = 1) => world.take(ProgrammePublishedV1, {
  programmeId: world.programmeId, ruleVersion, name: 'Numérique pour tous', kind: 'unit', faceCents: 1000, currency: 'EUR',
  usableUntil: '2026-05-31', claimableUntil, custodyAccountId: world.bankAccountId,
});

describe('a closing rule', () => {
  it('has effect from tomorrow on, in versions whose days follow each other, and audit hears of it', async () => {
    const path = `closing-rules?programmeId=${shown('programme', world.programmeId)}`;
    expect(await publish()).toEqual({ version: 1 });
    for (const from of ['2026-04-02', '2026-04-03']) {
      expect((await world.post('closing-rules', { body: rule({ from }) })).body).toMatchObject({ code: 'closing_rule_too_early', details: { earliest: expect.stringMatching(/^2026-04-0[34]$/) } });
    }
    // A rule of the last day that there is would be the last rule.
    expect((await world.post('closing-rules', { body: rule({ from: '9999-12-31' }) })).body.code).toBe('request_malformed');
    expect(await publish({ from: '2026-05-01', frequency: 'weekly', waitDaysMax: undefined })).toEqual({ version: 2 });
    expect((await world.get(path, tillOf(await world.accredit()))).body['items']).toEqual([
      { version: 2, from: '2026-05-01', frequency: 'weekly', minimumCents: 2000, waitDaysMax: 90, payDaysMax: 30, currency: 'EUR' },
      { version: 1, from: '2026-04-03', frequency: 'monthly', minimumCents: 2000, waitDaysMax: 60, payDaysMax: 30, currency: 'EUR' },
    ]);
    expect((await world.emitted(ClosingRulePublishedV1)).map(({ body }) => [body.version, body.frequency])).toEqual([[1, 'monthly'], [2, 'weekly']]);
    expect((await world.post('closing-rules', { body: rule(), as: BERT })).status).toBe(403);
    for (const wrong of [{ minimumCents: -1 }, { minimumCents: 1_000_001 }, { waitDaysMax: 0 }, { payDaysMax: 91 }, { frequency: 'daily' }]) {
      expect((await world.post('closing-rules', { body: rule({ from: '2026-06-01', ...wrong }) })).status).toBe(400);
    }
  });

  it('is published once when two do so at once', async () => {
    const answers = await world.atOnce([() => world.post('closing-rules', { body: rule() }), () => world.post('closing-rules', { body: rule() })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('of a day that has begun, or before the last one, is refused by the database itself', async () => {
    await publish();
    const insert = (version: number, from: string, publishedAt: string) => world.service.query(
      `insert into settlement.closing_rule values ($1, $2, $3, 'weekly', 0, 90, 30, gen_random_uuid(), 'x', $4)`, [world.programmeId, version, from, publishedAt]);
    // Half past midnight where our banks are.
    await expect(insert(2, '2026-04-04', '2026-04-03T22:30:00Z')).rejects.toThrow('not_of_a_day_that_has_begun');
    await expect(insert(2, '2026-04-03', '2026-04-02T12:00:00Z')).rejects.toThrow('has effect later');
  });
});

describe('a closing with a calendar', () => {
  it('leaves open what is not due or too little, says why and until when, and takes all of it in one statement later', async () => {
    await publish();
    const [small, large] = [await world.owedPlace(1000), await world.owedPlace(5000)];
    expect(await closeOn('2026-04-03')).toMatchObject({ statements: 1, carriedOver: 1, carriedOverCents: 1000 });
    await world.redeem(large, 9000);
    expect(await closeOn('2026-04-20')).toMatchObject({ statements: 0, carriedOver: 2, carriedOverCents: 10_000 });
    expect((await carriedOver(AUDITOR)).map(({ payeeId, reason, since }) => [payeeId, reason, since]).sort()).toEqual(
      [[small.payeeId, 'not_due', '2026-04-03'], [large.payeeId, 'not_due', '2026-04-20']].sort());
    expect(await carriedOver(tillOf(small))).toMatchObject([
      { payeeId: small.payeeId, lines: 1, grossCents: 1000, netCents: 966, nextEnd: '2026-04-30', latestEnd: '2026-06-30' },
    ]);
    await world.redeem(small, 500);
    expect(await closeOn('2026-05-01')).toMatchObject({ statements: 1, grossCents: 9000, carriedOver: 1, carriedOverCents: 1500 });
    expect(await carriedOver()).toMatchObject([{ payeeId: small.payeeId, reason: 'below_minimum', lines: 2, since: '2026-04-03' }]);
    await world.redeem(small, 600);
    expect(await closeOn('2026-06-01')).toMatchObject({ statements: 1, grossCents: 2100, carriedOver: 0 });
    const [statement] = (await world.get(`statements?payeeId=${small.payeeId}`)).body['items'] as { lines: number; afterSeq: number | null }[];
    expect(statement).toMatchObject({ lines: 3, afterSeq: null });
    expect(await carriedOver()).toEqual([]);
    expect(await world.balanceOf('accrued')).toBe(0);
  });

  it('pays a small sum once it has waited long enough', async () => {
    await publish();
    await world.owedPlace(100);
    await closeOn('2026-04-03');
    for (const day of ['2026-05-01', '2026-06-01']) expect(await closeOn(day)).toMatchObject({ statements: 0, carriedOver: 1 });
    // 88 days after the first closing that left it: the rule says 60, and the month ends.
    expect(await closeOn('2026-06-30')).toMatchObject({ statements: 1, grossCents: 100, carriedOver: 0 });
  });

  it('waits for nothing once claims have ended, and not again when they go on', async () => {
    await publish();
    await announced('2026-04-10');
    const place = await world.owedPlace(100);
    await closeOn('2026-04-03');
    expect(await carriedOver()).toMatchObject([{ nextEnd: '2026-04-10', latestEnd: '2026-04-10' }]);
    expect(await closeOn('2026-04-10')).toMatchObject({ statements: 1, grossCents: 100 });
    // A version that arrives late says nothing new; a later one does.
    await announced('2026-12-31', 3);
    await announced('2026-01-31', 2);
    await world.redeem(place, 100);
    expect(await closeOn('2026-04-20')).toMatchObject({ statements: 0, carriedOver: 1 });
  });

  it('holds a first remittance when it comes, so that it is reviewed while its sum grows', async () => {
    await world.close();
    world = await SettlementWorld.create({ holdFirstRemittance: true });
    await publish();
    await world.owedPlace(100);
    expect(await closeOn('2026-04-03')).toMatchObject({ statements: 0, holds: 1, carriedOver: 0 });
    const [hold] = await world.holds();
    await world.done(`holds/${hold!.holdId}/release`, { note: 'seen' }, BERT);
    expect(await closeOn('2026-04-10')).toMatchObject({ statements: 0, holds: 0, carriedOver: 1, carriedOverCents: 100 });
  });

  it('that was killed between its steps goes on by the day on which it began', async () => {
    await publish({ frequency: 'monthly', minimumCents: 0 });
    const places = [await world.owedPlace(), await world.owedPlace()];
    await closeOn('2026-04-03');
    for (const place of places) await world.redeem(place);
    at('2026-04-28');
    await world.total();
    const transaction = world.work.transaction.bind(world.work);
    let transactions = 0;
    world.work.transaction = (origin, work) => {
      transactions += 1;
      // Its second is the step; its last would finish it.
      return transactions === 3 ? Promise.reject(new Error('killed')) : transaction(origin, work);
    };
    expect((await world.post('statement-closings')).status).toBe(500);
    expect(await world.count('carry_over')).toBe(2);
    // A period has ended meanwhile, and it would be due by this day.
    at('2026-05-02');
    expect(await world.done('statement-closings')).toMatchObject({ statements: 0, carriedOver: 2 });
    await world.redeem(places[0]!, 1);
    expect(await closeOn('2026-05-02')).toMatchObject({ statements: 2, grossCents: 2001 });
  });

  it('is shown ahead: the ends of the next periods, and what is due today', async () => {
    const calendar = async () => (await world.get('closing-calendar', AUDITOR)).body as { programmes?: unknown };
    await publish();
    await announced('2026-12-31');
    expect(await calendar()).toMatchObject({ today: '2026-04-02', lastClosedOn: null, programmes: [{
      name: 'Numérique pour tous', rule: null, isDue: true,
      nextEnds: ['2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31', '2026-08-31', '2026-09-30'],
    }] });
    await world.owedPlace();
    await closeOn('2026-04-20');
    expect(await calendar()).toMatchObject({ lastClosedOn: '2026-04-20', programmes: [{ isDue: false, rule: { version: 1 } }] });
    at('2026-05-01');
    expect((await calendar()).programmes).toMatchObject([{ isDue: true }]);
  });

  const seed = seedOfRun();
  it(`puts every line into one statement at last, whatever was carried over (seed ${seed})`, async () => {
    await publish({ frequency: 'twice_monthly', minimumCents: 3000, waitDaysMax: 40 });
    const places: Place[] = [await world.accredit(), await world.accredit(), await world.accredit()];
    let state = [...seed].reduce((value, letter) => Math.imul(value ^ letter.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0;
    const draw = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state >>> 8) % below;
    };
    let day = Date.parse('2026-04-03T08:00:00Z');
    let carried = 0;
    for (let round = 0; round < 8; round += 1) {
      for (let line = draw(4); line >= 0; line -= 1) await world.redeem(places[draw(3)]!, 1 + draw(2_000));
      day += (1 + draw(11)) * 86_400_000;
      world.clock.set(new Date(day).toISOString());
      carried += Number((await world.closeStatements())['carriedOver']);
    }
    expect(carried).toBeGreaterThan(0);
    await announced(new Date(day).toISOString().slice(0, 10));
    await world.redeem(places[0]!, 500);
    await world.closeStatements();
    const [stated] = await world.rows('select count(*)::int as lines, count(distinct claim_line_id)::int as different, sum(gross)::int as gross from settlement.statement_line');
    const [all] = await world.rows('select count(*)::int as lines, count(*)::int as different, sum(gross)::int as gross from settlement.claim_line');
    expect(stated).toEqual(all);
    expect(await world.balanceOf('accrued')).toBe(0);
    expect(await world.rows(`select from settlement.carry_over o join settlement.statement s using (payee_id, custody_account_id, up_to_seq)`)).toEqual([]);
  });
});

describe('what a closing carried over', () => {
  it('is nothing that a statement of the same closing has, by the database itself', async () => {
    const place = await world.owedPlace();
    const { upToSeq } = await world.closeStatements() as { upToSeq: number };
    await expect(world.service.query(
      `insert into settlement.carry_over values ($1, $2, $3, 'not_due', 1, 1000, 966, 'EUR', array[$4::uuid], now())`,
      [plain(place.payeeId), world.bankAccountId, upToSeq, world.programmeId])).rejects.toThrow('is in a statement of closing');
  });

  it('is what its own fee would have eaten, too', async () => {
    const programmeId = world.newId();
    await world.done('fee-rules', { programmeId: shown('programme', programmeId), from: '2026-02-01', feeBasisPoints: 5000, vatBasisPoints: 0, commonsBasisPoints: 0 });
    await world.redeem(await world.accredit(), 1, { programmeId });
    expect(await world.closeStatements()).toMatchObject({ statements: 0, carriedOver: 1 });
    expect(await carriedOver()).toMatchObject([{ reason: 'nothing_to_pay', netCents: 0, nextEnd: null, latestEnd: null }]);
  });
});
