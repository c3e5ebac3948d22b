// From which day a place may leave, what it leaves, and until when it may take that back.
import { addDays, reject, type LocalDate, type ProgrammeId, type Rejected } from '#libs/kernel';
import { DEPARTURE_DAYS_AHEAD_MAX } from '../limits.js';
import type { RefusalCode } from '../refusals.js';

export type Leaving = Readonly<{
  /** At the site, as the days of services are. */
  today: LocalDate;
  /** Ever accredited for, each with the last day of it. */
  programmes: readonly Readonly<{ programmeId: ProgrammeId; until: LocalDate }>[];
  /** Departures that nothing has ended. */
  open: readonly Readonly<{ programmeId: ProgrammeId; from: LocalDate }>[];
}>;
export type WantedDeparture = Readonly<{ programmeId: ProgrammeId | null; from: LocalDate }>;
export type DecidedDeparture = Readonly<{ kind: 'stated'; programmeIds: readonly ProgrammeId[] }>;

/** It reaches back to no day: what was redeemed before it was said stands. */
export function decideDeparture(
  place: Leaving | undefined, { programmeId, from }: WantedDeparture,
): DecidedDeparture | Rejected<RefusalCode> {
  if (!place) return reject('place_not_found');
  const { today, programmes, open } = place;
  if (from < today) return reject('departure_day_past', { today });
  const lastDay = addDays(today, DEPARTURE_DAYS_AHEAD_MAX);
  if (from > lastDay) return reject('departure_too_far', { lastDay });
  const running = programmes.filter(({ until, ...one }) => until >= from && (programmeId === null || one.programmeId === programmeId));
  if (running.length === 0) return reject('nothing_to_leave');
  const already = (id: ProgrammeId) => open.find((one) => one.programmeId === id);
  const programmeIds = running.map((one) => one.programmeId).filter((id) => !already(id));
  if (programmeIds.length === 0) return reject('departure_stated', { from: already(running[0]!.programmeId)!.from });
  return { kind: 'stated', programmeIds };
}

/** `departure` undefined: none of this place has that id. */
export function decideTakingBack(
  departure: Readonly<{ from: LocalDate; isEnded: boolean }> | undefined, today: LocalDate,
): Rejected<RefusalCode> | undefined {
  if (!departure) return reject('departure_not_found');
  if (departure.isEnded) return reject('departure_ended');
  return today >= departure.from ? reject('departure_begun', { from: departure.from }) : undefined;
}
