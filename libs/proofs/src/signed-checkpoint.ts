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

function isSignedBy(note: string, key: KeyObject): boolean {
  const { text, signature } = NOTE.exec(note)!.groups!;
  return verify(null, Buffer.from(text!), key, Buffer.from(signature!, 'base64').subarray(SIGNATURE_ID_BYTES));
}

/** A sentence, or undefined when the checkpoint is signed by one of `keys` and says what its note says. */
export function faultOf({ size, root, time, keyId, note }: SignedCheckpoint, keys: Keys): string | undefined {
  const said = readNote(note);
  if (!said) return 'is no signed note';
  if (said.size !== size || said.root !== root || said.time !== time) return 'says beside its note something else than in it';
  if (keyId !== '' && !keys.has(keyId)) return `is signed by the key ${keyId}, which is not one to be believed here`;
  const believed = keyId === '' ? [...keys.values()] : [keys.get(keyId)!];
  if (believed.some((key) => isSignedBy(note, key))) return undefined;
  return keyId === '' ? 'is signed by no key that is to be believed here' : `is not signed by the key ${keyId}`;
}

/** Size, root and time as the note alone says them; undefined for what is no signed note. */
export function readNote(note: string): Pick<SignedCheckpoint, 'size' | 'root' | 'time'> | undefined {
  const found = NOTE.exec(note)?.groups;
  return found && { size: Number(found['size']), root: Buffer.from(found['root']!, 'base64').toString('hex'), time: found['time']! };
}

/**
 * Checkpoints that somebody kept, however they were kept: the bare note as it was mailed, or JSON lines as audit files and
 * answers them. A note names its key by four bytes only, so `keyId` is then empty. Undefined when a line is neither.
 */
export function readKept(text: string): SignedCheckpoint[] | undefined {
  const note = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
  const bare = readNote(note.endsWith('\n') ? note : `${note}\n`);
  if (bare) return [{ ...bare, keyId: '', note: note.endsWith('\n') ? note : `${note}\n` }];
  // A line that a crash cut off follows once more, whole.
  const read = note.split('\n').filter((line) => line.endsWith('}')).map((line) => checkpointSchema.safeParse(parsed(line)).data);
  return read.length > 0 && read.every((one) => one !== undefined) ? read : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
