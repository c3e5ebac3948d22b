// How often keys may ask, in this process: a program that loops must not take a service from everybody else. In memory, like the
// attempts of sign-ins: it outlives the loss of any server, and several processes each allow as much. Of one organisation all keys
// together, too: it may hold twenty at once, and make another when one is used up.
import { RateWindows, type Now } from './rate-windows.js';

export const KEY_REQUESTS_MAX = 300;
export const PARTY_REQUESTS_MAX = 600;
export const KEY_WINDOW_MS = 60_000;
/** Rows that keys may leave in the log of requests, which are kept for thirty days: below what the rates allow by far. */
export const KEY_ROWS_MAX = 1_000;
export const PARTY_ROWS_MAX = 5_000;
export const ROWS_WINDOW_MS = 3_600_000;

/** What a key may not do any more does not count for its organisation: one that loops leaves the others half of it. */
class KeyAndParty {
  private readonly keys: RateWindows;
  private readonly parties: RateWindows;

  constructor(max: Readonly<{ key: number; party: number }>, lengthMs: number, nowMs: Now) {
    this.keys = new RateWindows(max.key, lengthMs, nowMs);
    this.parties = new RateWindows(max.party, lengthMs, nowMs);
  }

  count(keyId: string, partyId: string): number | undefined {
    return this.keys.count(keyId) ?? this.parties.count(partyId);
  }
}

export class KeyRates {
  private readonly requests: KeyAndParty;

  constructor(nowMs: Now = () => performance.now()) {
    this.requests = new KeyAndParty({ key: KEY_REQUESTS_MAX, party: PARTY_REQUESTS_MAX }, KEY_WINDOW_MS, nowMs);
  }

  /** Counts a request; the seconds to wait, or undefined where it may go on. */
  count(keyId: string, partyId: string): number | undefined {
    const leftMs = this.requests.count(keyId, partyId);
    return leftMs === undefined ? undefined : Math.max(1, Math.ceil(leftMs / 1_000));
  }
}

export class KeyLogRoom {
  private readonly rows: KeyAndParty;

  constructor(nowMs: Now = () => performance.now()) {
    this.rows = new KeyAndParty({ key: KEY_ROWS_MAX, party: PARTY_ROWS_MAX }, ROWS_WINDOW_MS, nowMs);
  }

  /** Counts a row; false where it is not written. */
  take(keyId: string, partyId: string): boolean {
    return this.rows.count(keyId, partyId) === undefined;
  }
}
