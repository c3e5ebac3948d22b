import { reject, type Rejected } from '#libs/kernel';

export type Letter = Readonly<{ isReplayed: boolean; isWaiting: boolean }>;

/** Asked twice, it is run once: the second is told that it waits, so that nobody thinks their own word was the cause. */
export function decideReplay(
  letter: Letter | undefined,
): Readonly<{ kind: 'asked' }> | Rejected<'dead_letter_unknown' | 'dead_letter_replayed' | 'dead_letter_waiting'> {
  if (!letter) return reject('dead_letter_unknown');
  if (letter.isReplayed) return reject('dead_letter_replayed');
  return letter.isWaiting ? reject('dead_letter_waiting') : { kind: 'asked' };
}
