// What to do with a batch that failed. Nothing here ever turns a failure into a refusal: a till that is told "no" sends
// the citizen away, one that is told "later" asks again with the same key and learns what happened.
import { isConflict, isDuplicate, isTransient } from '#libs/persistence';
import { TILL_ATTEMPTS_MAX } from '../limits.js';

export type Failure = Readonly<{
  error: unknown;
  /** How far it came: a connection that is lost after the write was sent leaves the outcome unknown. */
  phase: 'connect' | 'load' | 'write';
  connectionLost: boolean;
  attempt: number;
  count: number;
}>;

export type NextStep = 'repeat' | 'one-by-one' | 'unavailable' | 'fault';

export function nextStep({ error, phase, connectionLost, attempt, count }: Failure): NextStep {
  // Not tried again here: a server that is away would hold every till for the sum of its time-outs.
  if (phase === 'connect') return 'unavailable';
  const again: NextStep = attempt < TILL_ATTEMPTS_MAX ? 'repeat' : 'unavailable';
  if (connectionLost) return phase === 'load' ? again : 'unavailable';
  // A rival took one of the keys, or the same vouchers: with fresh eyes the batch finds what the rival left.
  if (isConflict(error) || isDuplicate(error)) return again === 'unavailable' && count > 1 ? 'one-by-one' : again;
  if (isTransient(error)) return 'unavailable';
  return count > 1 ? 'one-by-one' : 'fault';
}
