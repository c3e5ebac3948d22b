import { Problem } from '#libs/http';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import type { SignedIn } from '../authentication.js';
import type { SignInAttempts } from './sign-in-attempts.js';

/**
 * Guesses of somebody who is signed in are counted for the person, from wherever they come: who guesses has a session of theirs already.
 * `what`: each is counted apart. Throws what is refused, and `sign_in_throttled` after too many.
 */
export async function countedGuess<T extends object>(
  attempts: SignInAttempts, what: 'second factor' | 'passkey', { userId }: SignedIn, act: () => Promise<T | Rejected>,
): Promise<T> {
  const retryAfterSeconds = attempts.begin(what, userId);
  if (retryAfterSeconds !== undefined) throw new Problem(reject('sign_in_throttled', { retryAfterSeconds }));
  const outcome = await act();
  if (isRejected(outcome)) throw new Problem(outcome);
  attempts.succeed(what, userId);
  return outcome;
}
