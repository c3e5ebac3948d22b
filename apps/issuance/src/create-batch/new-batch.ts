// Makes a batch and tells redemption of it, for an order or in place of stopped vouchers.
import { BatchCreatedV1, type BodyOf } from '#libs/contracts';
import { assert, idOf, toWire } from '#libs/kernel';
import { newBatchKey, type Keyring } from '#libs/keys';
import type { Tx } from '#libs/persistence';
import { insertBatch, type NewBatch } from '../batch.store.js';
import { actorOf } from '../issuance.work.js';
import { chunksOf, LABEL_DRAWS_MAX } from '../limits.js';
import type { Order } from '../order.store.js';

/** The key is drawn here and leaves this function wrapped. A serial label that is taken is drawn again. */
export async function keepBatch(
  tx: Tx, keyring: Keyring, { orderId, face }: Order, size: Pick<NewBatch, 'count' | 'bookletSize'>,
): Promise<NewBatch> {
  const batchKey = newBatchKey();
  const wrappedKey = keyring.wrap(batchKey);
  batchKey.fill(0);
  const batchId = idOf('batch', tx.newId());
  for (let draw = 1; draw <= LABEL_DRAWS_MAX; draw += 1) {
    const serialPermutationId = keyring.newSerialPermutationId();
    const batch: NewBatch = {
      batchId, orderId, ...size, face, chunkCount: chunksOf(size.count), wrappedKey, pepperKeyId: keyring.pepperKeyId,
      serialPermutationId, serialLabel: keyring.serials(serialPermutationId).label,
    };
    if (await insertBatch(tx, batch, actorOf(tx))) return batch;
  }
  assert(false, `no free serial label in ${LABEL_DRAWS_MAX} draws`);
}

export async function announceBatch(
  tx: Tx, order: Order, batch: NewBatch, replaces?: BodyOf<typeof BatchCreatedV1>['replaces'],
): Promise<void> {
  await tx.emit(BatchCreatedV1, {
    subject: `batch:${batch.batchId}`,
    body: {
      batchId: batch.batchId, orderId: order.orderId, programmeId: order.programmeId, count: batch.count,
      chunks: batch.chunkCount, faceCents: toWire(order.face), currency: 'EUR', kind: order.kind, usableUntil: order.usableUntil,
      claimableUntil: order.claimableUntil, custodyAccountId: order.custodyAccountId, pepperKeyId: batch.pepperKeyId,
      serialPermutationId: batch.serialPermutationId, serialLabel: batch.serialLabel, bookletSize: batch.bookletSize,
      ...(replaces && { replaces }), ruleVersion: order.ruleVersion,
      ...(order.services.length > 0 && { services: [...order.services] }),
      ...(order.redemptionMax !== null && { redemptionCentsMax: toWire(order.redemptionMax) }),
      ...(order.servicePrices.length > 0 && { servicePrices: [...order.servicePrices] }),
      ...(order.offline && { offline: true as const }),
    },
  });
}
