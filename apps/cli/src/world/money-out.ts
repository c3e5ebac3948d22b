// The second half of the one life: services are rendered, places are owed, two people let the money go, the bank answers.
import { uuidv7 } from 'uuidv7';
import type { FakeBank } from '#libs/testing';
import { isRejected } from '#libs/kernel';
import type { Person } from './api.js';
import type { PrintedVoucher, Scheme } from './money-in.js';
import type { OperatorPeople } from './people.js';
import { waitFor } from './wait.js';

export type Redeemed = Readonly<{ redemptionId: string; amountCents: number }>;
export type Closed = Readonly<{
  upToSeq: number; period: string; closedBefore: boolean; statements: number; grossCents: number; netCents: number;
  holds: number; heldCents: number;
}>;
export type Hold = Readonly<{ holdId: string; payeeId: string; lines: number; grossCents: number }>;
export type Run = Readonly<{ runId: string; sha256: string; amountCents: number; paymentCount: number }>;
export type Payment = Readonly<{ paymentId: string; payeeId: string; amountCents: number; endToEndId: string; state: string }>;

export const redeem = (till: Person, { code }: PrintedVoucher, serviceDate: string): Promise<Redeemed> =>
  till.post<Redeemed>('/redemption/redemptions', { code, serviceDate });

/**
 * Redemption says what it redeemed; settlement closes there once it has every message up to that number. A redemption
 * that has no number yet falls into the next period, so a play that wants `count` of them waits for their numbers.
 */
export async function closeStatements(operator: Person, count: number): Promise<Closed> {
  await waitFor('every redemption has its message number', async () => {
    const { places } = await operator.get<{ places: { count: number }[] }>('/redemption/totals');
    return places.reduce((total, place) => total + place.count, 0) >= count;
  });
  const { upToSeq: totalled } = await operator.post<{ upToSeq: number }>('/redemption/period-closings', {});
  return waitFor('the statements are closed', async () => {
    const { status, body } = await operator.tryPost('/settlement/statement-closings', {}, uuidv7());
    // Until the total has arrived, the last closing is what settlement knows.
    if (status < 300) return (body as Closed).upToSeq >= totalled ? body as Closed : undefined;
    const { code } = body as { code: string };
    if (code === 'redemption_messages_missing' || code === 'nothing_to_close') return undefined;
    throw new Error(JSON.stringify(body));
  });
}

/** A reviewer looks at what was held of new places, and lets it go; the lines join the next statements. */
export async function releaseHolds({ approver }: OperatorPeople): Promise<readonly Hold[]> {
  const released: Hold[] = [];
  for (;;) {
    const { items } = await approver.get<{ items: Hold[] }>('/settlement/holds?state=held&limit=200');
    if (items.length === 0) return released;
    for (const { holdId } of items) await approver.post(`/settlement/holds/${holdId}/release`, { note: 'seen on site' });
    released.push(...items);
  }
}

/** Created by one, approved by another who saw exactly these bytes, released; the file goes to the bank. */
export async function payPlaces({ operator, approver }: OperatorPeople, { bankAccountId }: Scheme, bank: FakeBank): Promise<Run> {
  const run = await operator.post<Run>('/settlement/settlement-runs', { bankAccountId, executionOn: bank.day });
  await approver.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 });
  await operator.post(`/settlement/settlement-runs/${run.runId}/release`);
  const taken = bank.execute(await operator.text(`/settlement/settlement-runs/${run.runId}/file`));
  if (isRejected(taken)) throw new Error(`the bank refused the file: ${taken.code}`);
  return run;
}

export async function importStatement(operator: Person, bank: FakeBank): Promise<void> {
  await operator.post('/settlement/bank-statements', bank.closeDay());
}

export async function paymentsOf(operator: Person, runId?: string): Promise<Payment[]> {
  const { items } = await operator.get<{ items: Payment[] }>(`/settlement/payments?limit=200${runId ? `&runId=${runId}` : ''}`);
  return items;
}
