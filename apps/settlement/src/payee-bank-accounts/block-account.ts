import { PayeeBlockedV1 } from '#libs/contracts';
import type { BankAccountId, PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { blockVersion, placesOf } from './payee-bank-account.store.js';

export type PaidTo = Readonly<{ payeeId: PayeeId; payeeBankAccountId: BankAccountId; bankVersion: number }>;

/** The bank sent back or refused a payment to this account: no other goes there. Only the first reason is kept and told. */
export async function blockAccount(tx: Tx, { payeeId, payeeBankAccountId, bankVersion }: PaidTo, reason: string): Promise<void> {
  if (!await blockVersion(tx, payeeBankAccountId, reason)) return;
  const places = await placesOf(tx, payeeId);
  await tx.emitAll(PayeeBlockedV1, places.map((placeId) => ({
    subject: `payee:${payeeId}`, subjectVersion: bankVersion, body: { payeeId, placeId, bankVersion, reason },
  })));
}
