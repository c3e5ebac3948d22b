// Failures by a seed, so that a history that went wrong can be played again: what becomes of the next request, and which
// webhooks are lost, come twice, and in which order.
import type { FakeEvent } from './fake-objects.js';

/**
 * `card_declined`: 402. `server_error`: 500, kept under the key. `unavailable`: 503, nothing done or kept.
 * `rate_limited`: 429, nothing done or kept. `reset_before`: the connection breaks and nothing was done. `reset_after`: it
 * was done, and the answer is lost.
 */
export type InjectedFault = 'card_declined' | 'server_error' | 'unavailable' | 'rate_limited' | 'reset_before' | 'reset_after';

/** In parts of a hundred. `shuffle`: each delivery in another order. */
export type FaultRates = Readonly<{ requests?: number; drop?: number; double?: number; shuffle?: boolean }>;

const KINDS: readonly InjectedFault[] = ['server_error', 'unavailable', 'rate_limited', 'reset_before', 'reset_after'];

export type Plan = Pick<FaultPlan, 'request' | 'delivery'>;

export class FaultPlan {
  private state: number;

  constructor(seed: number, private readonly rates: FaultRates) {
    this.state = seed >>> 0 || 1;
  }

  request(): InjectedFault | undefined {
    return this.happens(this.rates.requests) ? KINDS[this.below(KINDS.length)] : undefined;
  }

  delivery(events: readonly FakeEvent[]): FakeEvent[] {
    const kept = events.filter(() => !this.happens(this.rates.drop))
      .flatMap((event) => (this.happens(this.rates.double) ? [event, event] : [event]));
    if (this.rates.shuffle) {
      for (let at = kept.length - 1; at > 0; at -= 1) {
        const other = this.below(at + 1);
        [kept[at], kept[other]] = [kept[other]!, kept[at]!];
      }
    }
    return kept;
  }

  private happens = (rate = 0): boolean => this.below(100) < rate;

  /** Marsaglia's xorshift: no library, and the same on every machine. */
  private below(bound: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % bound;
  }
}
