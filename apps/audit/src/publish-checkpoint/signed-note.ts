// The text of a checkpoint and its signature, as C2SP says (tlog-checkpoint, signed-note): origin, size, root, one line of
// our own with the time; an empty line; the signature of all before it. docs/audit-log.md shows how a stranger checks it.
import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import type { SigningKey, VerifyingKey } from '#libs/keys';

export type Checkpoint = Readonly<{
  size: number;
  /** hex */
  root: string;
  time: string;
  origin: string;
  keyId: string;
  /** base64 */
  signature: string;
  note: string;
}>;
export type Unsigned = Readonly<{ origin: string; size: number; root: string; at: Date }>;

const ED25519 = Buffer.from([1]);
const ID_BYTES = 4;

export const checkpointText = ({ origin, size, root, at }: Unsigned): string =>
  `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\ntime ${at.toISOString()}\n`;

/** The first bytes of a hash over name and key: they tell a reader which key to try, and prove nothing. */
export function noteKeyId(origin: string, publicKey: KeyObject): Buffer {
  const hash = createHash('sha256').update(`${origin}\n`).update(ED25519).update(rawKey(publicKey));
  return hash.digest().subarray(0, ID_BYTES);
}

/** The one line by which tools for signed notes know a key: name, id, key. */
export const noteVerifier = (origin: string, publicKey: KeyObject): string =>
  `${origin}+${noteKeyId(origin, publicKey).toString('hex')}+${Buffer.concat([ED25519, rawKey(publicKey)]).toString('base64')}`;

const rawKey = (publicKey: KeyObject): Buffer => Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');

export function signCheckpoint(unsigned: Unsigned, key: Omit<SigningKey, 'jwk'>): Checkpoint {
  const { origin, size, root, at } = unsigned;
  const text = checkpointText(unsigned);
  const signature = sign(null, Buffer.from(text), key.privateKey);
  const line = Buffer.concat([noteKeyId(origin, key.publicKey), signature]).toString('base64');
  return {
    size, root, time: at.toISOString(), origin, keyId: key.keyId, signature: signature.toString('base64'),
    note: `${text}\n\u2014 ${origin} ${line}\n`,
  };
}

/** True when this key signed exactly this size, root, time and origin. */
export const isSignedBy = ({ origin, size, root, time, signature }: Checkpoint, key: VerifyingKey): boolean =>
  verify(null, Buffer.from(checkpointText({ origin, size, root, at: new Date(time) })), key.publicKey, Buffer.from(signature, 'base64'));
