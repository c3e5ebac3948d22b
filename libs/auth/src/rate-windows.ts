// How often somebody may ask in a while, in this process: in memory, so that it outlives the loss of any server; several processes each
// allow as much.
/** The oldest is forgotten first. */
export const COUNTED_MAX = 10_000;

export type Now = () => number;
type Window = { count: number; readonly untilMs: number };

export class RateWindows {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly max: number, private readonly lengthMs: number, private readonly nowMs: Now) {}

  /** Counts one more; the milliseconds until the next is taken, or undefined where this one is. */
  count(id: string): number | undefined {
    const now = this.nowMs();
    const known = this.windows.get(id);
    if (!known || now >= known.untilMs) {
      this.begin(id, now);
      return undefined;
    }
    known.count += 1;
    return known.count > this.max ? known.untilMs - now : undefined;
  }

  private begin(id: string, now: number): void {
    this.windows.delete(id);
    const oldest = this.windows.size >= COUNTED_MAX ? this.windows.keys().next().value : undefined;
    if (oldest !== undefined) this.windows.delete(oldest);
    this.windows.set(id, { count: 1, untilMs: now + this.lengthMs });
  }
}
