// A sharing rule at work: what statements give is divided from its day on, and each pool gives by its own deciders, out of its own balance.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AllocationVotedV1, EarlyPaymentNettedV1, EarlyPaymentSetAsideV1, StatementClosedV1 } from '#libs/contracts';
import { randomUUID } from 'node:crypto';
import type { Principal } from '#libs/auth';
import { brokenAlone } from '../../../../test/builders/all-invariants.js';
import { unlikeOutbox } from '../../../../test/builders/restated-ledgers.js';
import { SELLER } from '../../../../test/builders/seller.js';
import { ANNA, BERT, managerOf, plain, SettlementWorld, shown, ZOE, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create({ seller: SELLER }); });
afterEach(async () => {
  expect(await brokenAlone(world.database.inspectorUrl, 'settlement')).toEqual([]);
  expect(await unlikeOutbox('settlement', (sql) => world.rows(sql))).toEqual([]);
});
afterAll(() => world.close());

type Pool = Readonly<{
  programmeId: string | null; inCents: number; outCents: number; balanceCents: number; movements: number; rule: object | null;
}>;
type Movement = Readonly<{
  number: number; amountCents: number; parts: number; balanceCents: number; kind: string; allocation: object | null; sharingRules: object[];
}>;
const DORA: Principal = { ...BERT, userId: randomUUID(), name: 'Dora' };
const CLEO_APPROVES: Principal = { ...BERT, userId: randomUUID(), name: 'Clara' };
const own = () => shown('programme', world.programmeId);
const pools = () => Promise.all([world.balance('commons:general'), world.balance(`commons:${world.programmeId}`)]) as Promise<[number, number]>;
const content = async () => JSON.parse((await world.rows<{ content: string }>('select content from settlement.statement order by id desc limit 1'))[0]!.content) as
  { format: number; commonsShares?: object[] };
const account = () => shown('bankAccount', world.bankAccountId);
type Known = Place & Readonly<{ payeeId: string }>;
/** A statement that gives one hundred euros and one cent to the commons. */
async function stated(): Promise<Known> {
  const place = await world.owedPlace(1_000_100);
  await world.closeStatements();
  return place;
}

describe('a sharing rule', () => {
  it('changes nothing before its day: all is the national pool’s, and statements read as before', async () => {
    await world.sharingRule({ programmeId: own(), from: '2026-04-03', operatorCapBasisPoints: 200, localBasisPoints: 6_000, deciders: [BERT, ZOE].map(({ userId }) => shown('user', userId)) });
    await stated();
    expect(await pools()).toEqual([10_001, 0]);
    expect((await world.emitted(StatementClosedV1)).at(-1)!.body).not.toHaveProperty('commonsShares');
    expect(await content()).toMatchObject({ format: 5 });
    expect(await content()).not.toHaveProperty('commonsShares');
  });

  it('divides what a statement gives from that day on, and the statement, its event and the ledger say the same', async () => {
    world.clock.set('2026-04-03T08:00:00.000Z');
    const [national] = await pools();
    const place = await world.owedPlace(1_000_100);
    const other = world.newId();
    await world.done('fee-rules', { programmeId: shown('programme', other), from: '2026-01-01', feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100 });
    await world.redeem(place, 500, { programmeId: other });
    await world.closeStatements();
    // 60 % of 10,001 is 6,000.6; five cents are of a programme without a rule.
    expect(await pools()).toEqual([national + 4_000 + 5, 6_001]);
    const shares = [{ programmeId: world.programmeId, sharingRuleVersion: 1, localCents: 6_001, nationalCents: 4_000 }];
    expect((await world.emitted(StatementClosedV1)).at(-1)!.body).toMatchObject({ commonsCents: 10_006, commonsShares: shares });
    expect(await content()).toMatchObject({ format: 6, commonsShares: shares });
  });
});

const propose = async (amountCents: number, payeeId: string, over: object = {}) => world.post('allocations', {
  body: { programmeId: own(), bankAccountId: account(), payeeId, amountCents, currency: 'EUR', reason: 'a van', ...over },
});
const speak = (allocationId: unknown, as: Principal) => world.post(`allocations/${String(allocationId)}/voices`, { as, body: { voice: 'for' } });

describe('the pool of a programme', () => {
  it('gives what it has and no more, whatever the national one has, by whom its rule names', async () => {
    const { payeeId } = await stated();
    const [national, local] = await pools();
    expect(national).toBeGreaterThan(local / 2);
    expect((await propose(local + 1, payeeId)).body).toMatchObject({ code: 'commons_short', details: { poolCents: local } });
    expect((await propose(5, payeeId, { programmeId: shown('programme', world.newId()) })).body.code).toBe('pool_unknown');
    const { body: { allocationId } } = await propose(local, payeeId);
    expect((await speak(allocationId, DORA)).body.code).toBe('allocation_not_decider');
    expect((await speak(allocationId, BERT)).body).toMatchObject({ state: 'proposed' });
    expect((await speak(allocationId, ZOE)).body).toMatchObject({ state: 'voted' });
    expect(await pools()).toEqual([national, 0]);
    expect((await world.emitted(AllocationVotedV1)).at(-1)!.body)
      .toMatchObject({ pool: world.programmeId, sharingRuleVersion: 1, votedBy: [BERT.userId, ZOE.userId], amountCents: local });
  });

  it('asks nobody but them, whom the database knows too', async () => {
    const { payeeId } = await stated();
    const { body: { allocationId } } = await propose(5, payeeId);
    await expect(world.service.query(`insert into settlement.allocation_voice values ('${plain(allocationId)}', '${DORA.userId}', 'for', null, '2026-04-03T08:00:00Z')`))
      .rejects.toThrow('is not decided by whom the rule of its pool does not name');
    for (const table of ['allocation', 'early_payment']) {
      const columns = table === 'allocation' ? '' : `(id, pool, payee_id, custody_account_id, amount, due, open_before, currency, event_id, asked_by, asked_at)`;
      const rest = table === 'allocation' ? `5, 'EUR', 'x', 'x', now()` : `5, 5, 0, 'EUR', gen_random_uuid(), 'x', now()`;
      const [one, two] = table === 'allocation' ? [world.bankAccountId, plain(payeeId)] : [plain(payeeId), world.bankAccountId];
      await expect(world.service.query(`insert into settlement.${table} ${columns} values (gen_random_uuid(), 'somewhere', '${one}', '${two}', ${rest})`))
        .rejects.toThrow(/is no pool of the commons|is not of what is due/);
    }
  });

  it('leaves the national pool to every approver while that has no rule', async () => {
    const { payeeId } = await stated();
    const [national, local] = await pools();
    const { body: { allocationId } } = await propose(5, payeeId, { programmeId: null });
    await speak(allocationId, DORA);
    expect((await speak(allocationId, BERT)).body).toMatchObject({ state: 'voted' });
    expect(await pools()).toEqual([national - 5, local]);
    expect((await world.emitted(AllocationVotedV1)).at(-1)!.body).not.toHaveProperty('sharingRuleVersion');
  });

  it('leaves the national pool to whom its rule names, from the day of that rule on', async () => {
    const { payeeId } = await stated();
    const [today, tomorrow] = ['2026-04-03T08:00:00.000Z', '2026-04-04T08:00:00.000Z'];
    const { body: { allocationId } } = await propose(5, payeeId, { programmeId: null });
    await world.sharingRule({ programmeId: null, from: '2026-04-04', deciders: [ZOE, CLEO_APPROVES].map(({ userId }) => shown('user', userId)) });
    expect((await speak(allocationId, DORA)).body).toMatchObject({ state: 'proposed' });
    world.clock.set(tomorrow);
    expect((await speak(allocationId, BERT)).body.code).toBe('allocation_not_decider');
    await expect(world.service.query(`insert into settlement.allocation_voice values ('${plain(allocationId)}', '${BERT.userId}', 'for', null, '${tomorrow}')`))
      .rejects.toThrow('is not decided by whom the rule of its pool does not name');
    // The voice of the day before is of somebody whom the rule does not name: two of its own are needed.
    expect((await speak(allocationId, ZOE)).body).toMatchObject({ state: 'proposed' });
    expect((await speak(allocationId, CLEO_APPROVES)).body).toMatchObject({ state: 'voted' });
    expect((await world.emitted(AllocationVotedV1)).at(-1)!.body).toMatchObject({ pool: 'general', sharingRuleVersion: 1, votedBy: [ZOE.userId, CLEO_APPROVES.userId] });
    const items = (await world.get('commons-pools', { ...ANNA, roles: [] } as unknown as Principal)).body['items'] as Pool[];
    expect(items[0]!.rule).toEqual({ version: 1, from: '2026-04-04', operatorCapBasisPoints: null, localBasisPoints: null, deciders: 2 });
    world.clock.set(today);
  });

  it('pays early what is due of its programme, out of its own balance, and has it back', async () => {
    for (let day = 2; day < 36; day += 1) await world.bankDay();
    await world.done('early-payment-rules', { programmeId: own(), from: '2026-04-04', shareBasisPoints: 8_000, ceilingCents: 900_000, monthsMin: 1, redemptionsMin: 1 });
    const place = await stated();
    world.clock.set('2026-05-04T08:00:00.000Z');
    await world.redeem(place, 2_000_000);
    const [national, local] = await pools();
    const ask = (amountCents: number, programmeId: string | null = own()) => world.post('early-payments', {
      as: managerOf(place), body: { programmeId, bankAccountId: account(), amountCents, currency: 'EUR' },
    });
    const offers = (await world.get(`early-payments/offers?programmeId=${own()}`, managerOf(place))).body['items'];
    expect(offers).toMatchObject([{ dueCents: 1_932_000, atMostCents: local }]);
    expect((await ask(local + 1)).body).toMatchObject({ code: 'commons_short', details: { poolCents: local } });
    expect((await ask(5, shown('programme', world.newId()))).body.code).toBe('early_payment_not_offered');
    expect((await ask(local)).status).toBe(201);
    expect([...await pools(), await world.balance(`commons_lent:${world.programmeId}`)]).toEqual([national, 0, local]);
    expect((await world.emitted(EarlyPaymentSetAsideV1)).at(-1)!.body).toMatchObject({ pool: world.programmeId, amountCents: local });
    world.bank.execute(await world.released(await world.createRun({ purpose: 'early' })));
    await world.bankDay();
    await world.closeStatements();
    // Netted, and fed by the statement: 200 euros, of which 60 % are its own.
    expect(await pools()).toEqual([national + 8_000, local + 12_000]);
    expect((await world.emitted(EarlyPaymentNettedV1)).at(-1)!.body).toMatchObject({ pool: world.programmeId, amountCents: local });
  });

  it('tells of two payees of a closing only the sum, and of three each, in either pool', async () => {
    const nobody = { ...ANNA, roles: [] } as unknown as Principal;
    const closed = async (...amounts: number[]) => {
      for (const amount of amounts) await world.owedPlace(amount);
      await world.closeStatements();
      const newest = async (query: string) => ((await world.get(`commons-pools/movements?limit=${amounts.length}${query}`, nobody)).body['items'] as Movement[])
        .map(({ kind, amountCents, parts }) => [kind, amountCents, parts]);
      return [await newest(''), await newest(`&programmeId=${own()}`)];
    };
    expect(await closed(100_000, 300_000)).toEqual([[['statement', 1_600, 2]], [['statement', 2_400, 2]]]);
    const [national, local] = await closed(100_000, 200_000, 300_000);
    expect(national!.map(([, , parts]) => parts)).toEqual([1, 1, 1]);
    expect(local!.map(([, amountCents]) => amountCents).sort()).toEqual([1_200, 1_800, 600]);
  });

  it('has a public account: in minus out is the balance, after each of its movements, and each names its rule or decision', async () => {
    const nobody = { ...ANNA, roles: [] } as unknown as Principal;
    const items = (await world.get('commons-pools', nobody)).body['items'] as Pool[];
    const [national, local] = await pools();
    expect(items.map(({ programmeId, balanceCents }) => [programmeId, balanceCents])).toEqual([[null, national], [own(), local]]);
    expect(items[1]!.rule).toEqual({ version: 1, from: '2026-04-03', operatorCapBasisPoints: 200, localBasisPoints: 6_000, deciders: 2 });
    for (const { programmeId, inCents, outCents, balanceCents, movements: count } of items) {
      const movements: Movement[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = (await world.get(`commons-pools/movements?limit=3${programmeId ? `&programmeId=${programmeId}` : ''}${cursor && `&cursor=${cursor}`}`, nobody)).body;
        movements.unshift(...(page['items'] as Movement[]).reverse());
        cursor = page['nextCursor'] as string | null;
      }
      let [standing, told] = [0, 0];
      let last = 0;
      for (const { number, amountCents, balanceCents: after, parts } of movements) {
        standing += amountCents;
        expect([number > last, after]).toEqual([true, standing]);
        last = number;
        told += parts;
        expect(standing).toBeGreaterThanOrEqual(0);
      }
      const sums = (sign: number) => movements.reduce((sum, { amountCents }) => sum + Math.max(0, sign * amountCents), 0);
      expect([sums(1), sums(-1), standing, last, told]).toEqual([inCents, outCents, balanceCents, count, count]);
      for (const { kind, allocation, sharingRules } of movements) {
        expect(allocation === null).toBe(kind !== 'allocation');
        if (programmeId !== null && kind === 'statement') expect(sharingRules).toEqual([{ programmeId, version: 1 }]);
      }
      expect(new Set(movements.map(({ kind }) => kind)).has('other')).toBe(false);
    }
  });

  it('is fed by closings and asked by voters at the same moment, and nobody waits for ever', async () => {
    const { payeeId } = await stated();
    const { body: { allocationId } } = await propose(100, payeeId);
    await speak(allocationId, BERT);
    for (let place = 0; place < 3; place += 1) await world.owedPlace(100_000);
    await world.total();
    const answers = await world.atOnce([
      () => world.post('statement-closings', { as: ANNA }), () => speak(allocationId, ZOE),
    ]);
    expect(answers.map(({ status }) => status).every((status) => status < 300)).toBe(true);
  });
});
