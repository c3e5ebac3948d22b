// Reads a checkpoint (C2SP tlog-checkpoint: origin, size, root, a line with the time, an empty line, a signature) and says
// what is wrong with it.
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';

export const checkpointSchema = z.object({
  size: z.int().positive(), root: z.string(), time: z.string(), keyId: z.string(), note: z.string(),
});
export type SignedCheckpoint = z.output<typeof checkpointSchema>;

/** By RFC 7638 thumbprint, computed here and not believed. */
export type Keys = ReadonlyMap<string, KeyObject>;

export function thumbprint(publicKey: KeyObject): string {
  const { x } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
}

/** Throws on what is no public key. */
export function keysOf(pems: readonly string[]): Keys {
  return new Map(pems.map((pem) => {
    const key = createPublicKey(pem);
    return [thumbprint(key), key];
  }));
}

const NOTE = /^(?<text>(?<origin>[^\n]+)\n(?<size>[1-9]\d*)\n(?<root>[A-Za-z0-9+/]{43}=)\ntime (?<time>[^\n]+)\n(?:[^\n]+\n)*)\n\u2014 [^\n ]+ (?<signature>[A-Za-z0-9+/]+={0,2})\n$/;
const SIGNATURE_ID_BYTES = 4;

/** A sentence, or undefined when the checkpoint is signed by one of `keys` and says what its note says. */
export function faultOf({ size, root, time, keyId, note }: SignedCheckpoint, keys: Keys): string | undefined {
  const found = NOTE.exec(note)?.groups;
  if (!found) return 'is no signed note';
  const said = { size: Number(found['size']), root: Buffer.from(found['root']!, 'base64').toString('hex'), time: found['time'] };
  if (said.size !== size || said.root !== root || said.time !== time) return 'says beside its note something else than in it';
  const key = keys.get(keyId);
  if (!key) return `is signed by the key ${keyId}, which is not one to be believed here`;
  const signature = Buffer.from(found['signature']!, 'base64').subarray(SIGNATURE_ID_BYTES);
  return verify(null, Buffer.from(found['text']!), key, signature) ? undefined : `is not signed by the key ${keyId}`;
}
