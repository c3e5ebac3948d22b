// From the printer to three distributors, and from them to citizens. One parcel arrives in two parts and without a booklet,
// which is given up and stopped, so that whoever finds it finds paper.
import { inFlight } from '../../world/in-flight.js';
import { sirenOf, siretOf } from '../../world/samples.js';
import type { Person } from '../../world/api.js';
import { handOverMonths, missingBooklet, sharesOf, type Booklets } from '../plan/stock.decision.js';
import type { YearPlan } from '../plan/year-plan.decision.js';
import { bookletUse } from '../plan/booklet-use.decision.js';
import { drawOf, operatorOf, type Year } from '../year.js';
import type { MintedBatch } from './mint-vouchers.js';

type Distributor = Readonly<{ person: Person; deliveryId: string; booklets: Booklets }>;
/** For each booklet its distributor and its month; those that never leave the cupboard are not in it. */
export type Stock = Readonly<{ batch: MintedBatch; handOvers: readonly Readonly<{ booklet: number; month: number; by: Person }>[] }>;

const NAMES = ['CCAS de Tilleul-le-Haut', 'Mission locale du Val', 'Médiabus départemental'];
const SIRENS_FROM = 301;
/** The most that one request takes. */
const HAND_OVERS_MAX = 500;
const SIGN_UPS_IN_FLIGHT = 3;

export async function distribute(year: Year, batch: MintedBatch, plan: YearPlan): Promise<Stock> {
  const bookletCount = batch.codes.length / batch.bookletSize;
  const use = bookletUse(plan, batch);
  const shares = sharesOf(bookletCount, NAMES.length);
  const missing = missingBooklet(shares, (booklet) => use.needed.has(booklet));
  const distributors = await inFlight(SIGN_UPS_IN_FLIGHT, shares, (booklets, index) => ship(year, batch, booklets, index));
  for (const each of distributors) await receive(year, batch, each, missing);
  const months = handOverMonths(use.firstMonth, plan.calendar.months.length - 1, drawOf(year, 'stock'));
  const byOf = (booklet: number) => distributors.find(({ booklets }) => booklet >= booklets.first && booklet <= booklets.last)!.person;
  year.tell(`${bookletCount} booklets go to ${distributors.length} distributors${missing === undefined ? '' : ', and one of them is lost on the way'}`);
  const handOvers = months.flatMap((month, booklet) =>
    (month === undefined || booklet === missing ? [] : [{ booklet, month, by: byOf(booklet) }]));
  return { batch, handOvers };
}

async function ship(year: Year, { batchId, bookletSize }: MintedBatch, booklets: Booklets, index: number): Promise<Distributor> {
  const operator = operatorOf(year);
  const name = NAMES[index]!;
  const siret = siretOf(sirenOf(SIRENS_FROM + index));
  const { distributorId } = await operator.post<{ distributorId: string }>('/issuance/distributors', { name, siret });
  const who = { name: `Agent ${index + 1}`, email: `agent-${index + 1}@mereau.example` };
  const person = await year.staff.found({ kind: 'distributor', name, partyId: distributorId }, 'distributor', who, `distributor (${name})`);
  const { deliveryId } = await operator.post<{ deliveryId: string }>(`/issuance/batches/${batchId}/deliveries`, {
    distributorId, ...indicesOf(booklets, bookletSize),
  });
  return { person, deliveryId, booklets };
}

async function receive(year: Year, batch: MintedBatch, by: Distributor, missing: number | undefined): Promise<void> {
  const { batchId, bookletSize } = batch;
  const { person, deliveryId, booklets } = by;
  const path = `/issuance/deliveries/${deliveryId}`;
  if (missing === undefined || missing < booklets.first || missing > booklets.last) {
    await person.post(`${path}/receipts`);
    return;
  }
  for (const part of [{ ...booklets, last: missing - 1 }, { ...booklets, first: missing + 1 }]) {
    if (part.last >= part.first) await person.post(`${path}/receipts`, { ranges: [indicesOf(part, bookletSize)] });
  }
  await operatorOf(year).post(`${path}/losses`);
  await year.time.settled();
  await operatorOf(year).post('/redemption/stops', { batchId, ...indicesOf({ first: missing, last: missing }, bookletSize), reason: 'lost' });
}

const indicesOf = ({ first, last }: Booklets, bookletSize: number) => ({ first: first * bookletSize, last: (last + 1) * bookletSize - 1 });

/** What citizens fetch for this month, before any of them uses it. */
export async function handOver({ batch, handOvers }: Stock, month: number): Promise<void> {
  const due = handOvers.filter((one) => one.month === month);
  for (const person of new Set(due.map(({ by }) => by))) {
    const own = due.filter(({ by }) => by === person);
    for (let from = 0; from < own.length; from += HAND_OVERS_MAX) {
      const some = own.slice(from, from + HAND_OVERS_MAX).map(({ booklet }) =>
        ({ batchId: batch.batchId, ...indicesOf({ first: booklet, last: booklet }, batch.bookletSize) }));
      await person.post('/issuance/hand-overs', { handOvers: some });
    }
  }
}
