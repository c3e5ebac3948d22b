// The life of a scheme, act by act. Each act is a file in acts/; what one finds out, the next is handed.
import { idOf, showId } from '#libs/kernel';
import { uuidv7 } from 'uuidv7';
import type { Crime, Victim } from '../demo/sabotage.js';
import type { PlacedOrder } from '../world/money-in.js';
import { accreditPlaces, type TakingPart, type Till } from './acts/accredit-places.js';
import { distribute, type Stock } from './acts/distribute.js';
import { expireVouchers, signStatements } from './acts/end-scheme.js';
import { fundOrders, type Orders } from './acts/fund-order.js';
import { findPayers } from './acts/import-payers.js';
import { importPlaces } from './acts/import-places.js';
import { liveThroughMonths, type Desk } from './acts/live-through-months.js';
import { activateVouchers, mintVouchers, type Minted } from './acts/mint-vouchers.js';
import { openScheme, type YearScheme } from './acts/open-scheme.js';
import { PayDesk } from './acts/pay-desk.js';
import { refundPayers } from './acts/refund-payers.js';
import { ReviewDesk } from './acts/review-holds.js';
import { sealAudit, type Sealed } from './acts/seal-audit.js';
import { Tills } from './acts/tills.js';
import { castOf } from './plan/cast.decision.js';
import { leastBusy } from './plan/least-busy.decision.js';
import { planYear, type YearPlan } from './plan/year-plan.decision.js';
import { drawOf, type Year } from './year.js';

/** Of accounts that take the place of blocked ones. */
const NEW_IBANS_FROM = 100_000;

/** Says how long it took, under the name of the act. */
export type Act = <T>(name: string, play: () => Promise<T>) => Promise<T>;

export async function playStory(year: Year, act: Act, crime: Crime): Promise<Sealed> {
  const begun = await beginStory(year, act);
  await act('months', () => liveThroughMonths(year, deskOf(year, begun, crime)));
  return endStory(year, act, begun);
}

export type Begun = Readonly<{
  scheme: YearScheme; orders: Orders; part: TakingPart; minted: Minted; plan: YearPlan; stock: Stock; stray: Till;
}>;

/** Everything before the first voucher is used. */
export async function beginStory(year: Year, act: Act): Promise<Begun> {
  const places = await act('places', () => importPlaces(year));
  const payers = await act('payers', () => findPayers(year));
  const scheme = await act('scheme', () => openScheme(year, payers));
  const cast = castOf(places.map(({ siren }) => siren), drawOf(year, 'cast'));
  const part = await act('accreditations', () => accreditPlaces(year, scheme, places, cast));
  const orders = await act('orders', () => fundOrders(year, scheme));
  const minted = await act('vouchers', () => mintVouchers(year, orders));
  const timeZones = part.tills.map(({ timeZone }) => timeZone);
  const plan = planYear((name) => drawOf(year, name), { vouchers: minted.main.codes.length, cast, timeZones });
  // Before they leave: what is lost on the way would take no money any more.
  await act('activation', () => activateVouchers(year, minted));
  const stock = await act('stock', () => distribute(year, minted.main, plan));
  return { scheme, orders, part, minted, plan, stock, stray: await strayTill(year) };
}

/** After the last month: what nobody used goes where the agreements say, and the log is sealed. */
export async function endStory(year: Year, act: Act, { scheme, orders }: Begun): Promise<Sealed> {
  await act('expiry', () => expireVouchers(year, scheme));
  const statementIds = await act('statements', () => signStatements(year, scheme, [orders.main, orders.second]));
  await act('refunds', () => refundPayers(year, scheme, statementIds));
  return act('audit', () => sealAudit(year));
}

/** Who works through the months. */
export function deskOf(year: Year, begun: Begun, crime: Crime, ibansFrom = NEW_IBANS_FROM): Desk {
  const { scheme, orders, part, minted, plan, stock, stray } = begun;
  const { main, second } = minted;
  const [unused = 0, ...others] = plan.unused;
  const till = part.tills[0]!;
  const at = { tills: part.tills, stray, codes: main.codes, secondCodes: second.codes, unused, lost: plan.lost.first };
  return {
    tills: new Tills(year, at, plan.moments), crime, stock,
    reviews: new ReviewDesk(year, leastBusy(plan.moments, part.tills.map(({ payeeId }) => payeeId))),
    pay: new PayDesk(year, { purpose: 'place', bankAccountId: scheme.bankAccountId, holders: part.holders, ibansFrom }),
    lost: { orderId: orders.main.orderId, batchId: main.batchId, vouchers: plan.lost, till },
    victim: victimOf(year, scheme, till, others.map((index) => main.codes[index]!)),
  };
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
