// What a place said of leaving, and what it would still owe of yearly charges.
import { z } from 'zod';
import { dayIn } from '#libs/kernel';
import { loadOwnPlace, type OwnPlace } from '../place-sheet/own-place.data.js';
import type { Read, Services } from '../services.js';

export const departure = z.object({
  departureId: z.string(), programmeId: z.string(), programmeName: z.string().nullable(), from: z.string(), until: z.string().nullable(),
  reason: z.string().nullable(), statedAt: z.string(), statedBy: z.string(),
  end: z.object({ how: z.enum(['taken_back', 'accredited_again']), at: z.string() }).nullable(),
});
export type Departure = z.output<typeof departure>;
const charge = z.object({
  year: z.int(), chargedOn: z.string(), amountCents: z.int(), vatCents: z.int(), standing: z.enum(['charged', 'owed', 'owed_elsewhere', 'not_owed']),
});
export type DepartureCharge = z.output<typeof charge>;

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) }).transform(({ items }) => items);
const SHOWN_MAX = 100;

export const loadDepartures = (services: Services, bearer: string): Promise<Read<readonly Departure[]>> =>
  services.get(`/redemption/departures?limit=${SHOWN_MAX}`, listOf(departure), bearer);

/** Undefined for one that is not of this place. */
export async function loadDeparture(services: Services, bearer: string, departureId: string): Promise<Read<Departure | undefined>> {
  const read = await loadDepartures(services, bearer);
  return read.ok ? { ok: true, value: read.value.find((one) => one.departureId === departureId) } : read;
}

/** `programmeId` empty: every programme. */
export type Wanted = Readonly<{ programmeId: string; from: string }>;
/** `today` at the site, by which redemption will judge what is said. */
export type Preview = Readonly<{ place: Read<OwnPlace>; today: string; charges: Read<readonly DepartureCharge[]> }>;

export async function loadPreview(services: Services, bearer: string, { programmeId, from }: Wanted): Promise<Preview> {
  const of = programmeId === '' ? '' : `&programmeId=${programmeId}`;
  const place = await loadOwnPlace(services, bearer);
  const today = place.ok ? todayAt(place.value) : new Date().toISOString().slice(0, 10);
  const charges = await services.get(`/settlement/departure-charges?from=${from}&saidOn=${today}${of}`, listOf(charge), bearer);
  return { place, today, charges };
}

export const todayAt = ({ timeZone }: Pick<OwnPlace, 'timeZone'>): string => dayIn(timeZone, new Date());

const DAY_MS = 86_400_000;
export const eveningBefore = (from: string): string => new Date(Date.parse(from) - DAY_MS).toISOString().slice(0, 10);

/** The last day that redemption takes: a year ahead. */
export const yearFrom = (today: string): string => new Date(Date.parse(today) + 365 * DAY_MS).toISOString().slice(0, 10);

/** What the place takes part in and has not said that it leaves. */
export const stayingIn = ({ accreditations }: OwnPlace, today: string): readonly OwnPlace['accreditations'][number][] =>
  accreditations.filter(({ isLatest, leavesFrom, to }) => isLatest && leavesFrom === null && to >= today);
