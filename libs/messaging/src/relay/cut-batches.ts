// Which messages travel together: as many as the limits allow, in the order of their numbers. Pure.
import type { Service, Unnumbered } from '#libs/contracts';
import { LIMITS } from '../limits.js';
import type { Routing } from '../routing.js';

export type OutboxRow = Readonly<{ id: string; messages: readonly Unnumbered[] }>;
export type CutBatch = Readonly<{ receiver: Service; firstSeq: number; lastSeq: number; count: number; json: string }>;
export type NumberedRow = Readonly<{ outboxId: string; firstSeq: number; lastSeq: number }>;

/** True when this version knows the receivers of each message of the row; if not, a newer relay must send it. */
export const isRoutable = ({ messages }: OutboxRow, routing: Routing): boolean =>
  messages.every(({ type }) => routing.contractOf(type) !== undefined);

/** Numbers the rows from `lastSeq + 1` on and cuts what each receiver gets into batches. */
export function cutBatches(rows: readonly OutboxRow[], lastSeq: number, sender: Service, routing: Routing) {
  const perReceiver = new Map<Service, Cutter>();
  const numbered: NumberedRow[] = [];
  let seq = lastSeq;
  for (const { id, messages } of rows) {
    const firstSeq = seq + 1;
    for (const message of messages) {
      seq += 1;
      const contract = routing.contractOf(message.type);
      const whole = JSON.stringify({ ...message, seq });
      for (const receiver of routing.receiversOf(message.type, sender)) {
        let cutter = perReceiver.get(receiver);
        if (!cutter) perReceiver.set(receiver, cutter = new Cutter(receiver));
        const shortened = receiver === 'audit' ? contract?.auditView : undefined;
        cutter.add(seq, shortened ? JSON.stringify({ ...message, seq, body: shortened(message.body as never) }) : whole);
      }
    }
    // A row without messages has no numbers; the database forbids none, and nothing writes one.
    if (seq >= firstSeq) numbered.push({ outboxId: id, firstSeq, lastSeq: seq });
  }
  return { numbered, lastSeq: seq, batches: [...perReceiver.values()].flatMap((cutter) => cutter.done()) };
}

class Cutter {
  private readonly cut: CutBatch[] = [];
  private parts: string[] = [];
  private bytes = 0;
  private firstSeq = 0;
  private lastSeq = 0;

  constructor(private readonly receiver: Service) {}

  add(seq: number, json: string): void {
    const bytes = Buffer.byteLength(json) + 1;
    const isFull = this.parts.length === LIMITS.batchMessages || this.bytes + bytes > LIMITS.batchBytes;
    if (isFull && this.parts.length > 0) this.close();
    if (this.parts.length === 0) this.firstSeq = seq;
    this.parts.push(json);
    this.bytes += bytes;
    this.lastSeq = seq;
  }

  done(): readonly CutBatch[] {
    if (this.parts.length > 0) this.close();
    return this.cut;
  }

  private close(): void {
    const { receiver, firstSeq, lastSeq, parts } = this;
    this.cut.push({ receiver, firstSeq, lastSeq, count: parts.length, json: `[${parts.join(',')}]` });
    this.parts = [];
    this.bytes = 0;
  }
}
