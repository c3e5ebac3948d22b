// How a scheme begins: people, a programme, money, vouchers, places. What a new installation shows, and the first act of
// the demo.
import { addDays, cents, localDate, type LocalDate } from '#libs/kernel';
import { FakeBank } from '#libs/testing';
import type { Person } from './api.js';
import { mintAndActivate, openScheme, payByTransfer, placeOrder, printCodes, type Dates, type PlacedOrder, type PrintedVoucher, type Scheme } from './money-in.js';
import { Staff, type OperatorPeople, type SignIn, type StaffSetting } from './people.js';
import { redeem } from './money-out.js';
import { openPlace, type OpenedPlace } from './places.js';
import { CUSTODY, PAYER, PEOPLE, PLACES } from './samples.js';

export const VOUCHERS = 10;

export type Opening = Readonly<{
  staff: Staff; people: OperatorPeople; payer: Person; scheme: Scheme; dates: Dates; order: PlacedOrder;
  batchId: string; places: readonly OpenedPlace[]; bank: FakeBank; vouchers: readonly PrintedVoucher[];
}>;
export type Tell = (line: string) => void;

export const datesFrom = (today: LocalDate): Dates =>
  ({ today, usableUntil: addDays(today, 300), claimableUntil: addDays(today, 331) });

export const openBank = (day: LocalDate): FakeBank =>
  new FakeBank({ iban: CUSTODY.iban, ownerName: CUSTODY.name, bic: CUSTODY.bic, openingCents: cents(0), day, tellsPaymentsOfBatch: false });

/** The operator has to exist; everybody and everything else is made here, over HTTP. */
export async function playScheme(setting: StaffSetting, today: LocalDate, tell: Tell): Promise<Opening> {
  const staff = new Staff(setting);
  const people = await staff.operatorPeople();
  const dates = datesFrom(today);
  const bank = openBank(today);
  const scheme = await openScheme(people.operator, dates);
  const payer = await staff.found({ kind: 'payer', name: PAYER.name, partyId: scheme.payerId }, 'payer', PEOPLE.payer, `payer (${PAYER.name})`);
  tell(`a programme, and a payer: ${PAYER.name}`);
  const order = await placeOrder(payer, scheme, VOUCHERS);
  tell(`the payer orders ${VOUCHERS} vouchers, and is asked for ${order.amountCents / 100} EUR under ${order.reference}`);
  await payByTransfer(people.operator, bank, order);
  tell('the bank statement brings the transfer, among others; the order is funded');
  const batchId = await mintAndActivate(people.operator, order);
  tell('the batch is minted, loaded and activated against the cover');
  const places: OpenedPlace[] = [];
  for (const [index, sample] of PLACES.entries()) {
    places.push(await openPlace(people, staff, { scheme, dates, sample, who: PEOPLE.tills[index]! }));
    tell(`${sample.name} is accredited, its bank account seen by two people`);
  }
  const vouchers = await printCodes(people.operator, batchId);
  return { staff, people, payer, scheme, dates, order, batchId, places, bank, vouchers };
}

/** For a new installation: the scheme, and one voucher used already. */
export async function playOpening(setting: StaffSetting, day: string): Promise<readonly SignIn[]> {
  const today = localDate(day);
  const { staff, places, vouchers } = await playScheme(setting, today, () => {});
  await redeem(places[0]!.till, vouchers[0]!, today);
  return staff.signIns;
}
