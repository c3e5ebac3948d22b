// What a play draws, it draws from one secret: keys and passwords come out the same when it is played again after a
// kill, so every command that was done answers what it answered, and the rest goes on.
import { createHmac } from 'node:crypto';

export class Plot {
  private count = 0;

  /** `startedAt` in milliseconds goes into the keys: tills need a UUIDv7, and lists sort by it. */
  constructor(private readonly seed: string, private readonly startedAt: number) {}

  readonly nextKey = (): string => {
    this.count += 1;
    const hex = this.draw(`key:${this.count}`).toString('hex');
    const time = (this.startedAt + this.count).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex.slice(0, 3)}-9${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
  };

  readonly passwordFor = (email: string): string => this.draw(`password:${email}`).toString('base64url').replace(/[-_]/g, 'x').slice(0, 16);

  private draw(what: string): Buffer {
    return createHmac('sha256', this.seed).update(what).digest();
  }
}
