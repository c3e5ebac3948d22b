// The one way in which a place becomes accredited, whether an operator says so at once or at the end of an application.
import { PlaceAccreditedV1, PlaceSuspendedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, type LocalDate, type PlaceId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { decideReturn } from '../departure.decision.js';
import { departuresOf, endDeparture } from '../departure.store.js';
import { lockByName } from '../database.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { endMeasures, insertMeasures, openMeasuresOf, openSuspensionOfPlace, readMeasuredPlace, type StoredMeasure } from '../measure.store.js';
import { insertAccreditation, lockPlace, readWhereabouts, territoryOn } from '../place.store.js';
import type { RefusalCode } from '../refusals.js';
import type { Accredited, Asked } from './accredit-place.command.js';
import { decideAccreditation } from './accredit-place.decision.js';

/** `appliedAt`: when the place submitted the application that this answers; null where the operator accredits it by itself. */
export async function accredit(tx: Tx, asked: Asked, appliedAt: Date | null): Promise<Accredited | Rejected<RefusalCode>> {
  // Two accreditations at once would both call themselves the next version.
  await lockByName(tx, `place:${asked.placeId}`);
  const { inseeCode, services, ...days } = asked;
  const place = await lockPlace(tx, asked.placeId);
  const territory = await territoryOn(tx, asked.programmeId, firstDay(asked, tx.now));
  const decided = decideAccreditation(place, { inseeCode, territory });
  if (isRejected(decided)) return decided;
  const departure = (await departuresOf(tx, asked.placeId)).find((one) => one.programmeId === asked.programmeId && !one.isEnded);
  const returning = decideReturn(departure, { from: asked.from, appliedAt });
  if (isRejected(returning)) return returning;

  const { siteId, siret, name, commune } = decided;
  const version = await insertAccreditation(tx, { ...days, services, commune });
  await tx.emit(PlaceAccreditedV1, {
    subject: `place:${asked.placeId}`, subjectVersion: version,
    body: {
      ...await readWhereabouts(tx, asked.placeId), ...(commune !== null && { commune }),
      siteId, siret, name, ...days, accreditationVersion: version, ...(services.length > 0 && { services: [...services] }),
    },
  });
  await endWithdrawals(tx, asked);
  if (returning === 'ends') await endDeparture(tx, departure!, { how: 'accredited_again', from: latestOf(departure!.from, asked.from, await todayAt(tx, asked.placeId)) });
  await suspendHereToo(tx, asked);
  return { ...days, services, version };
}

/** Whoever accredits a place again knows that it was withdrawn; a suspension goes on, and is ended as one. */
async function endWithdrawals(tx: Tx, asked: Asked): Promise<void> {
  const withdrawals = (await openMeasuresOf(tx, asked.placeId))
    .filter(({ kind, programmeId }) => kind === 'withdrawal' && programmeId === asked.programmeId);
  if (withdrawals.length === 0) return;
  const today = await todayAt(tx, asked.placeId);
  const from = (measure: StoredMeasure) => latestOf(measure.from, asked.from, today);
  await endMeasures(tx, withdrawals, { how: 'accredited_again', explanation: null, from });
}

const latestOf = (...days: [LocalDate, ...LocalDate[]]): LocalDate => days.sort().at(-1)!;
const todayAt = async (tx: Tx, placeId: PlaceId): Promise<LocalDate> => dayIn((await readMeasuredPlace(tx, placeId))!.timeZone, tx.now);

/** A place that is suspended for everything is accredited under that suspension, until somebody reinstates it. */
async function suspendHereToo(tx: Tx, { placeId, programmeId }: Asked): Promise<void> {
  const suspension = await openSuspensionOfPlace(tx, placeId);
  if (!suspension || (await openMeasuresOf(tx, placeId)).some((one) => one.programmeId === programmeId && one.kind === 'suspension')) return;
  const measureId = idOf('measure', tx.newId());
  const today = await todayAt(tx, placeId);
  const measure = { measureId, placeId, programmeId, from: suspension.from > today ? suspension.from : today };
  await insertMeasures(tx, [{ ...suspension, ...measure, kind: 'suspension', wholePlace: true }]);
  await tx.emit(PlaceSuspendedV1, { subject: `measure:${measureId}`, body: { ...measure, reason: suspension.reason } });
}

/** Of those on which it counts and that are not past: an accreditation does not reach back before today. */
function firstDay({ from }: Asked, now: Date): LocalDate {
  const today = dayIn(OPERATOR_ZONE, now);
  return from > today ? from : today;
}
