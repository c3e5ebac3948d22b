// A broken line makes a client report the same error many times a second; the log gets each once in ten seconds.
import type { Logger } from 'pino';

const EVERY_MS = 10_000;
const REMEMBERED_MAX = 200;

export class QuietLog {
  private readonly last = new Map<string, number>();

  constructor(private readonly log: Logger) {}

  error(what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const key = `${what}: ${message}`;
    const now = performance.now();
    if (now - (this.last.get(key) ?? -EVERY_MS) < EVERY_MS) return;
    if (this.last.size >= REMEMBERED_MAX) this.last.clear();
    this.last.set(key, now);
    this.log.error({ reason: message }, what);
  }
}
