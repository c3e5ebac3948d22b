// What payers get back: their shares of what expired, and cover that nothing used. Their accounts are entered by one
// person and seen by another, and a run of its own pays them.
import { euros } from '../../demo/life.js';
import { giveAccount } from '../../world/places.js';
import { mustAddUp } from '../ledgers/must-add-up.js';
import { operatorOf, type Year } from '../year.js';
import type { FundingPayer, YearScheme } from './open-scheme.js';
import { cameBack, COOLING_OFF_DAYS, PayDesk } from './pay-desk.js';

type Requested = Readonly<{ refunds: readonly { amountCents: number }[] }>;
type Owed = Readonly<{ payeeId: string; payerId: string; amountCents: number }>;

const IBANS_FROM = 200_000;
const OFFICE_HOUR = 9;
/** A payment that came back is paid again by the next one. */
const RUNS_MAX = 5;

export async function refundPayers(year: Year, scheme: YearScheme, statementIds: readonly string[]): Promise<void> {
  for (const statementId of statementIds) await request(year, { statementId });
  for (const programmeId of [scheme.programmeId, scheme.secondProgrammeId]) {
    for (const { payerId } of scheme.payers) await request(year, { programmeId, payerId });
  }
  await year.time.settled();
  const holders = await enterAccounts(year, scheme.payers);
  const desk = new PayDesk(year, { purpose: 'refund', bankAccountId: scheme.bankAccountId, holders, ibansFrom: IBANS_FROM });
  for (let runs = 0; runs < RUNS_MAX; runs += 1) {
    const released = await desk.release();
    if (!released) break;
    const waitUntil = (days: number) => year.time.goTo(year.time.dayAfter(days), OFFICE_HOUR);
    await desk.hear(released, waitUntil);
    if (cameBack(released)) await waitUntil(COOLING_OFF_DAYS);
    const { run } = released;
    year.tell(`${run.paymentCount} refunds of ${euros(run.amountCents)}${cameBack(released) ? ', not all of which arrive' : ''}`);
  }
  await mustAddUp(year);
}

/** Of the commons' order, and of a payer whose cover was all used, there is nothing to give back. */
async function request(year: Year, what: object): Promise<void> {
  const { status, body } = await operatorOf(year).tryPost('/issuance/refunds', what);
  if (status >= 300 && (body as { code?: string }).code !== 'nothing_to_refund') throw new Error(JSON.stringify(body));
  for (const { amountCents } of status < 300 ? (body as Requested).refunds : []) year.tell(`a payer is owed ${euros(amountCents)} back`);
}

async function enterAccounts(year: Year, payers: readonly FundingPayer[]): Promise<Map<string, string>> {
  const owed = await operatorOf(year).list<Owed>('/settlement/refunds?');
  const holders = new Map<string, string>();
  for (const { payeeId, payerId } of owed) {
    if (holders.has(payeeId)) continue;
    const { name, iban } = payers.find((payer) => payer.payerId === payerId)!;
    holders.set(payeeId, name);
    await giveAccount(year.people, payeeId, name, iban);
  }
  return holders;
}
