import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import {
  RangeGivenBackV1, RangeHandedOverV1, RangeLostV1, RangeReceivedV1, RangeWrittenOffV1, VoucherReplacedV1, VoucherStoppedV1,
} from '#libs/contracts';
import { inspect } from '#libs/invariants';
import { RedemptionScheme, type MintedBatch } from '../../../../test/builders/redemption-scheme.js';
import { CUSTODY } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(120_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(() => scheme.close());

const rows = async (sql: string, values: unknown[] = []) =>
  (await scheme.app.world.inspector.query<Record<string, unknown>>(sql, values)).rows;
const wordFor = async (code: string, over: object = {}) => (await scheme.redeem(code, over)).body.code ?? 'redeemed';
const serialsOf = async (batchId: string) => {
  const [row] = await rows('select serial_permutation_id as id from redemption.batch where id = $1', [batchId]);
  return scheme.app.keyring.serials(String(row!['id']));
};
const replace = ({ batchId }: MintedBatch, first: number, count: number) => scheme.batch(count, { replaces: { batchId, first } });
const outstandingOf = async (batchId: string) => Number((await rows(
  `select coalesce(sum(case when credit = $1 then amount else -amount end), 0) as sum from redemption.transfer where $1 in (debit, credit)`,
  [`outstanding:${batchId}`]))[0]!['sum']);
const inOrder = async () =>
  (await inspect(scheme.app.world.database.inspectorUrl)).broken.filter(({ invariant }) => /^(L3|L4|L5|L11|R)/.test(invariant));

describe('a stop', () => {
  it('is in force when it is answered, for its vouchers and no other, and told to an accredited till only', async () => {
    const { batchId, codes } = await scheme.batch(4);
    const { status, body } = await scheme.stop(batchId, { first: 1, last: 2 });
    expect([status, body]).toEqual([201, {
      stopId: expect.stringMatching(/^stp_/), batchId: `bat_${batchId}`, ranges: [{ first: 1, last: 2 }], count: 2, stoppedAt: expect.any(String),
    }]);
    expect([await wordFor(codes[0]!), await wordFor(codes[1]!), await wordFor(codes[2]!)]).toEqual(['redeemed', 'voucher_stopped', 'voucher_stopped']);
    expect((await scheme.redeem(codes[1]!, {}, { at: await scheme.formerTill() })).body.code).toBe('voucher_not_found');
    expect(await scheme.app.emitted(VoucherStoppedV1)).toContainEqual({ stopId: String(body['stopId']).slice(4), batchId, ranges: [{ first: 1, last: 2 }], reason: 'lost' });
  });

  it('may be said by the serials on the vouchers, and may overlap another', async () => {
    const { batchId, codes } = await scheme.batch(6);
    const serials = await serialsOf(batchId);
    await scheme.stop(batchId, { first: 0, last: 1 });
    const { body } = await scheme.stop(batchId, { serials: [4, 1, 2].map((index) => serials.serialOf(index)) });
    expect(body).toMatchObject({ ranges: [{ first: 1, last: 2 }, { first: 4, last: 4 }], count: 3 });
    expect(await Promise.all(codes.map((code) => wordFor(code)))).toEqual(
      ['voucher_stopped', 'voucher_stopped', 'voucher_stopped', 'redeemed', 'voucher_stopped', 'redeemed']);
  });

  it('leaves what was redeemed before payable, and undoable', async () => {
    const { batchId, codes: [code] } = await scheme.batch(1);
    const { body } = await scheme.redeem(code!);
    await scheme.stop(batchId, { first: 0, last: 0 });
    expect((await scheme.undo(String(body['redemptionId']))).status).toBe(200);
    expect(await wordFor(code!)).toBe('voucher_stopped');
  });

  it.each([
    ['a batch that there is not', { batchId: 'bat_01900000-0000-7000-8000-000000000001', first: 0, last: 0 }, 'batch_not_found'],
    ['a range beyond the batch', { first: 0, last: 1 }, 'range_outside_batch'],
    ['a range and serials', { first: 0, last: 0, serials: ['x'] }, 'request_malformed'],
    ['half a range', { first: 0 }, 'request_malformed'], ['nothing', {}, 'request_malformed'],
    ['what is no serial', { serials: ['ABCDEFGH-0000000-0'] }, 'request_malformed'],
    ['for no reason of the list', { first: 0, last: 0, reason: 'because' }, 'request_malformed'],
  ])('refuses %s', async (_, which, code) => {
    expect((await scheme.stop((await scheme.batch(1)).batchId, which)).body.code).toBe(code);
  });

  it('refuses serials of another batch, by name, and stops none', async () => {
    const [ours, theirs] = [await scheme.batch(2), await scheme.batch(2)];
    const [own, foreign] = [(await serialsOf(ours.batchId)).serialOf(0), (await serialsOf(theirs.batchId)).serialOf(0)];
    expect((await scheme.stop(ours.batchId, { serials: [own, foreign] })).body).toMatchObject({ code: 'serial_not_in_batch', details: { serial: foreign } });
    expect((await scheme.stop(ours.batchId, { serials: [(await serialsOf(ours.batchId)).serialOf(2)] })).body.code).toBe('serial_not_in_batch');
    expect(await wordFor(ours.codes[0]!)).toBe('redeemed');
  });

  it('may be a distributor\'s, for what it had last: received, handed over, not sent on or given back', async () => {
    const { batchId, codes } = await scheme.batch(10);
    const [own, other] = [uuidv7(), uuidv7()];
    const arrives = (distributorId: string, first: number, last: number, occurredAt: string) => scheme.app.take(RangeReceivedV1,
      { deliveryOutcomeId: uuidv7(), deliveryId: uuidv7(), batchId, distributorId, first, last }, uuidv7(), occurredAt);
    const by = async (distributorId: string, first: number, last: number) =>
      (await scheme.app.call('stops', { token: await scheme.app.distributorToken(distributorId), body: { batchId: `bat_${batchId}`, first, last, reason: 'stolen' } })).body;
    expect(await by(own, 0, 0)).toMatchObject({ code: 'range_not_held', details: { first: 0, last: 0 } });
    await arrives(own, 0, 9, '2026-01-01T10:00:00.000Z');
    await scheme.app.take(RangeHandedOverV1, { handOverId: uuidv7(), batchId, distributorId: own, first: 0, last: 3 });
    // The later message may come first.
    await arrives(other, 4, 5, '2026-01-03T10:00:00.000Z');
    await arrives(own, 4, 5, '2026-01-02T10:00:00.000Z');
    const back = { deliveryOutcomeId: uuidv7(), deliveryId: uuidv7(), batchId, distributorId: own, first: 9, last: 9 };
    await scheme.app.take(RangeGivenBackV1, back);
    expect(await by(own, 0, 5)).toMatchObject({ code: 'range_not_held', details: { first: 4, last: 5 } });
    expect(await by(own, 8, 9)).toMatchObject({ code: 'range_not_held', details: { first: 9, last: 9 } });
    expect(await by(other, 3, 4)).toMatchObject({ code: 'range_not_held', details: { first: 3, last: 3 } });
    expect(await by(own, 0, 1)).toMatchObject({ count: 2 });
    expect(await by(other, 4, 4)).toMatchObject({ count: 1 });
    expect(await Promise.all([0, 2, 4, 5].map((index) => wordFor(codes[index]!)))).toEqual(['voucher_stopped', 'redeemed', 'voucher_stopped', 'redeemed']);
  });

  it('follows when issuance says what was lost, of what nobody stopped yet', async () => {
    const { batchId, codes } = await scheme.batch(8);
    const { body } = await scheme.redeem(codes[0]!);
    await scheme.stop(batchId, { first: 1, last: 2 });
    await scheme.app.take(RangeWrittenOffV1, { stockLossId: uuidv7(), batchId, distributorId: uuidv7(), first: 0, last: 3, reason: 'stolen' });
    const onTheWay = { deliveryOutcomeId: uuidv7(), deliveryId: uuidv7(), batchId, distributorId: uuidv7(), first: 4, last: 5 };
    await scheme.app.take(RangeLostV1, onTheWay);
    await scheme.app.take(RangeWrittenOffV1, { stockLossId: uuidv7(), batchId, first: 4, last: 5, reason: 'destroyed' });
    expect(await Promise.all(codes.slice(1).map((code) => wordFor(code)))).toEqual([...Array<string>(5).fill('voucher_stopped'), 'redeemed', 'redeemed']);
    const told = (await scheme.app.emitted(VoucherStoppedV1)).filter((stop) => stop.batchId === batchId);
    expect(told.map(({ ranges, reason }) => [ranges, reason])).toEqual([
      [[{ first: 1, last: 2 }], 'lost'], [[{ first: 0, last: 0 }, { first: 3, last: 3 }], 'stolen'], [[{ first: 4, last: 5 }], 'lost'],
    ]);
    // What was redeemed before stays payable: it is there, and not undone.
    expect(await rows('select from redemption.undone_redemption where redemption_id = $1', [String(body['redemptionId']).slice(4)])).toEqual([]);
  });

  it('is no till\'s', async () => {
    const { batchId } = await scheme.batch(1);
    const body = { batchId: `bat_${batchId}`, first: 0, last: 0, reason: 'lost' };
    expect((await scheme.app.call('stops', { token: scheme.till.token, body })).body.code).toBe('role_missing');
  });
});

describe('a replacement', () => {
  it('can be spent for what was left on the voucher that it stands for, exactly once', async () => {
    const old = await scheme.batch(5);
    await scheme.redeem(old.codes[2]!);
    await scheme.stop(old.batchId, { first: 1, last: 3 });
    const made = await replace(old, 1, 3);
    const [told] = (await scheme.app.emitted(VoucherReplacedV1)).filter(({ replacementBatchId }) => replacementBatchId === made.batchId);
    expect(told).toEqual({
      replacementBatchId: made.batchId, batchId: old.batchId, first: 1, last: 3, count: 2, amountCents: 2_000, currency: 'EUR', custodyAccountId: CUSTODY,
    });
    expect([await outstandingOf(old.batchId), await outstandingOf(made.batchId)]).toEqual([2_000, 2_000]);
    expect([await wordFor(old.codes[1]!), await wordFor(made.codes[0]!), await wordFor(made.codes[0]!)]).toEqual(['voucher_stopped', 'redeemed', 'voucher_used']);
    expect([await wordFor(old.codes[2]!), await wordFor(made.codes[1]!)]).toEqual(['voucher_stopped', 'voucher_used']);
    expect(await outstandingOf(made.batchId)).toBe(1_000);
    const { items } = (await scheme.app.get('batches', scheme.operator)).body as unknown as { items: { batchId: string; spendableCount: number }[] };
    expect(items.find(({ batchId }) => batchId === `bat_${made.batchId}`)).toMatchObject({ count: 3, spendableCount: 3, leftCents: 1_000 });
  });

  it('of a balance voucher holds the rest of it, and may be replaced in its turn', async () => {
    const old = await scheme.batch(1, { kind: 'balance' });
    await scheme.redeem(old.codes[0]!, { amountCents: 300 });
    await scheme.stop(old.batchId, { first: 0, last: 0 });
    const made = await scheme.batch(1, { kind: 'balance', replaces: { batchId: old.batchId, first: 0 } });
    expect(await wordFor(made.codes[0]!, { amountCents: 701 })).toBe('voucher_balance_too_low');
    await scheme.redeem(made.codes[0]!, { amountCents: 200 });
    await scheme.stop(made.batchId, { first: 0, last: 0 });
    const again = await scheme.batch(1, { kind: 'balance', replaces: { batchId: made.batchId, first: 0 } });
    expect([await wordFor(made.codes[0]!, { amountCents: 1 }), await wordFor(again.codes[0]!, { amountCents: 500 })]).toEqual(['voucher_stopped', 'redeemed']);
  });

  it('brings nothing over from vouchers that no money came in for', async () => {
    const old = await scheme.batch(4, { active: false });
    await scheme.activate(old.batchId, 0, 1);
    await scheme.stop(old.batchId, { first: 0, last: 3 });
    const made = await replace(old, 0, 4);
    expect(await Promise.all(made.codes.map((code) => wordFor(code)))).toEqual(['redeemed', 'redeemed', 'voucher_used', 'voucher_used']);
  });

  it('is refused for vouchers that can still be spent: nothing is loaded, nothing moves', async () => {
    const old = await scheme.batch(3);
    await scheme.stop(old.batchId, { first: 0, last: 1 });
    await expect(replace(old, 0, 3)).rejects.toThrow('are not stopped');
    expect(await outstandingOf(old.batchId)).toBe(3_000);
  });

  it('is refused of vouchers that have one, and for a batch that money came in for', async () => {
    const old = await scheme.batch(3);
    await scheme.stop(old.batchId, { first: 0, last: 2 });
    const made = await replace(old, 0, 2);
    await expect(replace(old, 1, 2)).rejects.toThrow('replaced_ranges_apart');
    await expect(scheme.activate(made.batchId, 0, 1)).rejects.toThrow('is not activated');
  });

  it('ends what could be undone of the old voucher', async () => {
    const old = await scheme.batch(1);
    const { body } = await scheme.redeem(old.codes[0]!);
    await scheme.stop(old.batchId, { first: 0, last: 0 });
    await replace(old, 0, 1);
    expect((await scheme.undo(String(body['redemptionId']))).body.code).toBe('voucher_replaced');
  });

  it('never lets both be spent, whatever tills do with the old and the new codes meanwhile', async () => {
    const old = await scheme.batch(40);
    const spent: string[] = [];
    const spend = async (code: string, index: number) => {
      if (await wordFor(code) === 'redeemed') spent.push(`pair ${index}`);
    };
    const before = old.codes.map(spend);
    const stopped = scheme.stop(old.batchId, { first: 0, last: 39 });
    const during = old.codes.map(spend);
    await stopped;
    const [made] = await Promise.all([replace(old, 0, 40), ...old.codes.map(spend)]);
    await Promise.all([...before, ...during, ...made.codes.map(spend), ...made.codes.map(spend), ...old.codes.map(spend)]);
    expect(spent.sort()).toEqual(old.codes.map((_, index) => `pair ${index}`).sort());
    expect([await outstandingOf(old.batchId), await outstandingOf(made.batchId)]).toEqual([0, 0]);
  });

  it('leaves what redemption can check alone in order', async () => {
    expect(await inOrder()).toEqual([]);
  });
});
