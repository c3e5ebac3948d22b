// May this person bring a version of a list into force, or set it aside? Its difference to what is in force was looked at before, and
// is another one where something else came into force since.
import { reject, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type ZoneVersion = Readonly<{
  startedBy: string;
  /** All its rows have an outcome. */
  isFinished: boolean;
  /** Rows that it would bring. */
  rows: number;
  decided: 'accepted' | 'set_aside' | null;
}>;
/** `comparedWith`: the version that its difference was looked at against; null: none was in force. */
export type ZoneWish = Readonly<{ by: string }> & (
  | Readonly<{ outcome: 'accepted'; comparedWith: string | null }> | Readonly<{ outcome: 'set_aside'; reason: string }>);

/** Null: it may be written. */
export function decideZones(version: ZoneVersion | undefined, wish: ZoneWish, inForce: string | null): Rejected<RefusalCode> | null {
  if (!version) return reject('import_not_found');
  if (version.decided !== null) return reject('zone_version_decided');
  // Whoever imported a wrong file takes it away alone.
  if (wish.outcome === 'set_aside') return null;
  if (!version.isFinished || version.rows === 0) return reject('zone_version_unfinished');
  if (version.startedBy === wish.by) return reject('zone_version_own');
  return wish.comparedWith === inForce ? null : reject('zone_list_changed');
}
