// The path of one person through several hand-overs. The counsellor's tool has a word for it that means something there
// only; what stays here is its hash, under a secret of this installation and for this distributor, so that two
// distributors cannot find out that they met the same person, and nobody can try words against a stolen table.
import { createHmac } from 'node:crypto';
import type { DistributorId } from '#libs/kernel';
import type { Keyring } from '#libs/keys';

/** A random word, which no name fits. */
export const PATHWAY = /^(?=.*[0-9])[A-Za-z0-9_-]{12,64}$/;

export type KeyedPathway = Readonly<{ keyId: string; mac: string }>;

export function keyedPathway(keyring: Keyring, distributorId: DistributorId, word: string, keyId = keyring.wrappingKeyId): KeyedPathway {
  const secret = keyring.deriveSecret('pathway-mac', keyId);
  return { keyId, mac: createHmac('sha256', secret).update(`${distributorId}:${word}`).digest('hex') };
}
