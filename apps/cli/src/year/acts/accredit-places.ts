// One place in ten is accredited: its legal body is named, its bank account entered by one person and seen by another.
// Those where citizens will come get a till.
import type { Person } from '../../world/api.js';
import { inFlight } from '../../world/in-flight.js';
import { giveAccount } from '../../world/places.js';
import { ibanOf } from '../../world/samples.js';
import type { Cast } from '../plan/cast.decision.js';
import { IN_FLIGHT, operatorOf, type Year } from '../year.js';
import type { YearScheme } from './open-scheme.js';
import type { KnownPlace } from './import-places.js';

export type Payee = Readonly<{ payeeId: string; legalName: string }>;
export type Till = Readonly<{ person: Person; name: string; timeZone: string }>;
/** `tills` by rank, the busiest first. */
export type TakingPart = Readonly<{ payees: ReadonlyMap<string, Payee>; tills: readonly Till[] }>;

/** A hash of a password takes a tenth of a second on a core, on purpose. */
const SIGN_UPS_IN_FLIGHT = 4;
const IBANS_FROM = 10_000;
const BANK_NAME_MAX = 70;

export async function accreditPlaces(year: Year, scheme: YearScheme, places: readonly KnownPlace[], cast: Cast): Promise<TakingPart> {
  const accredited = cast.accredited.map((index) => places[index]!);
  const active = cast.active.map(({ place }) => places[place]!);
  await inFlight(IN_FLIGHT, accredited, (place) => accredit(year, place, scheme.programmeId));
  await accredit(year, active[0]!, scheme.secondProgrammeId);
  await year.time.settled();
  const payees = await namePayees(year, accredited);
  const tills = await inFlight(SIGN_UPS_IN_FLIGHT, active, (place, rank) => openTill(year, place, rank));
  year.tell(`${accredited.length} places are accredited, ${payees.size} payees have an account that two people have seen, ${tills.length} have a till`);
  return { payees, tills };
}

const accredit = (year: Year, { placeId }: KnownPlace, programmeId: string): Promise<unknown> =>
  operatorOf(year).post(`/redemption/places/${placeId}/accreditations`, {
    programmeId, from: year.calendar.opensOn, to: year.calendar.claimableUntil,
  });

/** Places of one legal body are one payee. */
async function namePayees(year: Year, accredited: readonly KnownPlace[]): Promise<Map<string, Payee>> {
  // One after the other: the second place of a body joins the payee of the first.
  const payees = new Map<string, Payee>();
  for (const { placeId, name, siren } of accredited) {
    const legalName = name.slice(0, 140);
    const { payeeId } = await operatorOf(year).post<{ payeeId: string }>('/settlement/payees', { placeId, legalName, siren });
    if (!payees.has(payeeId)) payees.set(payeeId, { payeeId, legalName });
  }
  await inFlight(IN_FLIGHT, [...payees.values()], ({ payeeId, legalName }, index) =>
    giveAccount(year.people, payeeId, legalName.slice(0, BANK_NAME_MAX), ibanOf(IBANS_FROM + index)));
  return payees;
}

async function openTill({ staff }: Year, { placeId, name, timeZone }: KnownPlace, rank: number): Promise<Till> {
  const who = { name: `Accueil ${rank + 1}`, email: `accueil-${rank + 1}@mereau.example` };
  const person = await staff.found({ kind: 'place', name, partyId: placeId }, 'till', who, `place (${name})`);
  return { person, name, timeZone };
}
