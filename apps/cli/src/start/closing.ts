// What was opened, closed in the opposite order, once. A stop may come in the middle of the start.

type Part = { name: string; close: () => Promise<unknown> };

export class Closing {
  private readonly parts: Part[] = [];
  private closed?: Promise<void>;

  constructor(private readonly report: (name: string, error: Error) => void) {}

  get hasBegun(): boolean {
    return this.closed !== undefined;
  }

  /** What is opened while everything closes is closed at once. */
  async add(name: string, close: () => Promise<unknown>): Promise<void> {
    this.parts.push({ name, close });
    if (this.closed) await this.closeParts();
  }

  run(): Promise<void> {
    this.closed ??= this.closeParts();
    return this.closed;
  }

  private async closeParts(): Promise<void> {
    for (let part = this.parts.pop(); part; part = this.parts.pop()) {
      const { name, close } = part;
      await Promise.resolve().then(close).catch((error: Error) => this.report(name, error));
    }
  }
}
