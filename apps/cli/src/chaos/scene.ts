// A scheme in full swing, made over HTTP before the first fault: vouchers that are spendable, and two places with tills.
import { localDate, type LocalDate } from '#libs/kernel';
import type { Person } from '../world/api.js';
import { mintAndActivate, openScheme, payByTransfer, placeOrder, printCodes, type PrintedVoucher } from '../world/money-in.js';
import { datesFrom, openBank } from '../world/opening.js';
import { settingOf, Staff, type OperatorPeople } from '../world/people.js';
import { openPlace } from '../world/places.js';
import { Plot } from '../world/plot.js';
import { PAYER, PEOPLE, PLACES } from '../world/samples.js';
import type { Theatre } from './theatre.js';

export type Scene = Readonly<{
  people: OperatorPeople; tills: readonly Person[]; vouchers: readonly PrintedVoucher[]; today: LocalDate;
}>;

export async function openScene(theatre: Theatre, { seed, vouchers: count }: { seed: string; vouchers: number }): Promise<Scene> {
  const plot = new Plot(seed, Date.now());
  for (const role of ['operator', 'approver'] as const) {
    const { email, name } = PEOPLE[role];
    await theatre.run([`first-${role}`, email, name], { MEREAU_FIRST_PASSWORD: plot.passwordFor(email) });
  }
  const staff = new Staff(settingOf(plot, theatre.origins, theatre.dataDir));
  const people = await staff.operatorPeople();
  const today = localDate(new Date().toISOString().slice(0, 10));
  const dates = datesFrom(today);
  const scheme = await openScheme(people.operator, dates);
  const payer = await staff.found({ kind: 'payer', name: PAYER.name, partyId: scheme.payerId }, 'payer', PEOPLE.payer, 'payer');
  const order = await placeOrder(payer, scheme, count);
  await payByTransfer(people.operator, openBank(today), order);
  const batchId = await mintAndActivate(people.operator, order);
  const tills: Person[] = [];
  for (const [at, sample] of PLACES.entries()) {
    tills.push((await openPlace(people, staff, { scheme, dates, sample, who: PEOPLE.tills[at]! })).till);
  }
  return { people, tills, today, vouchers: await printCodes(people.operator, batchId) };
}
