// Two new places claim for the first time. One is released and paid by a second try, after the bank refused the first
// before any debit; the other is fraud. Goal: every cent of both is where it belongs, in all three ledgers.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect } from '#libs/invariants';
import { isRejected, localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { clearingPairs, readAccounts } from '../../apps/cli/src/demo/accounts.js';
import { closeStatements, importStatement, payPlaces, paymentsOf, redeem, type Hold, type Run } from '../../apps/cli/src/world/money-out.js';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import { giveAccount } from '../../apps/cli/src/world/places.js';
import { SECOND_IBAN } from '../../apps/cli/src/world/samples.js';
import { unlikeEvents } from '../builders/restated-ledgers.js';
import { openLayout, type Running } from './layouts.js';

let running: Running;
let opening: Opening;

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:held`);
  const today = localDate(new Date().toISOString().slice(0, 10));
  opening = await playScheme(running.setting, today, () => {});
  for (const [index, place] of opening.places.entries()) await redeem(place.till, opening.vouchers[index]!, today);
}, 120_000);
afterAll(async () => { await running?.close(); }, 60_000);

const balance = async (ledger: string, kind: string) => (await readAccounts(running.database.inspectorUrl)).accounts
  .filter((one) => one.ledger === ledger && one.account.split(':')[0] === kind).reduce((sum, { balanceCents }) => sum + balanceCents, 0);

describe('the first claims of two places', () => {
  it('are held; one is released, the other is cover of the payer again', async () => {
    const { people, places } = opening;
    expect(await closeStatements(people.operator, 2)).toMatchObject({ statements: 0, holds: 2, heldCents: 2000 });
    const { items } = await people.approver.get<{ items: Hold[] }>('/settlement/holds?state=held');
    const holdOf = (at: number) => items.find(({ payeeId }) => payeeId === places[at]!.payeeId)!.holdId;
    await people.approver.post(`/settlement/holds/${holdOf(0)}/release`, { note: 'seen on site' });
    await people.approver.post(`/settlement/holds/${holdOf(1)}/reject`, { reason: 'fraud', note: 'no such workshop' });
    await until('issuance has the money again', async () => (await balance('issuance', 'prefund')) === 1000, 30_000);
    expect(await closeStatements(people.operator, 2)).toMatchObject({ statements: 1, holds: 0, grossCents: 1000, netCents: 966 });
  }, 120_000);

  it('are paid by a second try, after the bank refused the first before any debit', async () => {
    const { people, places, bank, scheme } = opening;
    const run = await people.operator.post<Run & { messageId: string }>('/settlement/settlement-runs', { bankAccountId: scheme.bankAccountId, executionOn: bank.day });
    await people.approver.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 });
    await people.operator.post(`/settlement/settlement-runs/${run.runId}/release`);
    const [payment] = await paymentsOf(people.operator, run.runId);
    const file = await people.operator.text(`/settlement/settlement-runs/${run.runId}/file`);
    expect(isRejected(bank.execute(file, { [payment!.endToEndId]: 'AC01' }))).toBe(false);
    const report = await people.operator.post<object>('/settlement/payment-reports', bank.report(run.messageId));
    expect(report).toMatchObject({ runId: run.runId, statuses: { noted: 1, rejected: 1 }, rejectedCents: 966, findings: [] });
    await importStatement(people.operator, bank);
    await giveAccount(people, places[0]!.payeeId, places[0]!.sample.legalName, SECOND_IBAN);
    await payPlaces(people, scheme, bank);
    await importStatement(people.operator, bank);
    expect((await paymentsOf(people.operator)).map(({ state, amountCents }) => `${state} ${amountCents}`).sort()).toEqual(['booked 966', 'rejected 966']);
  }, 120_000);

  it('break no invariant, and clear between the ledgers', async () => {
    await until('all is quiet', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0, 30_000);
    expect(await unlikeEvents(running.database.inspectorUrl)).toEqual([]);
    const { accounts } = await readAccounts(running.database.inspectorUrl);
    expect(clearingPairs(accounts)).toEqual({ 'issuance-redemption': 0, 'issuance-settlement': 0, 'redemption-settlement': 0 });
    expect(await Promise.all(['accrued', 'held', 'payable', 'transit'].map((kind) => balance('settlement', kind)))).toEqual([0, 0, 0, 0]);
  }, 60_000);
});
