// Counts wrong passwords per network address and account, in memory: enough against guessing from one place, and nobody
// can lock somebody else out. With several processes each has its own count.
import { networkOf } from '#libs/http';
import { SIGN_IN_ATTEMPTS_MAX, SIGN_IN_PAIRS_MAX, SIGN_IN_WINDOW_MS } from '../limits.js';

type Attempts = { count: number; readonly untilMs: number };

export class SignInAttempts {
  private readonly pairs = new Map<string, Attempts>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /**
   * Counts an attempt before its password is looked at, so that a hundred at once are not a hundred guesses. Answers the
   * seconds to wait, or undefined when it may go on.
   */
  begin(address: string, email: string): number | undefined {
    const now = this.nowMs();
    const pair = pairOf(address, email);
    const known = this.pairs.get(pair);
    if (!known || now >= known.untilMs) {
      this.forgetOldest();
      this.pairs.delete(pair);
      this.pairs.set(pair, { count: 1, untilMs: now + SIGN_IN_WINDOW_MS });
      return undefined;
    }
    if (known.count >= SIGN_IN_ATTEMPTS_MAX) return Math.ceil((known.untilMs - now) / 1_000);
    known.count += 1;
    return undefined;
  }

  /** The password was right. */
  succeed(address: string, email: string): void {
    this.pairs.delete(pairOf(address, email));
  }

  private forgetOldest(): void {
    const oldest = this.pairs.size >= SIGN_IN_PAIRS_MAX ? this.pairs.keys().next().value : undefined;
    if (oldest !== undefined) this.pairs.delete(oldest);
  }
}

const pairOf = (address: string, email: string): string => `${networkOf(address)} ${email}`;
