// Each step of a passkey is told twice: to audit as a fact, and by mail to whom it belongs, who may not have made it.
import { PasskeyChangedV1, type BodyOf } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { mailAccount } from '../mail-links/mail-account.js';
import { endPasskey, passkeysOf } from './passkey.store.js';

export async function tellPasskey(tx: Tx, body: BodyOf<typeof PasskeyChangedV1>): Promise<void> {
  await tx.emit(PasskeyChangedV1, { subject: `user:${body.userId}`, body });
  await mailAccount(tx, { notice: `passkey_${body.step}`, userId: body.userId });
}

/** All that a person has: their second factor is taken away, or they act for nobody any more. How many there were. */
export async function endPasskeys(tx: Tx, userId: string, endedBy: string): Promise<number> {
  const passkeys = await passkeysOf(tx.sql, userId);
  for (const { passkeyId } of passkeys) {
    await endPasskey(tx, passkeyId, endedBy);
    await tellPasskey(tx, { userId, passkeyId, step: 'ended' });
  }
  return passkeys.length;
}
