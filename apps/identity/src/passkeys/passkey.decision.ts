// What a device's answer is worth. A passkey is two factors only where the device checked that it is its person: without that it is a key
// that lies about, and opens nothing here.
import { reject, type Rejected } from '#libs/kernel';
import { PASSKEYS_MAX } from '../limits.js';
import type { RefusalCode } from '../refusals.js';

/** `isGenuine`: of our site, of our challenge, signed by the key, its counter further on. `userVerified`: by a finger, a face or a PIN. */
export type Answered = Readonly<{ isGenuine: boolean; userVerified: boolean }>;
export type KnownPasskey = Readonly<{ userId: string; isEnded: boolean }>;
/** `userId`: who is signed in and proves it again; undefined at the door. `userHandle`: whose the device says that the key is. */
export type Person = Readonly<{ userId: string | undefined; userHandle: string | undefined }>;

export function decideAdded({ isGenuine, userVerified }: Answered, held: number): Rejected<RefusalCode> | undefined {
  if (!isGenuine) return reject('passkey_not_taken');
  if (!userVerified) return reject('passkey_unverified');
  return held >= PASSKEYS_MAX ? reject('passkeys_too_many') : undefined;
}

/** Unknown, ended, somebody else's and forged are one answer: it tells a stranger nothing. */
export function decideAnswered(
  passkey: KnownPasskey | undefined, { userId, userHandle }: Person, { isGenuine, userVerified }: Answered,
): Rejected<RefusalCode> | undefined {
  if (!passkey || passkey.isEnded || !isGenuine) return reject('passkey_not_taken');
  if (passkey.userId !== (userId ?? userHandle) || (userHandle !== undefined && userHandle !== passkey.userId)) return reject('passkey_not_taken');
  return userVerified ? undefined : reject('passkey_unverified');
}
