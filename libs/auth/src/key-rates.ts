// How often one key may ask, in this process: a program that loops must not take a service from everybody else. In memory, like the
// attempts of sign-ins: it outlives the loss of any server, and several processes each allow as much.
export const KEY_REQUESTS_MAX = 300;
export const KEY_WINDOW_MS = 60_000;
/** The oldest is forgotten first. */
export const KEYS_COUNTED_MAX = 10_000;

type Window = { count: number; readonly untilMs: number };

export class KeyRates {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Counts a request; the seconds to wait, or undefined where it may go on. */
  count(keyId: string): number | undefined {
    const now = this.nowMs();
    const known = this.windows.get(keyId);
    if (!known || now >= known.untilMs) {
      this.begin(keyId, now);
      return undefined;
    }
    known.count += 1;
    return known.count > KEY_REQUESTS_MAX ? Math.max(1, Math.ceil((known.untilMs - now) / 1_000)) : undefined;
  }

  private begin(keyId: string, now: number): void {
    this.windows.delete(keyId);
    const oldest = this.windows.size >= KEYS_COUNTED_MAX ? this.windows.keys().next().value : undefined;
    if (oldest !== undefined) this.windows.delete(oldest);
    this.windows.set(keyId, { count: 1, untilMs: now + KEY_WINDOW_MS });
  }
}
