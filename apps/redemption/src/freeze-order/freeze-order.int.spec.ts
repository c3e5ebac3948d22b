// A payment of an order is disputed: no till takes what is left on its vouchers, from the commit on, until that is won.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { BatchFrozenV1 } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(async () => {
  const local = CATALOGUE.filter(({ tier, schema }) => tier === 'local' && schema === 'redemption');
  expect((await inspect(scheme.app.world.database.inspectorUrl, local)).broken).toEqual([]);
  await scheme.close();
});

const ordered = async (count: number) => {
  const orderId = uuidv7();
  return { orderId, ...(await scheme.batch(count, { kind: 'balance', orderId })) };
};
const take = async (code: string, amountCents = 100) => {
  const { status, body } = await scheme.redeem(code, { amountCents });
  return status === 201 ? 'taken' : body.code;
};

describe('a frozen order', () => {
  it('is refused at every till, is told with what was left, and was nobody\'s loss before', async () => {
    const [{ orderId, batchId, codes }, other] = [await ordered(3), await ordered(1)];
    expect(await take(codes[0]!, 400)).toBe('taken');
    const disputeId = await scheme.dispute(orderId);
    expect([await take(codes[0]!), await take(codes[1]!), await take(other.codes[0]!)]).toEqual(['voucher_frozen', 'voucher_frozen', 'taken']);
    expect((await scheme.app.emitted(BatchFrozenV1)).filter((one) => one.batchId === batchId))
      .toEqual([{ batchId, orderId, disputeId, leftCents: 2_600, currency: 'EUR' }]);
  });

  it('is usable again once the dispute is won, and not when it is lost', async () => {
    const [won, lost] = [await ordered(1), await ordered(1)];
    const disputes = [await scheme.dispute(won.orderId), await scheme.dispute(lost.orderId)];
    await scheme.closeDispute(won.orderId, disputes[0]!, 'won');
    await scheme.closeDispute(lost.orderId, disputes[1]!, 'lost');
    expect([await take(won.codes[0]!), await take(lost.codes[0]!)]).toEqual(['taken', 'voucher_frozen']);
  });

  it('stays frozen while another of its payments is disputed', async () => {
    const { orderId, codes } = await ordered(1);
    const first = await scheme.dispute(orderId);
    const second = await scheme.dispute(orderId);
    await scheme.closeDispute(orderId, first, 'won');
    expect(await take(codes[0]!)).toBe('voucher_frozen');
    await scheme.closeDispute(orderId, second, 'won');
    expect(await take(codes[0]!)).toBe('taken');
  });

  it('is not frozen by a dispute whose end was told before it, and won', async () => {
    const { orderId, codes } = await ordered(1);
    const disputeId = `dp_${uuidv7()}`;
    await scheme.closeDispute(orderId, disputeId, 'won');
    await scheme.dispute(orderId, disputeId);
    expect(await take(codes[0]!)).toBe('taken');
  });

  it('freezes a batch that comes later too', async () => {
    const orderId = uuidv7();
    await scheme.dispute(orderId);
    const { codes } = await scheme.batch(1, { kind: 'balance', orderId });
    expect(await take(codes[0]!)).toBe('voucher_frozen');
  });

  it('lets a redemption of before be undone', async () => {
    const { orderId, codes } = await ordered(1);
    const { body } = await scheme.redeem(codes[0]!, { amountCents: 300 });
    await scheme.dispute(orderId);
    expect((await scheme.undo(String(body['redemptionId']))).status).toBe(200);
  });
});
