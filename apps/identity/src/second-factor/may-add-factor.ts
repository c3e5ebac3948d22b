import { SECOND_FACTOR_FRESH_SECONDS } from '#libs/auth';
import type { Tx } from '#libs/persistence';
import type { SignedIn } from '../authentication.js';
import { isFresh } from './proof.decision.js';
import { hasSecondFactor, proofsIn } from './proof.store.js';

/** Who has no factor yet has shown the password; who has one, whichever, shows it in this sign-in first. Under the person's lock. */
export async function mayAddFactor(tx: Tx, { userId, sessionId }: SignedIn): Promise<boolean> {
  return !await hasSecondFactor(tx.sql, userId) || isFresh(await proofsIn(tx.sql, sessionId), new Date(), SECOND_FACTOR_FRESH_SECONDS);
}
