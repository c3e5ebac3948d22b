import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { RedemptionUndoneV1 } from '#libs/contracts';
import { inspect } from '#libs/invariants';
import { until } from '#libs/testing';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';
import { REFUSALS } from '../refusals.js';

jest.setTimeout(120_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(() => scheme.close());

const rows = async <T extends object>(sql: string, values: unknown[] = []) =>
  (await scheme.app.world.inspector.query<T & Record<string, unknown>>(sql, values)).rows;
const redeemed = async (code: string, at: Till = scheme.till) => String((await scheme.redeem(code, {}, { at })).body['redemptionId']);
const at = async <T>(moment: string, act: (till: string, operator: string) => Promise<T>): Promise<T> => {
  scheme.app.clock.set(moment);
  // Tokens live five minutes of the clock on the wall, not of this one.
  return act(scheme.till.token, scheme.operator).finally(() => scheme.app.clock.set(NOON));
};
const numbered = () => until('all messages have numbers', async () => (await rows('select 1 from redemption.outbox')).length === 0);

describe('an undone redemption', () => {
  it('leaves its voucher as it was, and a second row beside each that it wrote', async () => {
    const { batchId, codes: [code] } = await scheme.batch(1);
    const redemptionId = await redeemed(code!);
    const { status, body } = await scheme.undo(redemptionId);
    expect([status, body]).toEqual([200, { redemptionId, amountCents: 1_000, currency: 'EUR', balanceCents: 1_000, with: [], undoneAt: NOON }]);
    const id = redemptionId.slice(4);
    expect(await rows('select debit, credit, amount::int, reverses_event_id, reverses_line from redemption.transfer where rule = $1 and reverses_event_id = $2', ['8', id]))
      .toEqual([{ debit: 'clearing:settlement', credit: `outstanding:${batchId}`, amount: 1_000, reverses_event_id: id, reverses_line: 0 }]);
    const [told] = (await scheme.app.emitted(RedemptionUndoneV1)).filter((each) => each.redemptionId === id);
    expect(told).toMatchObject({ batchId, placeId: scheme.till.placeId.slice(4), amountCents: 1_000, reason: 'wrong_voucher', to: 'balance' });
    expect((await scheme.redeem(code!)).status).toBe(201);
  });

  it('is not among what the place redeemed today, nor in its total', async () => {
    const till = await scheme.openTill();
    const { codes } = await scheme.batch(3);
    const [first] = [await redeemed(codes[0]!, till), await redeemed(codes[1]!, till)];
    await scheme.undo(first!, till.token);
    const today = await scheme.app.get('redemptions', till.token);
    expect(today.body).toMatchObject({ count: 1, amountCents: 1_000, items: [{ voucherId: expect.any(String) }] });
    await numbered();
    const { places } = (await scheme.app.get('totals', scheme.operator)).body as unknown as { places: { placeId: string }[] };
    expect(places.find(({ placeId }) => placeId === till.placeId)).toEqual({ placeId: till.placeId, count: 1, amountCents: 1_000 });
  });

  it('is told to its till as it was, when the till asks for it again: it repeats what happened, and takes nothing', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const key = uuidv7();
    const first = await scheme.redeem(code!, {}, { key });
    await scheme.undo(`red_${key}`);
    expect((await scheme.redeem(code!, {}, { key })).body).toEqual(first.body);
    expect(await rows('select balance::int from redemption.voucher where last_redemption_id = $1', [key])).toEqual([{ balance: 1_000 }]);
  });

  it('gives a balance voucher back what it took, and no more', async () => {
    const { codes: [code] } = await scheme.batch(1, { kind: 'balance' });
    const answers = [];
    for (const amountCents of [300, 600]) answers.push(await scheme.redeem(code!, { amountCents }));
    expect((await scheme.undo(String(answers[0]!.body['redemptionId']))).body).toMatchObject({ amountCents: 300, balanceCents: 400 });
    expect((await scheme.redeem(code!, { amountCents: 401 })).body.code).toBe('voucher_balance_too_low');
  });
});

const manager = (till: Till) => scheme.app.tillToken(till.placeId, { roles: ['manager', 'till'] });

describe('undoing', () => {
  it('is the manager\'s of the place after that, until the period closes, and no other place\'s', async () => {
    const { codes } = await scheme.batch(3);
    const [late, closed, last] = [await redeemed(codes[0]!), await redeemed(codes[1]!), await redeemed(codes[2]!)];
    const rival = await manager(await scheme.openTill());
    await at('2026-03-10T18:00:00.000Z', async (till) => {
      expect((await scheme.undo(late, till)).body).toMatchObject({ code: 'undo_too_late', details: { because: 'window_over' } });
      expect((await scheme.undo(late, rival)).body.code).toBe('redemption_not_found');
      expect((await scheme.undo(late, await manager(scheme.till))).status).toBe(200);
      expect((await scheme.undo(last, await scheme.app.tillToken(scheme.till.placeId, { roles: ['manager'] }))).status).toBe(200);
      await numbered();
      expect((await scheme.closePeriod()).status).toBe(201);
      expect((await scheme.undo(closed, await manager(scheme.till))).body).toMatchObject({ code: 'undo_too_late', details: { because: 'period_closed' } });
    });
  });

  it('is the till\'s for fifteen minutes, and the operator\'s after that', async () => {
    const { codes } = await scheme.batch(2);
    const [one, other] = [await redeemed(codes[0]!), await redeemed(codes[1]!)];
    await at('2026-03-10T12:15:00.000Z', async (till) => expect((await scheme.undo(one, till)).status).toBe(200));
    await at('2026-03-10T12:15:00.001Z', async (till, operator) => {
      expect((await scheme.undo(other, till)).body).toMatchObject({ code: 'undo_too_late', details: { because: 'window_over', until: '2026-03-10T12:15:00.000Z' } });
      expect((await scheme.undo(other, operator)).status).toBe(200);
    });
  });

  it('of another place\'s redemption is not a till\'s business: it does not exist', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const redemptionId = await redeemed(code!);
    const rival = await scheme.openTill();
    for (const id of [redemptionId, `red_${uuidv7()}`]) {
      expect((await scheme.undo(id, rival.token)).body).toMatchObject({ code: 'redemption_not_found', detail: REFUSALS.redemption_not_found.sentence, details: {} });
    }
  });

  it('happens once: ten ask at once, one is told yes; the same key is told the same', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const redemptionId = await redeemed(code!);
    const key = uuidv7();
    const five = (ask: () => ReturnType<typeof scheme.undo>) => Array.from({ length: 5 }, ask);
    const answers = await Promise.all([
      ...five(() => scheme.undo(redemptionId)), ...five(() => scheme.undo(redemptionId, scheme.till.token, key)),
    ]);
    const words = answers.map(({ body }) => body.code ?? 'undone');
    expect(words.slice(5)).toEqual(Array.from({ length: 5 }, () => words[5]));
    expect([...words.slice(0, 5), words[5]].filter((word) => word === 'undone')).toHaveLength(1);
    expect(new Set(words)).toEqual(new Set(['undone', 'redemption_undone']));
  });

  it('ends with the last claim day at the site', async () => {
    const { codes: [code] } = await scheme.batch(1, { claimableUntil: '2026-12-31' });
    const redemptionId = await redeemed(code!);
    const [late] = [await redeemed((await scheme.batch(1, { claimableUntil: '2026-12-31' })).codes[0]!)];
    await at('2026-12-31T22:59:59.000Z', async (_, operator) => expect((await scheme.undo(redemptionId, operator)).status).toBe(200));
    await at('2026-12-31T23:00:00.000Z', async (_, operator) =>
      expect((await scheme.undo(late, operator)).body).toMatchObject({ code: 'undo_too_late', details: { because: 'voucher_expired' } }));
  });

  it('ends when the period closes, for the operator too', async () => {
    const { codes } = await scheme.batch(2);
    const inside = await redeemed(codes[0]!);
    await numbered();
    expect((await scheme.closePeriod()).status).toBe(201);
    const outside = await redeemed(codes[1]!);
    for (const token of [scheme.till.token, scheme.operator]) {
      expect((await scheme.undo(inside, token)).body).toMatchObject({ code: 'undo_too_late', details: { because: 'period_closed' } });
    }
    expect((await scheme.undo(outside)).status).toBe(200);
  });
});

describe('undoing, redeeming and closing at once', () => {
  it('takes each cent one way: no total that was told has in it what is undone after it', async () => {
    const [tills, { codes }] = [await Promise.all([scheme.openTill(), scheme.openTill()]), await scheme.batch(30, { kind: 'balance' })];
    const lives = codes.map(async (code, index) => {
      const till = tills[index % 2]!;
      for (let round = 0; round < 3; round += 1) {
        const { body, status } = await scheme.redeem(code, { amountCents: 1_000 }, { at: till });
        if (status === 201) await Promise.all([scheme.undo(String(body['redemptionId']), till.token), scheme.redeem(code, { amountCents: 1 }, { at: till })]);
      }
    });
    let closing = true;
    const closed: string[] = [];
    const closings = (async () => {
      while (closing) closed.push(String((await scheme.closePeriod()).body.code ?? 'closed'));
    })();
    await Promise.all(lives);
    closing = false;
    await closings;
    await numbered();
    expect((await scheme.closePeriod()).status).toBe(201);
    expect(closed).toContain('closed');
    await until('all messages are in batches', async () => (await rows('select 1 from redemption.outbox')).length === 0);

    // Every told total, computed again from the messages up to its number, as settlement does.
    const different = await rows(`
      with message as (select distinct on (m ->> 'id') (m ->> 'seq')::bigint as seq, m ->> 'type' as type, m -> 'body' as body
        from redemption.sent_batch, jsonb_array_elements(messages) m),
      total as (select distinct (body ->> 'upToSeq')::bigint as up_to, (p ->> 'placeId') as place, (p ->> 'count')::int as count, (p ->> 'amountCents')::bigint as amount
        from message, jsonb_array_elements(body -> 'places') p where type = 'redemption.period_totalled.v1'),
      sums as (select t.up_to, t.place, t.count, t.amount,
          count(*) filter (where type = 'voucher.redeemed.v1') - count(*) filter (where type = 'redemption.undone.v1') as counted,
          coalesce(sum(case type when 'voucher.redeemed.v1' then (body ->> 'amountCents')::bigint else -(body ->> 'amountCents')::bigint end), 0) as summed
        from total t left join message m on m.seq <= t.up_to and m.body ->> 'placeId' = t.place
          and m.type in ('voucher.redeemed.v1', 'redemption.undone.v1') group by 1, 2, 3, 4)
      select * from sums where count <> counted or amount <> summed`);
    expect(different).toEqual([]);
    const late = await rows(`
      with message as (select distinct on (m ->> 'id') (m ->> 'seq')::bigint as seq, m ->> 'type' as type, m -> 'body' as body
        from redemption.sent_batch, jsonb_array_elements(messages) m)
      select r.seq, u.seq as undone, c.up_to_seq from message r join message u on u.type = 'redemption.undone.v1' and u.body ->> 'redemptionId' = r.body ->> 'redemptionId'
      join redemption.period_closing c on c.up_to_seq >= r.seq and c.up_to_seq < u.seq where r.type = 'voucher.redeemed.v1'`);
    expect(late).toEqual([]);
    const [undone] = await rows<{ count: number }>('select count(*)::int as count from redemption.undone_redemption');
    expect(undone!.count).toBeGreaterThan(10);
  });

  it('leaves what redemption can check alone in order', async () => {
    expect((await inspect(scheme.app.world.database.inspectorUrl)).broken.filter(({ invariant }) => /^(L3|L4|L5|L11|R)/.test(invariant))).toEqual([]);
  });
});
