import { PayeeBlockedV1 } from '#libs/contracts';
import type { DestinationId, PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { placesOf } from '../payee-bank-accounts/payee-bank-account.store.js';
import { blockDestinationVersion } from './payee-destination.store.js';

export type SentTo = Readonly<{ payeeId: PayeeId; destinationId: DestinationId; version: number }>;

/** Stripe refused this account or took a payment to it back: no other goes there. Only the first reason is kept and told. */
export async function blockDestination(tx: Tx, { payeeId, destinationId, version }: SentTo, reason: string): Promise<void> {
  if (!await blockDestinationVersion(tx, destinationId, reason)) return;
  const places = await placesOf(tx, payeeId);
  await tx.emitAll(PayeeBlockedV1, places.map((placeId) => ({
    subject: `payee:${payeeId}`, subjectVersion: version, body: { payeeId, placeId, bankVersion: version, reason, rail: 'stripe' as const },
  })));
}
