// Whether statements may close, and at which number: where redemption totalled last, once every message up to there has
// arrived and both sides count the same. The cut-off is a message number: a redemption is before it or after it, for both.
import { PREFIXES, reject, type Cents, type PlaceId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type PlaceDifference = Readonly<{ placeId: PlaceId; theirCount: number; theirCents: Cents; ourCount: number; ourCents: Cents }>;

export type ClosingState = Readonly<{
  /** The last number that redemption totalled, with all parts of the total here. */
  totalledUpTo: number | undefined;
  /** Everything of redemption up to here has been taken. */
  takenUpTo: number;
  closedUpTo: number;
  differences: readonly PlaceDifference[];
  missingRule: Readonly<{ programmeId: string; version: number }> | undefined;
}>;

export type DecidedClosing = Readonly<{ kind: 'open'; upToSeq: number }> | Readonly<{ kind: 'closed_before'; upToSeq: number }>;

export function decideClosing(state: ClosingState, namedPlacesMax: number): DecidedClosing | Rejected<RefusalCode> {
  const { totalledUpTo, takenUpTo, closedUpTo, differences, missingRule } = state;
  if (!totalledUpTo) return reject('nothing_to_close');
  if (totalledUpTo <= closedUpTo) return { kind: 'closed_before', upToSeq: closedUpTo };
  if (takenUpTo < totalledUpTo) return reject('redemption_messages_missing', { totalledUpTo, takenUpTo });
  if (differences.length > 0) {
    return reject('totals_differ', { totalledUpTo, places: differences.length, named: differences.slice(0, namedPlacesMax).map(named).join('; ') });
  }
  if (missingRule) return reject('fee_rule_missing', { ...missingRule });
  return { kind: 'open', upToSeq: totalledUpTo };
}

const named = ({ placeId, theirCount, theirCents, ourCount, ourCents }: PlaceDifference): string =>
  `${PREFIXES.place}_${placeId}: redemption ${theirCount} for ${theirCents} cents, here ${ourCount} for ${ourCents}`;
