import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type KeyAsked = Readonly<{
  scopes: readonly string[]; /** What keys of this kind of organisation may have at most. */ scopesAllowed: readonly string[];
  /** Keys of the organisation that are in force. */ inForce: number; inForceMax: number;
}>;

/** The operator and auditing bodies have no scopes, so that nobody reads everybody's by a key. */
export function decideKey({ scopes, scopesAllowed, inForce, inForceMax }: KeyAsked) {
  if (!scopes.every((scope) => scopesAllowed.includes(scope))) return reject('scope_not_of_organisation');
  if (inForce >= inForceMax) return reject('api_keys_too_many', { inForceMax });
  return { kind: 'makes' as const };
}

export type KeyHeld = Readonly<{ organisationId: string; expiresAt: Date; endedAt: Date | null }>;

const isInForce = ({ expiresAt, endedAt }: KeyHeld, now: Date): boolean => endedAt === null && now < expiresAt;

/**
 * Another organisation's, unknown, ended and too old are one answer. `askedFrom`: where the caller acts; null for the operator, who answers
 * for every organisation.
 */
export function decideKeyEnd(key: KeyHeld | undefined, { askedFrom, now }: Readonly<{ askedFrom: string | null; now: Date }>) {
  if (!key || (askedFrom !== null && key.organisationId !== askedFrom) || !isInForce(key, now)) return reject('api_key_not_found');
  return { kind: 'ends' as const };
}

/**
 * Unknown, forged, ended and too old are one answer: who guesses learns nothing. So is one of an organisation that everybody left who could
 * end it (`isAnsweredFor`).
 */
export function decideExchange<Key extends KeyHeld & Readonly<{ isAnsweredFor: boolean }>>(
  key: Key | undefined, { isRight, now }: Readonly<{ isRight: boolean; now: Date }>,
): Key | Rejected<RefusalCode> {
  return key && isRight && key.isAnsweredFor && isInForce(key, now) ? key : reject('api_key_over');
}
