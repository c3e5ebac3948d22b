// Minting against a real database: what a killed, a doubled and an unlucky minter must not change.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHUNK_ENTRY_BYTES, VoucherChunkLoadedV1, VoucherChunkMintedV1 } from '#libs/contracts';
import { assert, idOf } from '#libs/kernel';
import { deriveCode } from '#libs/keys';
import type { Origin, Tx } from '#libs/persistence';
import { until } from '#libs/testing';
import { IssuanceWorld, NOW, plain } from '../../../../test/builders/issuance-world.js';
import { readBatchKeys } from '../batch.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { MINT_SLICE } from '../limits.js';
import { NoteChunkLoaded } from '../track-batch/track-batch.command.js';
import { Minter } from './minter.js';
import { MinterLoop } from './minter-loop.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const never = (_: unknown, error: unknown) => { throw error; };
const newBatch = async (count: number) => {
  const { orderId } = await world.order({ count });
  const { batchId } = await world.done(`orders/${orderId}/batches`, {});
  return { orderId, batchId: plain(String(batchId)) };
};
const chunksOf = (batchId: string) => world.rows<{ chunk: number; count: number; sha256: string; minted_at: Date }>(
  'select chunk, count, sha256, minted_at from issuance.chunk where batch_id = $1 order by chunk', [batchId]);
const messagesOf = async (batchId: string) =>
  (await world.emitted(VoucherChunkMintedV1)).map(({ body }) => body).filter((body) => body.batchId === batchId);
const stateOf = async (batchId: string) =>
  (await world.rows<{ state: string }>('select state from issuance.batch where id = $1', [batchId]))[0]!.state;

/** Dies in its transaction number `at`, after writing and before committing. */
class DyingWork extends IssuanceWork {
  constructor(private readonly living: IssuanceWork, private at: number) {
    super(living.client, living.settings);
  }

  override transaction<T>(origin: Origin, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.living.transaction(origin, async (tx) => {
      const outcome = await work(tx);
      this.at -= 1;
      assert(this.at > 0, 'killed');
      return outcome;
    });
  }
}

describe('a batch of 25,000', () => {
  it('killed after chunk 1 of 3 and resumed, is to the byte what an undisturbed run makes', async () => {
    const { batchId } = await newBatch(25_000);
    const killed = new Minter(new DyingWork(world.work, 2), world.keyring);
    await expect(killed.mintAll(never)).rejects.toThrow('killed');
    const first = await chunksOf(batchId);
    expect([first.map(({ chunk }) => chunk), await stateOf(batchId)]).toEqual([[0], 'minting']);

    await new Minter(world.work, world.keyring).mintAll(never);
    const all = await chunksOf(batchId);
    expect(all[0]).toEqual(first[0]);
    expect([all.map(({ count }) => count), await stateOf(batchId)]).toEqual([[10_000, 10_000, 5_000], 'minted']);

    // An undisturbed run, made here by the rule alone: all MACs, sorted, in chunks.
    const keys = (await readBatchKeys(world.work.client, idOf('batch', batchId)))!;
    const batchKey = world.keyring.unwrap(keys.wrappedKey!);
    const entries = Array.from({ length: 25_000 }, (_, index) => {
      const mac = Buffer.from(world.keyring.codeMac(deriveCode(batchKey, index), keys.pepperKeyId).mac.replaceAll('-', ''), 'hex');
      const place = Buffer.alloc(4);
      place.writeUInt32BE(index);
      return Buffer.concat([place, mac]);
    }).sort((a, b) => a.subarray(4).compare(b.subarray(4)));
    const digests = [0, 1, 2].map((chunk) =>
      createHash('sha256').update(Buffer.concat(entries.slice(chunk * 10_000, (chunk + 1) * 10_000))).digest('hex'));
    expect(all.map(({ sha256 }) => sha256)).toEqual(digests);

    const messages = await messagesOf(batchId);
    expect(messages.map(({ chunk, count, entriesSha256: sha256 }) => ({ chunk, count, sha256 })))
      .toEqual(all.map(({ chunk, count, sha256 }) => ({ chunk, count, sha256 })));
    for (const { entries: base64, count, entriesSha256 } of messages) {
      const bytes = Buffer.from(base64, 'base64');
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([count * CHUNK_ENTRY_BYTES, entriesSha256]);
    }
  });

  it.each([1, 2, 3, 4])('killed in transaction %d, and again in the next, has each chunk once and no gap in the end', async (at) => {
    const { batchId, orderId } = await newBatch(25_000);
    for (const death of [at, 1]) {
      if ((await stateOf(batchId)) !== 'minting') break;
      await expect(new Minter(new DyingWork(world.work, death), world.keyring).mintAll(never)).rejects.toThrow('killed');
      const minted = (await chunksOf(batchId)).reduce((all, { count }) => all + count, 0);
      expect((await world.get(`orders/${orderId}`)).body).toMatchObject({ batches: [{ state: 'minting', mintedCount: minted, loadedCount: 0 }] });
    }
    await new Minter(world.work, world.keyring).mintAll(never);
    const messages = await messagesOf(batchId);
    const indices = messages.flatMap(({ entries }) => {
      const bytes = Buffer.from(entries, 'base64');
      return Array.from({ length: bytes.length / CHUNK_ENTRY_BYTES }, (_, entry) => bytes.readUInt32BE(entry * CHUNK_ENTRY_BYTES));
    });
    expect([messages.map(({ chunk }) => chunk), new Set(indices).size, indices.length]).toEqual([[0, 1, 2], 25_000, 25_000]);
    expect((await world.get(`orders/${orderId}`)).body).toMatchObject({ batches: [{ state: 'minted', mintedCount: 25_000, loadedCount: 0 }] });
  });

  it('is minted once by two minters at once', async () => {
    const { batchId } = await newBatch(25_000);
    await Promise.all([1, 2].map(() => new Minter(world.work, world.keyring).mintAll(never)));
    expect((await messagesOf(batchId)).map(({ chunk }) => chunk).sort()).toEqual([0, 1, 2]);
    expect(await stateOf(batchId)).toBe('minted');
  });

  it('gives others their turn after each slice', async () => {
    await newBatch(25_000);
    let [derived, sinceTurn, longest, over] = [0, 0, 0, false];
    const counting = Object.create(world.keyring) as typeof world.keyring;
    counting.unwrap = (key) => world.keyring.unwrap(key);
    counting.batchMacs = (...given) => {
      const macs = world.keyring.batchMacs(...given);
      const write: typeof macs.write = (...at) => {
        [derived, sinceTurn] = [derived + 1, sinceTurn + 1];
        longest = Math.max(longest, sinceTurn);
        macs.write(...at);
      };
      return { write, wipe: () => macs.wipe() } as typeof macs;
    };
    const takeTurns = () => {
      sinceTurn = 0;
      if (!over) setImmediate(takeTurns);
    };
    takeTurns();
    await new Minter(world.work, counting).mintAll(never);
    over = true;
    expect([derived, longest]).toEqual([25_000, MINT_SLICE]);
  });
});

describe('a minter', () => {
  it('stops within a batch and loses nothing', async () => {
    const { batchId } = await newBatch(12_000);
    const stopped = new Minter(world.work, world.keyring);
    const work = stopped.mintAll(never);
    stopped.stop();
    await work;
    expect([await chunksOf(batchId), await stateOf(batchId), await world.minter.idle()]).toEqual([[], 'minting', false]);
    await world.mint();
    expect([(await chunksOf(batchId)).length, await stateOf(batchId), await world.minter.idle()]).toEqual([2, 'minted', true]);
  });

  it('names the batch whose key does not open, and mints the others', async () => {
    const broken = await newBatch(3);
    const sound = await newBatch(3);
    const failing = Object.create(world.keyring) as typeof world.keyring;
    const wrapped = (await readBatchKeys(world.work.client, idOf('batch', broken.batchId)))!.wrappedKey!.wrapped;
    failing.unwrap = (key) => {
      if (Buffer.from(key.wrapped).equals(Buffer.from(wrapped))) throw new Error('another key under that id');
      return world.keyring.unwrap(key);
    };
    failing.batchMacs = (...given) => world.keyring.batchMacs(...given);
    const failures: unknown[] = [];
    await new Minter(world.work, failing).mintAll((batchId) => failures.push(batchId));
    expect([failures, await stateOf(broken.batchId), await stateOf(sound.batchId)]).toEqual([[broken.batchId], 'minting', 'minted']);
    await world.mint();
  });

  it('in its loop begins at once when a batch is announced to it', async () => {
    const loop = new MinterLoop(world.minter, { error: never as never }, 3_600_000);
    loop.start();
    await until('the loop has looked at the empty table', () => world.minter.idle());
    const { batchId } = await newBatch(3);
    await until('the batch is minted', async () => (await stateOf(batchId)) === 'minted');
    await loop.stop();
  });

  it('in its loop finds a batch that was announced elsewhere', async () => {
    const loop = new MinterLoop(new Minter(world.work, world.keyring), { error: never as never }, 20);
    loop.start();
    const { batchId } = await newBatch(3);
    await until('the batch is minted', async () => (await stateOf(batchId)) === 'minted');
    await loop.stop();
  });
});

describe('the state of a batch', () => {
  it('is loaded when redemption has confirmed each chunk, in any order and however often', async () => {
    const { batchId, orderId } = await newBatch(25_000);
    await new Minter(world.work, world.keyring).mintAll(never);
    const confirm = (chunk: number, count: number) => world.take(VoucherChunkLoadedV1, { batchId, chunk, count });
    await Promise.all([confirm(2, 5_000), confirm(0, 10_000), confirm(2, 5_000)]);
    expect(await stateOf(batchId)).toBe('minted');
    await confirm(1, 10_000);
    world.clock.set('2026-03-02T11:00:00.000Z');
    await confirm(0, 10_000);
    world.clock.set(NOW);
    expect(await stateOf(batchId)).toBe('loaded');
    const moments = await world.rows<{ loaded_at: Date }>('select loaded_at from issuance.chunk where batch_id = $1', [batchId]);
    expect(moments.map(({ loaded_at }) => loaded_at)).toEqual([0, 1, 2].map(() => new Date(NOW)));
    expect((await world.get(`orders/${orderId}`)).body).toMatchObject({ batches: [{ state: 'loaded', chunks: 3, loadedChunks: 3, loadedCount: 25_000 }] });
  });

  it('is loaded also when the last two confirmations come at once', async () => {
    const { batchId } = await newBatch(10_001);
    await new Minter(world.work, world.keyring).mintAll(never);
    const open = await world.heldOpen((meta) => world.commands.execute(new NoteChunkLoaded(idOf('batch', batchId), 0, 10_000, meta)));
    const rival = world.take(VoucherChunkLoadedV1, { batchId, chunk: 1, count: 1 });
    await open.rivalWaits(rival);
    await open.commit();
    await rival;
    expect(await stateOf(batchId)).toBe('loaded');
  });

  it('does not believe a confirmation of what was not sent', async () => {
    const { batchId } = await newBatch(3);
    await new Minter(world.work, world.keyring).mintAll(never);
    await expect(world.take(VoucherChunkLoadedV1, { batchId, chunk: 1, count: 3 })).rejects.toThrow('never minted');
    await expect(world.take(VoucherChunkLoadedV1, { batchId, chunk: 0, count: 2 })).rejects.toThrow('never minted');
  });
});

const FULL = process.env['MEREAU_SIZES'] === 'full';
(FULL ? describe : describe.skip)(`the largest batch${FULL ? '' : ' (skipped: quick sizes)'}`, () => {
  it('of a million is minted after a kill, each voucher once', async () => {
    const { batchId } = await newBatch(1_000_000);
    await expect(new Minter(new DyingWork(world.work, 50), world.keyring).mintAll(never)).rejects.toThrow('killed');
    await new Minter(world.work, world.keyring).mintAll(never);
    const chunks = await chunksOf(batchId);
    expect([chunks.length, chunks.every(({ count }) => count === 10_000), await stateOf(batchId)]).toEqual([100, true, 'minted']);
    const seen = new Uint8Array(1_000_000);
    for (const { entries } of await messagesOf(batchId)) {
      const bytes = Buffer.from(entries, 'base64');
      for (let at = 0; at < bytes.length; at += CHUNK_ENTRY_BYTES) seen[bytes.readUInt32BE(at)]! += 1;
    }
    expect(seen.every((times) => times === 1)).toBe(true);
  }, 600_000);
});
