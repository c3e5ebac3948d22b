// What the giving operator signs: what the folder holds, by digest, and how everything stood when the installation was closed.
import { createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SigningKey } from '#libs/keys';
import { StartupFault } from '#libs/persistence';
import { thumbprint } from '#libs/proofs';

export const CESSION = 'cession.json';
export const SIGNATURE = 'cession.sig';
export const LOG = 'log.ndjson';
export const BOOKS = 'books.json';
/** In front of what is signed: the key signs checkpoints too, and neither is ever taken for the other. */
const DOMAIN = 'mereau/cession/v1\n';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.strictObject({ path: z.string().regex(/^[a-z.]+$/), bytes: z.int().nonnegative(), sha256: digest });
const document = z.strictObject({
  format: z.literal(1),
  at: z.iso.datetime(),
  giver: z.strictObject({ keyId: z.string(), pem: z.string() }),
  /** Whom the keys are sealed to. */
  receiver: z.string(),
  checkpoint: z.strictObject({ size: z.int().positive(), root: digest }),
  /** Of every key that ever signed this log. */
  checkpointKeys: z.array(z.string()).min(1),
  totalOwedCents: z.string().regex(/^-?\d+$/),
  /** The manifest, which names the tables and the files of the data folder; the log; the books; the list of what is owed. */
  files: z.array(file).min(1),
  keys: z.strictObject({ ephemeralKey: z.string(), nonce: z.string(), sealed: z.string() }),
});
export type CessionDocument = z.output<typeof document>;

export const textOf = (cession: CessionDocument): string => `${JSON.stringify(cession, null, 1)}\n`;

export const signatureOf = (text: string, { privateKey }: SigningKey): string => sign(null, Buffer.from(DOMAIN + text), privateKey).toString('base64');

/** Throws StartupFault when it is none, or not signed by the key that is to be believed. */
export function readCession(folder: string, trustedKeyId: string): CessionDocument {
  const [text, signature] = [CESSION, SIGNATURE].map((name) => textIn(folder, name)) as [string, string];
  const parsed = document.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw new StartupFault(`${CESSION} cannot be read: ${first!.path.join('.') || 'the file'}: ${first!.message}`);
  }
  const { keyId, pem } = parsed.data.giver;
  const key = createPublicKey(pem);
  if (thumbprint(key) !== keyId) throw new StartupFault(`${CESSION} names the key ${keyId}, and shows another`);
  if (keyId !== trustedKeyId) throw new StartupFault(`the cession is by the key ${keyId}, and you believe ${trustedKeyId}`);
  if (!verify(null, Buffer.from(DOMAIN + text), key, Buffer.from(signature, 'base64'))) {
    throw new StartupFault(`${CESSION} is not what the key ${keyId} signed`);
  }
  return parsed.data;
}

function textIn(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    throw new StartupFault(`${folder} has no ${name}: it is no cession, or one that did not end`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
