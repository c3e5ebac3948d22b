// Tells each sender up to where everything has arrived. While one acknowledgement is on its way the next ones merge: only
// the highest counts. Losing one loses nothing, because the sender asks by sending again.
import { randomUUID } from 'node:crypto';
import type { Service } from '#libs/contracts';
import type { QueuePort } from '../queue/port.js';
import type { QuietLog } from '../quiet-log.js';
import { acknowledgementsOf } from '../routing.js';

export class Acknowledger {
  private readonly wanted = new Map<Service, number>();
  private readonly underway = new Map<Service, Promise<void>>();

  constructor(private readonly receiver: Service, private readonly queues: QueuePort, private readonly quiet: QuietLog) {}

  acknowledge(sender: Service, batchNo: number): void {
    if (batchNo === 0) return;
    this.wanted.set(sender, Math.max(batchNo, this.wanted.get(sender) ?? 0));
    if (!this.underway.has(sender)) this.underway.set(sender, this.sendWanted(sender));
  }

  isIdle(): boolean {
    return this.underway.size === 0;
  }

  async flush(): Promise<void> {
    await Promise.allSettled(this.underway.values());
  }

  private async sendWanted(sender: Service): Promise<void> {
    try {
      for (let batchNo = this.take(sender); batchNo !== undefined; batchNo = this.take(sender)) {
        const id = `${this.receiver}-${sender}-ack-${randomUUID()}`;
        const data = { receiver: this.receiver, batchNo };
        await this.queues.send(acknowledgementsOf(sender), { id, name: 'ack', data, keep: false });
      }
    } catch (error) {
      this.quiet.error('acknowledgement not sent', error);
    } finally {
      this.underway.delete(sender);
    }
  }

  private take(sender: Service): number | undefined {
    const batchNo = this.wanted.get(sender);
    this.wanted.delete(sender);
    return batchNo;
  }
}
