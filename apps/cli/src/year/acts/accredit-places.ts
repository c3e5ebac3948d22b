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

export type Till = Readonly<{ person: Person; name: string; timeZone: string }>;
/** `tills` by rank, the busiest first. `holders`: of each payee's account, its name. */
export type TakingPart = Readonly<{ holders: ReadonlyMap<string, string>; tills: readonly ActiveTill[] }>;
export type ActiveTill = Till & Readonly<{ payeeId: string }>;
type Payees = Readonly<{ byPlace: ReadonlyMap<string, string>; holders: ReadonlyMap<string, string> }>;

/** A hash of a password takes a tenth of a second on a core, on purpose. */
const SIGN_UPS_IN_FLIGHT = 4;
const IBANS_FROM = 10_000;
const LEGAL_NAME_MAX = 140;

export async function accreditPlaces(year: Year, scheme: YearScheme, places: readonly KnownPlace[], cast: Cast): Promise<TakingPart> {
  const accredited = cast.accredited.map((index) => places[index]!);
  const active = cast.active.map(({ place }) => places[place]!);
  await inFlight(IN_FLIGHT, accredited, (place) => accredit(year, place, scheme.programmeId));
  await accredit(year, active[0]!, scheme.secondProgrammeId);
  await year.time.settled();
  const { byPlace, holders } = await namePayees(year, accredited);
  const tills = await inFlight(SIGN_UPS_IN_FLIGHT, active, async (place, rank) =>
    ({ ...await openTill(year, place, rank), payeeId: byPlace.get(place.placeId)! }));
  year.tell(`${accredited.length} places are accredited, ${holders.size} payees have an account that two people have seen, ${tills.length} have a till`);
  return { holders, tills };
}

const accredit = (year: Year, { placeId }: KnownPlace, programmeId: string): Promise<unknown> =>
  operatorOf(year).post(`/redemption/places/${placeId}/accreditations`, {
    programmeId, from: year.calendar.opensOn, to: year.calendar.claimableUntil,
  });

/** Places of one legal body are one payee: its second place joins the payee of its first. */
async function namePayees(year: Year, accredited: readonly KnownPlace[]): Promise<Payees> {
  const [byPlace, holders] = [new Map<string, string>(), new Map<string, string>()];
  const bodies = [...new Set(accredited.map(({ siren }) => siren))];
  await inFlight(IN_FLIGHT, bodies, async (siren, index) => {
    for (const { placeId, name } of accredited.filter((place) => place.siren === siren)) {
      const legalName = name.slice(0, LEGAL_NAME_MAX);
      const { payeeId } = await operatorOf(year).post<{ payeeId: string }>('/settlement/payees', { placeId, legalName, siren });
      byPlace.set(placeId, payeeId);
      if (holders.has(payeeId)) continue;
      holders.set(payeeId, legalName);
      await giveAccount(year.people, payeeId, legalName, ibanOf(IBANS_FROM + index));
    }
  });
  return { byPlace, holders };
}

async function openTill({ staff }: Year, { placeId, name, timeZone }: KnownPlace, rank: number): Promise<Till> {
  const who = { name: `Accueil ${rank + 1}`, email: `accueil-${rank + 1}@mereau.example` };
  const person = await staff.found({ kind: 'place', name, partyId: placeId }, 'till', who, `place (${name})`);
  return { person, name, timeZone };
}
