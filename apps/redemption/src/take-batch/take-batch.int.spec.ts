// Batches, chunks and activations may come in any order, from several queues workers at once; what they leave is the same.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import {
  BatchCreatedV1, FeeRulePublishedV1, ProgrammePublishedV1, RangeActivatedV1, RangeSpendableV1, VoucherChunkLoadedV1, VoucherChunkMintedV1,
  type BodyOf,
} from '#libs/contracts';
import { RedemptionApp } from '../../../../test/builders/redemption-app.js';
import { CUSTODY } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let app: RedemptionApp;
beforeAll(async () => { app = await RedemptionApp.create(); });
afterAll(() => app.close());

const batchOf = (batchId: string, over: Partial<BodyOf<typeof BatchCreatedV1>> = {}): BodyOf<typeof BatchCreatedV1> => ({
  batchId, orderId: uuidv7(), programmeId: uuidv7(), count: 15, chunks: 2, faceCents: 1_000, currency: 'EUR', kind: 'unit',
  usableUntil: '2026-12-31', claimableUntil: '2027-01-31', custodyAccountId: CUSTODY, pepperKeyId: app.keyring.pepperKeyId,
  serialPermutationId: 's1', ...over,
});
const rangeOf = (batchId: string, over: Partial<BodyOf<typeof RangeActivatedV1>> = {}): BodyOf<typeof RangeActivatedV1> => ({
  activationId: uuidv7(), batchId, first: 0, last: 9, amountCents: 10_000, currency: 'EUR',
  shares: [{ payerId: uuidv7(), amountCents: 10_000 }], ...over,
});
const rows = async (sql: string, ...values: unknown[]) => (await app.world.inspector.query(sql, values)).rows;
const ofBatch = async <C extends typeof VoucherChunkLoadedV1 | typeof RangeSpendableV1>(contract: C, batchId: string) =>
  (await app.emitted(contract)).filter((body) => body.batchId === batchId);
const stateOf = async (batchId: string) => ({
  ranges: await rows('select first, last, amount, spendable_at is not null as spendable from redemption.voucher_range where batch_id = $1', batchId),
  vouchers: await rows('select count(*)::int as count, count(distinct code_mac)::int as macs, min(index), max(index), sum(balance)::int as left from redemption.voucher where batch_id = $1', batchId),
  posted: await rows('select rule, debit, amount from redemption.transfer where credit = $1', `outstanding:${batchId}`),
  parked: await rows('select 1 from redemption.parked_message where batch_id = $1', batchId),
  loaded: (await ofBatch(VoucherChunkLoadedV1, batchId)).map(({ chunk, count }) => [chunk, count]).sort(),
  told: (await ofBatch(RangeSpendableV1, batchId)).map(({ amountCents }) => amountCents),
});
const WHOLE = {
  ranges: [{ first: 0, last: 9, amount: '10000', spendable: true }],
  vouchers: [{ count: 15, macs: 15, min: 0, max: 14, left: 15_000 }],
  posted: [{ rule: '6', debit: 'clearing:issuance', amount: '10000' }],
  parked: [], loaded: [[0, 10], [1, 5]], told: [10_000],
};

type Step = 'batch' | 'chunk 0' | 'chunk 1' | 'activation';
const permutations = <T>(items: readonly T[]): T[][] => (items.length < 2 ? [[...items]] : items.flatMap((item, at) =>
  permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest])));

function stepsOf(batchId: string): { take: (step: Step) => Promise<void>; activationEventId: string } {
  const activationEventId = uuidv7();
  const { chunks } = app.mint(batchId, [10, 5]);
  const steps: Record<Step, () => Promise<void>> = {
    batch: () => app.take(BatchCreatedV1, batchOf(batchId)),
    'chunk 0': () => app.take(VoucherChunkMintedV1, chunks[0]!),
    'chunk 1': () => app.take(VoucherChunkMintedV1, chunks[1]!),
    activation: () => app.take(RangeActivatedV1, rangeOf(batchId), activationEventId),
  };
  return { take: (step) => steps[step](), activationEventId };
}

describe('a batch with its chunks and an activation', () => {
  it.each(permutations<Step>(['batch', 'chunk 0', 'chunk 1', 'activation']).map((order) => [order.join(', '), order] as const))(
    'is whole after %s', async (_, order) => {
      const batchId = uuidv7();
      const { take, activationEventId } = stepsOf(batchId);
      for (const step of order) {
        expect((await stateOf(batchId)).told).toEqual([]);
        await take(step);
      }
      expect(await stateOf(batchId)).toEqual(WHOLE);
      // L2: the transfer stands under the id of issuance's event, also when that event had to wait.
      expect(await rows('select event_id from redemption.transfer where credit = $1', `outstanding:${batchId}`)).toEqual([{ event_id: activationEventId }]);
    });

  it('is whole when all four come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const batchId = uuidv7();
      const { take } = stepsOf(batchId);
      await Promise.all((['activation', 'chunk 1', 'batch', 'chunk 0'] as const).map(take));
      expect(await stateOf(batchId)).toEqual(WHOLE);
    }
  });

  it('makes ranges spendable together that waited together, and one that comes later at once', async () => {
    const batchId = uuidv7();
    const { chunks } = app.mint(batchId, [15]);
    await app.take(BatchCreatedV1, batchOf(batchId, { chunks: 1 }));
    await app.take(RangeActivatedV1, rangeOf(batchId, { last: 4, amountCents: 5_000 }));
    await app.take(RangeActivatedV1, rangeOf(batchId, { first: 5 , last: 6, amountCents: 2_000 }));
    await app.take(VoucherChunkMintedV1, chunks[0]!);
    await app.take(RangeActivatedV1, rangeOf(batchId, { first: 7, last: 14, amountCents: 8_000 }));
    expect((await stateOf(batchId)).told.sort()).toEqual([2_000, 5_000, 8_000]);
  });
});

describe('a fault', () => {
  const wrong = (over: Partial<BodyOf<typeof VoucherChunkMintedV1>>) => async () => {
    const batchId = uuidv7();
    await app.take(BatchCreatedV1, batchOf(batchId));
    const { chunks } = app.mint(batchId, [10, 5]);
    await app.take(VoucherChunkMintedV1, { ...chunks[0]!, ...over });
  };

  it.each([
    ['bytes that are not those of the digest', wrong({ entriesSha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e' }), 'not those that were sent'],
    ['another count than that of the bytes', wrong({ count: 9 }), '200 bytes are not 9 vouchers'],
    ['a chunk that the batch does not have', wrong({ chunk: 2 }), 'chunk 2 of a batch that has 2'],
  ])('in a chunk is thrown, and nothing is loaded: %s', async (_, load, message) => {
    const before = await rows('select count(*) from redemption.voucher');
    await expect(load()).rejects.toThrow(message);
    expect(await rows('select count(*) from redemption.voucher')).toEqual(before);
  });

  it('in the bytes of a chunk is thrown before the chunk may be parked', async () => {
    const batchId = uuidv7();
    const { chunks } = app.mint(batchId, [10, 5]);
    await expect(app.take(VoucherChunkMintedV1, { ...chunks[0]!, count: 9 })).rejects.toThrow('200 bytes');
    expect((await stateOf(batchId)).parked).toEqual([]);
  });

  it('is an index beyond the batch, a hash that is taken, and a chunk that comes as another message', async () => {
    const batchId = uuidv7();
    const { chunks } = app.mint(batchId, [10, 5]);
    await app.take(BatchCreatedV1, batchOf(batchId, { count: 10 }));
    await expect(app.take(VoucherChunkMintedV1, chunks[0]!)).rejects.toThrow('an index beyond the 10 vouchers');
    const other = uuidv7();
    await app.take(BatchCreatedV1, batchOf(other));
    await app.take(VoucherChunkMintedV1, { ...chunks[0]!, batchId: other });
    await expect(app.take(VoucherChunkMintedV1, { ...chunks[0]!, batchId: other })).rejects.toThrow('23505');
    const third = uuidv7();
    await app.take(BatchCreatedV1, batchOf(third));
    await expect(app.take(VoucherChunkMintedV1, { ...chunks[0]!, batchId: third })).rejects.toThrow('23505');
  });

  it.each([
    ['another amount than its vouchers have', { amountCents: 9_999 }, 'are not 9999'],
    ['indices beyond the batch', { first: 10, last: 15, amountCents: 6_000 }, 'indices up to 15 of a batch of 15'],
  ])('in an activation is thrown, and nothing is posted: %s', async (_, over, message) => {
    const batchId = uuidv7();
    await app.take(BatchCreatedV1, batchOf(batchId));
    await expect(app.take(RangeActivatedV1, rangeOf(batchId, over))).rejects.toThrow(message);
    expect(await stateOf(batchId)).toMatchObject({ ranges: [], posted: [] });
  });
});

describe('the copies of rules', () => {
  const programmeOf = (programmeId: string, ruleVersion: number): BodyOf<typeof ProgrammePublishedV1> => ({
    programmeId, ruleVersion, name: `Version ${ruleVersion}`, kind: 'unit', faceCents: 1_000, currency: 'EUR', usableUntil: '2026-12-31',
    claimableUntil: '2027-01-31', custodyAccountId: CUSTODY,
  });
  const ruleOf = (programmeId: string, version: number): BodyOf<typeof FeeRulePublishedV1> =>
    ({ programmeId, version, from: '2026-01-01', feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 });

  it.each([[[1, 2, 3]], [[3, 1, 2]], [[2, 3, 1]]])('end with the latest programme and every fee rule, in the order %j', async (order) => {
    const programmeId = uuidv7();
    for (const version of order) {
      await app.take(ProgrammePublishedV1, programmeOf(programmeId, version));
      await app.take(FeeRulePublishedV1, ruleOf(programmeId, version));
    }
    expect(await rows('select name from redemption.known_programme where programme_id = $1', programmeId)).toEqual([{ name: 'Version 3' }]);
    expect(await rows('select version from redemption.known_fee_rule where programme_id = $1 order by 1', programmeId)).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }]);
  });
});
