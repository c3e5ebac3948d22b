// The people of places hear of a changed fee in the transaction that publishes it: what is published is told, whatever comes after.
import { FEE_CHANGE_PLACES_MAX, FeeChangeAnnouncedV1, type BodyOf } from '#libs/contracts';
import { showId, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { programmeNames } from '../known-programmes/known-programme.store.js';
import { accreditedPlaces } from './fee-rule.store.js';
import type { FeeRates } from './publish-fee-rule.decision.js';

type Change = Readonly<{
  programmeId: ProgrammeId; version: number; from: LocalDate; before: FeeRates; after: FeeRates; today: LocalDate;
}>;

export async function announceFeeChange(tx: Tx, { programmeId, version, from, before, after, today }: Change): Promise<void> {
  const places = await accreditedPlaces(tx, programmeId, today);
  const names = await programmeNames(tx.sql, [programmeId]);
  const told = {
    programmeId, version, from, before: ratesOf(before), after: ratesOf(after),
    programmeName: names.get(programmeId) ?? showId('programme', programmeId),
  };
  const parts = Array.from({ length: Math.ceil(places.length / FEE_CHANGE_PLACES_MAX) }, (_, part): BodyOf<typeof FeeChangeAnnouncedV1> =>
    ({ ...told, places: places.slice(part * FEE_CHANGE_PLACES_MAX, (part + 1) * FEE_CHANGE_PLACES_MAX) }));
  await tx.emitAll(FeeChangeAnnouncedV1, parts.map((body) => ({ subject: `programme:${programmeId}`, subjectVersion: version, body })));
}

const ratesOf = ({ feeBasisPoints, vatBasisPoints, commonsBasisPoints }: FeeRates): FeeRates =>
  ({ feeBasisPoints, vatBasisPoints, commonsBasisPoints });
