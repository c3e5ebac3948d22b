// Goal: a hold keeps its amount for its own confirmation, for its time and no longer; whatever happens to the voucher
// meanwhile, it is used once and every key keeps its answer.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { VoucherAuthorisedV1, VoucherRedeemedV1, VoucherReleasedV1 } from '#libs/contracts';
import { inspect } from '#libs/invariants';
import type { Answer } from '../../../../test/builders/redemption-app.js';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(120_000);

const HALF_PAST = '2026-03-10T12:30:00.000Z';

let scheme: RedemptionScheme;
let rival: Till;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  rival = await scheme.openTill();
});
afterAll(() => scheme.close());

const wordOf = ({ body, status }: Answer) => body.code ?? status;
const at = <T>(moment: string, act: () => Promise<T>): Promise<T> => {
  scheme.app.clock.set(moment);
  return act().finally(() => scheme.app.clock.set(NOON));
};
async function authorised(over: object = {}, kind: 'unit' | 'balance' = 'unit', asked: object = {}) {
  const { batchId, codes: [code] } = await scheme.batch(1, { kind });
  const { status, body } = await scheme.authorise(code!, over, asked);
  expect(status).toBe(201);
  return { batchId, code: code!, id: String(body['authorisationId']), body };
}
const voucherOf = async (batchId: string) => (await scheme.app.world.inspector.query(
  'select balance::int, held::int, held_until as until, hold_id as id from redemption.voucher where batch_id = $1', [batchId])).rows[0];
const FREE = { held: null, until: null, id: null };

describe('a check', () => {
  it('says what is left and until when, and writes nothing', async () => {
    const { codes: [code] } = await scheme.batch(1, { kind: 'balance', redemptionCentsMax: 700, services: ['employment'] });
    const countAll = async () => (await scheme.app.world.inspector.query(`select (select count(*) from redemption.refused_redemption) as refused,
      (select count(*) from redemption.idempotency) as keys, (select count(*) from redemption.redemption) as redeemed`)).rows;
    const before = await countAll();
    const { status, body } = await scheme.check(code!, { service: 'employment' });
    expect([status, body]).toEqual([200, expect.objectContaining({
      kind: 'balance', faceCents: 1_000, availableCents: 1_000, takeableCents: 700, usableUntil: '2026-12-31', claimableUntil: '2027-01-31',
      services: ['employment'],
    })]);
    expect(wordOf(await scheme.check(code!))).toBe('service_missing');
    expect(await countAll()).toEqual(before);
    expect(scheme.app.logged.join('')).not.toContain(code!.slice(0, 9));
  });

  it('tells of a held balance what is free, and of an empty one that nothing is', async () => {
    const { code } = await authorised({ amountCents: 400 }, 'balance');
    expect((await scheme.check(code, {}, { at: rival })).body).toMatchObject({ availableCents: 600, heldUntil: HALF_PAST });
    await scheme.redeem(code, { amountCents: 600 });
    expect((await scheme.check(code)).body).toMatchObject({ code: 'voucher_held', details: { availableCents: 0, heldUntil: HALF_PAST } });
  });
});

describe('an authorisation', () => {
  it('holds a voucher, moves no money, and becomes the redemption of its id', async () => {
    const { batchId, code, id, body } = await authorised({ coPaymentCents: 150, service: 'safe_use' });
    expect(body).toMatchObject({ amountCents: 1_000, heldUntil: HALF_PAST, authorisedAt: NOON, redemptionId: id.replace('aut_', 'red_'), service: 'safe_use' });
    expect(await voucherOf(batchId)).toEqual({ balance: 1_000, held: 1_000, until: new Date(HALF_PAST), id: id.slice(4) });
    expect((await scheme.redeem(code, {}, { at: rival })).body).toMatchObject({ code: 'voucher_held', details: { heldUntil: HALF_PAST, availableCents: 0 } });
    const [told] = (await scheme.app.emitted(VoucherAuthorisedV1)).filter(({ authorisationId }) => authorisationId === id.slice(4));
    expect(VoucherAuthorisedV1.schema.parse(told)).toMatchObject({ batchId, amountCents: 1_000, heldUntil: HALF_PAST, voucherIndex: 0 });

    const confirmed = await scheme.confirm(id);
    expect([confirmed.status, confirmed.body]).toEqual([201, expect.objectContaining({
      redemptionId: body['redemptionId'], amountCents: 1_000, coPaymentCents: 150, service: 'safe_use', balanceCents: 0,
    })]);
    expect(await voucherOf(batchId)).toEqual({ balance: 0, ...FREE });
    expect((await scheme.app.emitted(VoucherRedeemedV1)).filter(({ redemptionId }) => redemptionId === id.slice(4))).toHaveLength(1);
    expect((await scheme.undo(String(body['redemptionId']))).body).toMatchObject({ balanceCents: 1_000 });
    expect(wordOf(await scheme.redeem(code, {}, { at: rival }))).toBe(201);
  });

  it('of a part leaves the rest to everybody; confirmed for less, it gives back what it did not take', async () => {
    const { batchId, code, id } = await authorised({ amountCents: 700 }, 'balance');
    expect(wordOf(await scheme.redeem(code, { amountCents: 300 }, { at: rival }))).toBe(201);
    expect(wordOf(await scheme.redeem(code, { amountCents: 1 }, { at: rival }))).toBe('voucher_held');
    expect(wordOf(await scheme.authorise(code, { amountCents: 1 }, { at: rival }))).toBe('voucher_held');
    expect((await scheme.confirm(id, { amountCents: 701 })).body).toMatchObject({ code: 'amount_over_authorised', details: { authorisedCents: 700 } });
    expect((await scheme.confirm(id, { amountCents: 500 })).body).toMatchObject({ amountCents: 500, balanceCents: 200 });
    expect(await voucherOf(batchId)).toEqual({ balance: 200, ...FREE });
    expect(wordOf(await scheme.authorise(code, { amountCents: 200 }, { at: rival }))).toBe(201);
  });

  it('lasts as long as the till wishes, up to half an hour, and is over at its instant', async () => {
    const { code } = await authorised({ holdMinutes: 5 });
    await at('2026-03-10T12:04:59.999Z', async () => expect(wordOf(await scheme.redeem(code, {}, { at: rival }))).toBe('voucher_held'));
    await at('2026-03-10T12:05:00.000Z', async () => expect(wordOf(await scheme.redeem(code, {}, { at: rival }))).toBe(201));
    for (const holdMinutes of [0, 31, 1.5]) expect((await scheme.authorise(code, { holdMinutes })).status).toBe(400);
  });

  it('lapsed, is confirmed all the same while the voucher is free, and else told what became of it', async () => {
    const [free, used, held, spent] = [await authorised(), await authorised(), await authorised(), await authorised({ amountCents: 700 }, 'balance')];
    await at(HALF_PAST, async () => {
      expect(wordOf(await scheme.confirm(free.id))).toBe(201);
      await scheme.redeem(used.code, {}, { at: rival });
      expect(wordOf(await scheme.confirm(used.id))).toBe('voucher_used');
      const theirs = await scheme.authorise(held.code, {}, { at: rival });
      expect(wordOf(await scheme.confirm(held.id))).toBe('voucher_held');
      expect(wordOf(await scheme.cancel(held.id))).toBe(200);
      expect(wordOf(await scheme.confirm(String(theirs.body['authorisationId']), {}, { at: rival }))).toBe(201);
      // The hold of the past goes with what is taken of its voucher.
      expect(wordOf(await scheme.redeem(spent.code, { amountCents: 900 }, { at: rival }))).toBe(201);
      expect(await voucherOf(spent.batchId)).toEqual({ balance: 100, ...FREE });
      expect((await scheme.confirm(spent.id)).body).toMatchObject({ code: 'voucher_balance_too_low', details: { availableCents: 100 } });
      expect(wordOf(await scheme.confirm(spent.id, { amountCents: 100 }))).toBe(201);
    });
  });

  it('cancelled, is free at once and confirmed no more; confirmed, is cancelled no more', async () => {
    const { batchId, code, id } = await authorised();
    const { status, body } = await scheme.cancel(id);
    expect([status, body]).toEqual([200, { authorisationId: id, amountCents: 1_000, currency: 'EUR', cancelledAt: NOON }]);
    expect((await scheme.cancel(id)).body).toEqual(body);
    expect(await voucherOf(batchId)).toEqual({ balance: 1_000, ...FREE });
    expect((await scheme.app.emitted(VoucherReleasedV1)).filter(({ authorisationId }) => authorisationId === id.slice(4))).toHaveLength(1);
    expect(wordOf(await scheme.confirm(id))).toBe('authorisation_cancelled');
    const again = await scheme.authorise(code);
    const second = String(again.body['authorisationId']);
    await scheme.confirm(second);
    expect((await scheme.cancel(second)).body).toMatchObject({ code: 'authorisation_confirmed', details: { amountCents: 1_000 } });
  });

  it('is its place\'s alone: to another one it does not exist', async () => {
    const { id } = await authorised();
    for (const asked of [id, `aut_${uuidv7()}`]) {
      expect(wordOf(await scheme.confirm(asked, {}, { at: rival }))).toBe('authorisation_not_found');
      expect(wordOf(await scheme.cancel(asked, { at: rival }))).toBe('authorisation_not_found');
    }
    expect((await scheme.confirm(id, {}, { at: { ...rival, token: scheme.operator } })).body.code).toBe('role_missing');
  });

  it('is judged by the rules of its confirmation', async () => {
    const orderId = uuidv7();
    const { codes: [frozen] } = await scheme.batch(1, { orderId });
    const waiting = String((await scheme.authorise(frozen!)).body['authorisationId']);
    const disputeId = await scheme.dispute(orderId);
    const key = uuidv7();
    expect(wordOf(await scheme.confirm(waiting, {}, { key }))).toBe('voucher_frozen');
    await scheme.closeDispute(orderId, disputeId, 'won');
    // The key keeps its refusal, another one is decided.
    expect([wordOf(await scheme.confirm(waiting, {}, { key })), wordOf(await scheme.confirm(waiting))]).toEqual(['voucher_frozen', 201]);

    const lost = await authorised();
    await scheme.stop(lost.batchId, { first: 0, last: 0 });
    expect(wordOf(await scheme.confirm(lost.id))).toBe('voucher_stopped');
  });

  it('does not outlive the last claim day: the confirmation is too late, and the run takes the balance and the hold', async () => {
    const { batchId, codes: [code] } = await scheme.batch(1, { usableUntil: '2026-03-10', claimableUntil: '2026-03-10' });
    const late = await at('2026-03-10T22:50:00.000Z', () => scheme.authorise(code!));
    const id = String(late.body['authorisationId']);
    expect(late.body['heldUntil']).toBe('2026-03-10T23:20:00.000Z');
    await at('2026-03-10T23:00:00.000Z', async () => expect(wordOf(await scheme.confirm(id))).toBe('claim_too_late'));
    await at('2026-03-11T12:00:00.000Z', () => scheme.expire(batchId));
    expect(await voucherOf(batchId)).toEqual({ balance: 0, ...FREE });
    await at('2026-03-11T12:00:01.000Z', async () => expect(wordOf(await scheme.confirm(id))).toBe('claim_too_late'));
  });

  it('moves with its voucher to no replacement: the hold ends with the balance', async () => {
    const { batchId, id } = await authorised();
    await scheme.stop(batchId, { first: 0, last: 0 });
    const { codes: [fresh] } = await scheme.batch(1, { replaces: { batchId, first: 0 } });
    expect(await voucherOf(batchId)).toEqual({ balance: 0, ...FREE });
    expect([wordOf(await scheme.confirm(id)), wordOf(await scheme.redeem(fresh!))]).toEqual(['voucher_stopped', 201]);
  });
});

describe('a key of two-step redemption', () => {
  it('keeps its answer, whatever came after', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const [key, confirmation] = [uuidv7(), uuidv7()];
    const first = await scheme.authorise(code!, {}, { key });
    expect((await scheme.authorise(code!, {}, { key })).body).toEqual(first.body);
    const confirmed = await scheme.confirm(`aut_${key}`, {}, { key: confirmation });
    for (const again of [confirmation, uuidv7()]) expect((await scheme.confirm(`aut_${key}`, {}, { key: again })).body).toEqual(confirmed.body);
    expect((await scheme.authorise(code!, {}, { key })).body).toEqual(first.body);
    expect((await scheme.confirm(`aut_${key}`, { amountCents: 999 })).body).toMatchObject({ code: 'authorisation_confirmed' });
    const refused = uuidv7();
    expect([wordOf(await scheme.authorise(code!, {}, { key: refused })), wordOf(await scheme.authorise(code!, {}, { key: refused }))]).toEqual(['voucher_used', 'voucher_used']);
  });

  it('is no key of anything else', async () => {
    const { codes } = await scheme.batch(4);
    const [held, redeemed, refused] = [uuidv7(), uuidv7(), uuidv7()];
    await scheme.authorise(codes[0]!, {}, { key: held });
    await scheme.redeem(codes[1]!, {}, { key: redeemed });
    await scheme.authorise(codes[1]!, {}, { key: refused });
    const reused = [
      () => scheme.redeem(codes[0]!, {}, { key: held }), () => scheme.redeem(codes[2]!, {}, { key: held }),
      () => scheme.authorise(codes[2]!, {}, { key: held }), () => scheme.authorise(codes[0]!, { holdMinutes: 5 }, { key: held }),
      () => scheme.authorise(codes[1]!, {}, { key: redeemed }), () => scheme.redeem(codes[1]!, {}, { key: refused }),
    ];
    for (const ask of reused) expect(wordOf(await ask())).toBe('idempotency_key_reused');
    await scheme.cancel(`aut_${held}`);
    expect(wordOf(await scheme.redeem(codes[0]!, {}, { key: held }))).toBe('idempotency_key_reused');
    expect((await scheme.authorise(codes[3]!, {}, { key: '01900000-0000-4000-8000-00000000000a' })).body.code).toBe('idempotency_key_malformed');
  });
});

describe('at once', () => {
  it('twenty authorise one voucher and one holds it; its confirmation, a cancelling and its rivals meet, and it is used once at most', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { code, id } = await authorised();
      const [confirmed, cancelled, ...others] = await Promise.all([
        scheme.confirm(id), scheme.cancel(id),
        ...Array.from({ length: 9 }, (_, index) =>
          (index % 2 ? scheme.redeem(code, {}, { at: rival }) : scheme.authorise(code, {}, { at: rival }))),
      ]);
      const words = others.map(wordOf);
      if (wordOf(confirmed) === 201) {
        expect([wordOf(cancelled), ...words].every((word) => word === 'authorisation_confirmed' || word === 'voucher_held' || word === 'voucher_used')).toBe(true);
      } else {
        expect(wordOf(cancelled)).toBe(200);
        expect(words.filter((word) => word === 201).length).toBeLessThanOrEqual(1);
      }
    }
    const { codes: [wanted] } = await scheme.batch(1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => scheme.authorise(wanted!)));
    expect(answers.map(wordOf).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 'voucher_held')]);
  });

  it('leaves what redemption can check alone in order', async () => {
    expect((await inspect(scheme.app.world.database.inspectorUrl)).broken.filter(({ invariant }) => /^(L3|L4|L5|L11|R)/.test(invariant))).toEqual([]);
  });
});

describe('the database', () => {
  it.each([
    ['a hold of more than there is', 'held = 1001, held_until = now(), hold_id = gen_random_uuid()'],
    ['a hold of nothing', 'held = 0, held_until = now(), hold_id = gen_random_uuid()'],
    ['a part of a unit voucher', 'held = 999, held_until = now(), hold_id = gen_random_uuid()'],
    ['a hold without an end', 'held = 1000, hold_id = gen_random_uuid()'],
  ])('refuses %s', async (_, set) => {
    const { batchId } = await scheme.batch(1);
    await expect(scheme.app.world.service.query(`update redemption.voucher set ${set} where batch_id = $1`, [batchId])).rejects.toMatchObject({ code: '23514' });
  });

  it('refuses to take a balance from under its hold, to cancel what is confirmed, and to change a fact', async () => {
    const { service } = scheme.app.world;
    const [held, confirmed] = [await authorised({ amountCents: 500 }, 'balance'), await authorised()];
    await expect(service.query('update redemption.voucher set balance = 499 where batch_id = $1', [held.batchId])).rejects.toMatchObject({ code: '23514' });
    await scheme.confirm(confirmed.id);
    const cancel = `insert into redemption.cancelled_authorisation values ($1, gen_random_uuid(), 'x', now())`;
    await expect(service.query(cancel, [confirmed.id.slice(4)])).rejects.toMatchObject({ code: '23514' });
    for (const table of ['authorisation', 'cancelled_authorisation']) {
      await expect(service.query(`update redemption.${table} set id = id`)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
