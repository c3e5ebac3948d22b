// Every bound of the messaging, in one place, with where it comes from.

export const LIMITS = {
  /** Decision 3: a batch is at most this. One message above the bytes still goes, alone: it must not block the rest. */
  batchMessages: 500,
  batchBytes: 512_000,
  /** What one numbering transaction takes; bytes as stored, so that a heap of voucher chunks cannot fill the memory. */
  outboxRowsPerPass: 500,
  outboxBytesPerPass: 4_000_000,
  /** Unacknowledged batches of one receiver in the queue: a dead receiver fills the sender's table, not the queue. */
  windowBatches: 50,
  /** Of the window, how many of the oldest are sent again; an acknowledgement moves it on. */
  resentBatches: 5,
  /** Batches of one receiver sent in one pass, so that their text is not all in memory at once. */
  sentPerPass: 10,
  /** Messages that share a transaction after a process has died over their batch. */
  sliceMessages: 25,
  /** Tries of one message before it becomes a dead letter (architecture.md, B4). */
  triesMax: 3,
  /** Of one message, in one try. Below the 15 s after which PostgreSQL ends an idle transaction (libs/persistence). */
  messageMs: 12_000,
  reasonCharacters: 1000,
  purgedPerPass: 1000,
} as const;

/** Durations that tests shorten. The defaults are the project's: decision 3 and reliability.md B2, B10. */
export type Timing = Readonly<{
  /** Unacknowledged after this: sent again. */
  resendMs: number;
  /** The relay looks this often when idle, growing from the first to the second. */
  pollMinMs: number;
  pollMaxMs: number;
  /** A batch whose handling failed comes again after this, at most three times; then the relay's resend takes over. */
  retryMs: number;
  /** A worker that does not renew its lock for this long loses the job to another. */
  lockMs: number;
  stalledMs: number;
  /** Older than this and not acknowledged: alarm. */
  gapAlarmMs: number;
  /** A worker proves this often that it is awake; not for `asleepMs`, and it is replaced. */
  beatMs: number;
  asleepMs: number;
  /** How long a batch in hand may take when the process stops. */
  stopMs: number;
  /** Acknowledged batches stay this long. */
  keepSentMs: number;
  purgeMs: number;
}>;

export const TIMING: Timing = {
  resendMs: 5_000,
  pollMinMs: 20,
  pollMaxMs: 200,
  retryMs: 1_000,
  lockMs: 10_000,
  stalledMs: 5_000,
  gapAlarmMs: 60_000,
  beatMs: 15_000,
  asleepMs: 60_000,
  stopMs: 10_000,
  keepSentMs: 7 * 86_400_000,
  purgeMs: 600_000,
};
