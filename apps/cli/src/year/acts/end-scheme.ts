// The last claim day is over everywhere. What is left on vouchers expires, both sides sign what became of each order, and
// the money goes where the agreement says: back to the payers of one, to the commons for the other.
import { euros } from '../../demo/life.js';
import type { PlacedOrder } from '../../world/money-in.js';
import { waitFor } from '../../world/wait.js';
import { mustAddUp } from '../ledgers/must-add-up.js';
import { operatorOf, type Year } from '../year.js';
import type { FundingPayer, YearScheme } from './open-scheme.js';

type Run = Readonly<{ state: 'running' | 'finished'; expiredCount: number; expiredCents: number }>;
type Drawn = Readonly<{
  statementId: string; sha256: string; outcome: string; expiredCents: number; shares: readonly { payerId: string }[];
}>;

/** Of 300,000 vouchers on two cores. */
const EXPIRED_MS = 600_000;
const OFFICE_HOUR = 9;

export async function expireVouchers(year: Year, { programmeId, secondProgrammeId }: YearScheme): Promise<void> {
  const operator = operatorOf(year);
  await year.time.goTo(year.time.dayAfter(1), OFFICE_HOUR);
  for (const each of [programmeId, secondProgrammeId]) {
    await operator.post('/redemption/expiry-runs', { programmeId: each });
    const runs = await waitFor('every voucher has expired', async () => {
      const found = await operator.list<Run>(`/redemption/expiry-runs?programmeId=${each}`);
      return found.every(({ state }) => state === 'finished') && found;
    }, EXPIRED_MS);
    const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
    year.tell(`${sum(({ expiredCount }) => expiredCount)} vouchers expire with ${euros(sum(({ expiredCents }) => expiredCents))} left on them`);
  }
  await mustAddUp(year);
}

/** The statements, by order. */
export async function signStatements(year: Year, { payers }: YearScheme, orders: readonly PlacedOrder[]): Promise<string[]> {
  const signed: string[] = [];
  for (const { orderId } of orders) signed.push(await signStatement(year, payers, orderId));
  await mustAddUp(year);
  return signed;
}

async function signStatement(year: Year, payers: readonly FundingPayer[], orderId: string): Promise<string> {
  const { approver } = year.people;
  const drawn = await operatorOf(year).post<Drawn>('/issuance/contradictory-statements', { orderId });
  const { statementId, sha256, shares, outcome, expiredCents } = drawn;
  const path = `/issuance/contradictory-statements/${statementId}`;
  year.folder.write(`${statementId}.csv`, await operatorOf(year).text(`${path}/document`));
  const signers = payers.filter(({ payerId }) => shares.some((share) => share.payerId === payerId)).map(({ person }) => person);
  for (const signer of [...signers, approver]) await signer.post(`${path}/signatures`, { sha256 });
  year.tell(`a contradictory statement over ${euros(expiredCents)} is signed by ${signers.length} payers and the operator: ${outcome}`);
  return statementId;
}
