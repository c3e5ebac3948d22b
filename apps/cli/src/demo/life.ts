// The one life of a voucher, from a bank credit to a booked pay-out and a returned one that is paid again. The demo plays
// it in one process; the journeys of the tests play the same against every layout and both queues.
import type { LocalDate } from '#libs/kernel';
import { placeOrder } from '../world/money-in.js';
import { playScheme, type Opening, type Tell } from '../world/opening.js';
import {
  closeStatements, importStatement, payPlaces, paymentsOf, redeem, releaseHolds, type Closed, type Payment, type Redeemed, type Run,
} from '../world/money-out.js';
import { giveAccount } from '../world/places.js';
import type { StaffSetting } from '../world/people.js';
import { SECOND_IBAN } from '../world/samples.js';
import { waitFor } from '../world/wait.js';
import type { Crime, Victim } from './sabotage.js';

export type Life = Opening & Readonly<{
  redeemed: readonly Redeemed[]; closed: Closed; run: Run; secondRun: Run; payments: readonly Payment[];
}>;

export async function playLife(setting: StaffSetting, today: LocalDate, tell: Tell, crime: Crime = {}): Promise<Life> {
  const opening = await playScheme(setting, today, tell);
  const { people, places, vouchers, bank, scheme } = opening;
  const victim = victimOf(opening);
  await crime.opened?.(victim);
  const redeemed: Redeemed[] = [];
  for (const [index, place] of places.entries()) {
    redeemed.push(await redeem(place.till, vouchers[index]!, today));
    tell(`a citizen uses a voucher at ${place.sample.name}`);
  }
  await crime.redeemed?.(victim);
  const first = await closeStatements(people.operator, redeemed.length);
  const held = await releaseHolds(people);
  tell(`${held.length} places claim for the first time: ${euros(first.heldCents)} are held, a reviewer looks, and lets them go`);
  const closed = await closeStatements(people.operator, redeemed.length);
  tell(`${closed.statements} statements close at message ${closed.upToSeq}: ${euros(closed.grossCents)} gross, ${euros(closed.netCents)} net`);
  const run = await payPlaces(people, scheme, bank);
  tell(`${run.paymentCount} payments of ${euros(run.amountCents)} are created by one, approved by another, released to the bank`);
  await importStatement(people.operator, bank);
  tell('the bank statement books the debit');
  const secondRun = await sentBackAndPaidAgain(opening, run, tell);
  await crime.paid?.(victim);
  return { ...opening, redeemed, closed, run, secondRun, payments: await paymentsOf(people.operator) };
}

/** The second place's bank sends the money back: the account is blocked, another one is entered and paid to. */
async function sentBackAndPaidAgain({ people, places, bank, scheme }: Opening, run: Run, tell: Tell): Promise<Run> {
  const place = places[1]!;
  const sent = (await paymentsOf(people.operator, run.runId)).find(({ payeeId }) => payeeId === place.payeeId)!;
  bank.returnPayment(sent.endToEndId, 'AC04');
  await importStatement(people.operator, bank);
  await waitFor('the payment is returned', async () =>
    (await paymentsOf(people.operator, run.runId)).some(({ paymentId, state }) => paymentId === sent.paymentId && state === 'returned'));
  tell(`the bank of ${place.sample.name} returns ${euros(sent.amountCents)} (AC04): payable again, account blocked`);
  await giveAccount(people, place.payeeId, place.sample.legalName, SECOND_IBAN);
  const again = await payPlaces(people, scheme, bank);
  await importStatement(people.operator, bank);
  tell(`a second run pays ${euros(again.amountCents)} to the new account, and the bank books it`);
  return again;
}

const victimOf = ({ people, payer, scheme, places, vouchers, dates }: Opening): Victim => ({
  operator: people.operator, dates, order: () => placeOrder(payer, scheme, vouchers.length),
  redeemOne: () => redeem(places[0]!.till, vouchers.at(-1)!, dates.today),
});

export const euros = (amountCents: number): string => `${(amountCents / 100).toFixed(2)} EUR`;
