// What the rest sees of a queue, whatever is behind it: jobs with our own ids, one worker per queue.

export type Outgoing = Readonly<{
  /** Never drawn by the queue: a lost answer makes the client send again, and only an id stops the second job. */
  id: string;
  name: string;
  data: unknown;
  /** False: leaves nothing behind when done, so that the same id may come again. */
  keep: boolean;
}>;

export type Delivery = Readonly<{
  id: string;
  name: string;
  data: unknown;
  /** Deliveries of this job before, that failed. */
  failures: number;
  /** Deliveries of this job before, of which nobody heard again: the process died or froze. */
  stalls: number;
}>;

export type Take = (delivery: Delivery) => Promise<void>;
export type QueueWorker = Readonly<{ close(): Promise<void> }>;

export interface QueuePort {
  /** Resolves when the queue has the job. A second `send` of the same id is the same job. */
  send(queue: string, job: Outgoing): Promise<void>;
  /** True while a worker has the job or will have it. */
  isUnderway(queue: string, id: string): Promise<boolean>;
  waitingCount(queue: string): Promise<number>;
  /**
   * Resolves when the worker listens; `atOnce` jobs (1) are in hand together. `take` may throw: the job comes again, at most three times in
   * all.
   */
  consume(queue: string, take: Take, atOnce?: number): Promise<QueueWorker>;
  close(): Promise<void>;
}
