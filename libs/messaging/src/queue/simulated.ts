// A simulated queue: it delivers nothing by itself. Whoever simulates looks at what was sent and says of each parcel when it
// arrives, whether again, or never. For plays that repeat; no installation runs on it.
import type { Outgoing, QueuePort, QueueWorker, Take } from './port.js';

export type Parcel = Readonly<{ queue: string; id: string; name: string; data: unknown }>;

const keyOf = (queue: string, id: string): string => `${queue} ${id}`;

export class SimulatedQueue implements QueuePort {
  /** In the order in which they were sent. */
  private readonly underway = new Map<string, Parcel>();
  private readonly takers = new Map<string, Take>();
  private readonly seen = new Set<string>();

  async send(queue: string, { id, name, data }: Outgoing): Promise<void> {
    const key = keyOf(queue, id);
    this.seen.add(key);
    // As it would be after a wire: nobody holds on to an object of the sender's.
    if (!this.underway.has(key)) this.underway.set(key, { queue, id, name, data: JSON.parse(JSON.stringify(data)) as unknown });
  }

  async isUnderway(queue: string, id: string): Promise<boolean> {
    return this.underway.has(keyOf(queue, id));
  }

  async waitingCount(queue: string): Promise<number> {
    return this.parcels().filter((parcel) => parcel.queue === queue).length;
  }

  async consume(queue: string, take: Take): Promise<QueueWorker> {
    this.takers.set(queue, take);
    return { close: async () => { if (this.takers.get(queue) === take) this.takers.delete(queue); } };
  }

  async close(): Promise<void> {
    this.underway.clear();
  }

  parcels(): readonly Parcel[] {
    return [...this.underway.values()];
  }

  /** Was it ever sent, whatever became of it? */
  hasSeen(queue: string, id: string): boolean {
    return this.seen.has(keyOf(queue, id));
  }

  /** Gone from the queue: lost, or handed for the last time. */
  drop({ queue, id }: Parcel): void {
    this.underway.delete(keyOf(queue, id));
  }

  /** Hands it to its worker, and leaves it where it is. Throws what the worker throws, and when there is none. */
  async hand({ queue, id, name, data }: Parcel): Promise<void> {
    const take = this.takers.get(queue);
    if (!take) throw new Error(`nobody listens on ${queue}`);
    await take({ id, name, data, failures: 0, stalls: 0 });
  }
}
