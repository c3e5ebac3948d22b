// The life of a scheme, act by act. Each act is a file in acts/; what one finds out, the next is handed.
import { idOf, showId } from '#libs/kernel';
import { uuidv7 } from 'uuidv7';
import type { Crime, Victim } from '../demo/sabotage.js';
import type { PlacedOrder } from '../world/money-in.js';
import { accreditPlaces, type TakingPart, type Till } from './acts/accredit-places.js';
import { fundOrders } from './acts/fund-order.js';
import { liveThroughMonths } from './acts/live-through-months.js';
import { mintVouchers, type Minted } from './acts/mint-vouchers.js';
import { openScheme, type YearScheme } from './acts/open-scheme.js';
import { PayDesk } from './acts/pay-places.js';
import { registerPlaces } from './acts/register-places.js';
import { Tills } from './acts/tills.js';
import { castOf } from './plan/cast.decision.js';
import { planYear, type YearPlan } from './plan/year-plan.js';
import { drawOf, type Year } from './year.js';

/** Says how long it took, under the name of the act. */
export type Act = <T>(name: string, play: () => Promise<T>) => Promise<T>;

export async function playStory(year: Year, act: Act, crime: Crime): Promise<void> {
  const scheme = await act('scheme', () => openScheme(year));
  const places = await act('places', () => registerPlaces(year));
  const cast = castOf(places.length, drawOf(year, 'cast'));
  const part = await act('accreditations', () => accreditPlaces(year, scheme, places, cast));
  const orders = await act('orders', () => fundOrders(year, scheme));
  const minted = await act('vouchers', () => mintVouchers(year, orders));
  const plan = planYear(year.wish.seed, { vouchers: minted.main.length, cast, timeZones: part.tills.map(({ timeZone }) => timeZone) });
  await act('months', () => months(year, { scheme, part, minted, plan }, crime));
}

type Before = Readonly<{ scheme: YearScheme; part: TakingPart; minted: Minted; plan: YearPlan }>;

async function months(year: Year, { scheme, part, minted, plan }: Before, crime: Crime): Promise<void> {
  const [unused = 0, ...others] = plan.unused;
  const at = { tills: part.tills, stray: await strayTill(year), codes: minted.main, secondCodes: minted.second, unused };
  await liveThroughMonths(year, {
    tills: new Tills(year, at, plan.moments), pay: new PayDesk(year, scheme, part.payees), crime,
    victim: victimOf(year, scheme, part.tills[0]!, others.map((index) => minted.main[index]!)),
  });
}

/** Signs in for a place that redemption has never heard of. */
async function strayTill({ staff }: Year): Promise<Till> {
  const name = 'Chez Personne';
  const who = { name: 'Accueil égaré', email: 'accueil-egare@mereau.example' };
  const person = await staff.found({ kind: 'place', name, partyId: showId('place', idOf('place', uuidv7())) }, 'till', who, `place (${name})`);
  return { person, name, timeZone: 'Europe/Paris' };
}

function victimOf({ people, calendar, time }: Year, scheme: YearScheme, till: Till, codes: readonly string[]): Victim {
  let next = 0;
  return {
    operator: people.operator, dates: { ...calendar, today: calendar.activatedOn },
    order: () => scheme.payers[0].person.post<PlacedOrder>('/issuance/orders', { programmeId: scheme.programmeId, count: 10 }),
    redeemOne: () => till.person.post('/redemption/redemptions', { code: codes[next++], serviceDate: time.dayAfter(0) }),
  };
}
