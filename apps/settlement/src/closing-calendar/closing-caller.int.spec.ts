// Statements that close by themselves: redemption is told once, and what it totals is closed once, whoever else closes meanwhile.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClosingDueV1 } from '#libs/contracts';
import { SettlementWorld, shown, type Place } from '../../../../test/builders/settlement-world.js';
import { ClosingCaller } from './closing-caller.js';

let world: SettlementWorld;
let caller: ClosingCaller;
let place: Place;

beforeEach(async () => {
  world = await SettlementWorld.create();
  caller = new ClosingCaller(world.work, world.commands);
  await world.done('closing-rules', { programmeId: shown('programme', world.programmeId), from: '2026-04-03', frequency: 'monthly', minimumCents: 0 });
  place = await world.owedPlace();
});
afterEach(() => world.close());

const at = (instant: string) => world.clock.set(instant);
const called = async () => (await world.emitted(ClosingDueV1)).map(({ body }) => body.periodEnd);

describe('the calendar of statements', () => {
  it('tells redemption once that a period is over, waits for its total, and closes once', async () => {
    at('2026-04-30T20:00:00Z');
    expect(await caller.look()).toBe('nothing_due');
    // Midnight where our banks are; in UTC it is still April.
    at('2026-04-30T22:00:00Z');
    expect(await caller.look()).toBe('called');
    expect(await caller.look()).toBe('waits_for_total');
    await world.total();
    expect(await caller.look()).toBe('closed');
    expect(await caller.look()).toBe('nothing_due');
    expect([await called(), await world.count('statement'), await world.count('statement_closing', `opened_by = 'closing-calendar' and period = '2026-04'`)])
      .toEqual([['2026-04-30'], 1, 1]);
    at('2026-06-02T10:00:00Z');
    expect(await caller.look()).toBe('called');
    expect(await called()).toEqual(['2026-04-30', '2026-05-31']);
  });

  it('calls once when several processes look at once', async () => {
    at('2026-05-01T03:00:00Z');
    const others = [caller, new ClosingCaller(world.work, world.commands), new ClosingCaller(world.work, world.commands)];
    const looks = await world.atOnce(others.map((one) => () => one.look()));
    expect(looks.every((look) => look === 'called' || look === 'waits_for_total')).toBe(true);
    expect(await called()).toEqual(['2026-04-30']);
  });

  it('takes no total of before its call for an answer, because the period may go on after it', async () => {
    at('2026-04-20T10:00:00Z');
    await world.total();
    at('2026-05-01T03:00:00Z');
    expect(await caller.look()).toBe('called');
    expect(await caller.look()).toBe('waits_for_total');
  });

  it('leaves it to a person who was faster', async () => {
    at('2026-05-01T03:00:00Z');
    expect(await caller.look()).toBe('called');
    await world.closeStatements();
    expect(await caller.look()).toBe('nothing_due');
  });

  it('says why it cannot close, and closes once it can', async () => {
    at('2026-05-01T03:00:00Z');
    await caller.look();
    await world.total(world.seq, [{ placeId: place.placeId, count: 1, amountCents: 1001 }]);
    expect(await caller.look()).toEqual({ refused: 'totals_differ' });
    await world.redeem(place);
    await world.total();
    expect(await caller.look()).toBe('closed');
    expect(await world.count('statement')).toBe(1);
  });

  it('finishes a closing that was left half done', async () => {
    at('2026-05-01T03:00:00Z');
    await caller.look();
    await world.total();
    const transaction = world.work.transaction.bind(world.work);
    let transactions = 0;
    world.work.transaction = (origin, work) => {
      transactions += 1;
      return transactions === 2 ? Promise.reject(new Error('killed')) : transaction(origin, work);
    };
    await expect(caller.look()).rejects.toThrow('killed');
    expect(await world.count('statement_closing', 'finished_at is null')).toBe(1);
    expect(await caller.look()).toBe('closed');
    expect(await caller.look()).toBe('nothing_due');
    expect([await world.count('statement'), await world.count('statement_closing', 'finished_at is null')]).toEqual([1, 0]);
  });

  it('of a period that has not ended is refused by the database itself', async () => {
    await expect(world.service.query(`insert into settlement.closing_call values ('2026-05-01', gen_random_uuid(), '2026-05-01T10:00:00Z')`))
      .rejects.toThrow('period_has_ended');
  });
});
