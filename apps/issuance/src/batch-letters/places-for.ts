import { dayIn } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Cover } from '../booklet-sheets/cover.store.js';
import { nearestPlaces, type NearPlace } from '../know-places/known-place.store.js';
import { LARGE_LETTER_PLACES, LETTER_PLACES, OPERATOR_ZONE } from '../limits.js';
import { areasOfPayer } from '../payer-area.store.js';
import type { LetterForm } from '../print-batch/print-form.decision.js';

/** Near the commune asked for, or in the territory of the first payer; as many as fit on the page. */
export async function placesFor(
  tx: Tx, { programmeId, firstPayerId }: Pick<Cover, 'programmeId' | 'firstPayerId'>, { commune, largePrint }: LetterForm,
): Promise<NearPlace[]> {
  const areas = commune === null ? await areasOfPayer(tx.sql, firstPayerId) : [commune];
  const max = largePrint ? LARGE_LETTER_PLACES : LETTER_PLACES;
  return nearestPlaces(tx.sql, { programmeId, day: dayIn(OPERATOR_ZONE, tx.now), areas, max });
}
