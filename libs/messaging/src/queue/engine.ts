import type { Job, Queue, Worker } from 'bullmq';

/** One engine: makes the library's own objects, all on shared connections. */
export type Engine = Readonly<{
  queue(name: string): Queue;
  worker(name: string, process: (job: Job) => Promise<void>, options: WorkerTuning): Worker;
  close(): Promise<void>;
}>;

export type WorkerTuning = Readonly<{
  autorun: boolean; concurrency: number; lockDuration: number; stalledInterval: number; maxStalledCount: number;
  runRetryDelay: number; drainDelay: number;
}>;
