import { reject, type Rejected } from '#libs/kernel';

export type Asked = Readonly<{
  now: Date;
  everyMs: number;
  when: 'now' | 'when due';
  /** The end of the log. */
  size: number;
  last?: Readonly<{ size: number; time: string }> | undefined;
  /** A statement closed since the last one: what a place is owed is signed at once, and not within the hour. */
  isClosed: boolean;
  /** Size of an earlier checkpoint that the log no longer bears out. */
  contradicted?: number | undefined;
}>;

export type Step = 'sign' | 'last stands' | 'not due';

/** A log that contradicts what was signed is never signed again, whoever asks: a person has to look at it first. */
export function decideCheckpoint({ now, everyMs, when, size, last, isClosed, contradicted }: Asked):
  Step | Rejected<'log_empty' | 'checkpoint_contradicted'> {
  if (contradicted !== undefined) return reject('checkpoint_contradicted', { size: contradicted });
  if (size === 0) return when === 'now' ? reject('log_empty') : 'not due';
  if (last?.size === size) return 'last stands';
  if (when === 'when due' && last && !isClosed && now.getTime() - Date.parse(last.time) < everyMs) return 'not due';
  return 'sign';
}
