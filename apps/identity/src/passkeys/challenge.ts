// What a device signs. A challenge is not stored when it is made, which anybody may ask for: it bears when it ends and for whom it is,
// under a keyed hash. It is stored when it is answered, so that it counts once.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Keyring } from '#libs/keys';
import { uuidOf } from './uuid-bytes.js';
import { PASSKEY_CHALLENGE_SECONDS } from '../limits.js';

/** At the door nobody is known yet; the others are of one person in one sign-in, and worth nothing in another. */
export type Asker = Readonly<{ purpose: 'sign_in' }> | Readonly<{ purpose: 'add' | 'prove'; userId: string; sessionId: string }>;

const [ID_BYTES, TIME_BYTES, MAC_BYTES] = [16, 4, 16];
const [UUID_VERSION_AT, UUID_VARIANT_AT] = [6, 8];

/** Its id is a random UUID (version 4). */
export function makeChallenge(keyring: Keyring, asker: Asker, nowMs: number): string {
  const id = randomBytes(ID_BYTES);
  id[UUID_VERSION_AT] = (id[UUID_VERSION_AT]! & 0x0f) | 0x40;
  id[UUID_VARIANT_AT] = (id[UUID_VARIANT_AT]! & 0x3f) | 0x80;
  const until = Buffer.alloc(TIME_BYTES);
  until.writeUInt32BE(Math.floor(nowMs / 1_000) + PASSKEY_CHALLENGE_SECONDS);
  const said = Buffer.concat([id, until]);
  return Buffer.concat([said, macOf(keyring, asker, said)]).toString('base64url');
}

/** Its id; undefined when it is none of ours, of another asker, or too old. */
export function readChallenge(keyring: Keyring, asker: Asker, challenge: string, nowMs: number): string | undefined {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== ID_BYTES + TIME_BYTES + MAC_BYTES || bytes.toString('base64url') !== challenge) return undefined;
  const said = bytes.subarray(0, ID_BYTES + TIME_BYTES);
  if (!timingSafeEqual(bytes.subarray(said.length), macOf(keyring, asker, said))) return undefined;
  return nowMs / 1_000 <= said.readUInt32BE(ID_BYTES) ? uuidOf(said.subarray(0, ID_BYTES)) : undefined;
}

function macOf(keyring: Keyring, asker: Asker, said: Buffer): Buffer {
  const whose = asker.purpose === 'sign_in' ? 'sign_in' : `${asker.purpose} ${asker.userId} ${asker.sessionId}`;
  return createHmac('sha256', keyring.deriveSecret('identity:passkey-challenge')).update(`${whose}\n`).update(said).digest().subarray(0, MAC_BYTES);
}
