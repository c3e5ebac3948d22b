import { reject, type Rejected } from '#libs/kernel';

export type AskedSize = Readonly<{ asked: number | null; checkpointed: number | undefined; sealed: number }>;

/** The size that a proof speaks of. Without one asked for, the newest that is signed: a root that nobody signed proves little. */
export function decideProofSize({ asked, checkpointed, sealed }: AskedSize): number | Rejected<'checkpoint_not_found' | 'log_shorter'> {
  if (asked === null) return checkpointed ?? reject('checkpoint_not_found');
  return asked <= sealed ? asked : reject('log_shorter', { size: sealed });
}
