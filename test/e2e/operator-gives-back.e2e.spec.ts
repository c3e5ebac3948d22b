// The operator's desk of credits that matched nothing. Goal: money that is not ours goes back to the account it came from,
// seen by two people; a payer's goes where it belongs; nothing is active without cover; and the day's public statement of
// coverage says all of it, also when a bank line is missing from the books.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { inspect } from '#libs/invariants';
import { cents, isRejected, localDate } from '#libs/kernel';
import { seedOfRun, type FakeBank } from '#libs/testing';
import { openScheme, type PlacedOrder, type Scheme } from '../../apps/cli/src/world/money-in.js';
import { datesFrom, openBank } from '../../apps/cli/src/world/opening.js';
import { Staff, type OperatorPeople } from '../../apps/cli/src/world/people.js';
import { ibanOf, PAYER } from '../../apps/cli/src/world/samples.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { unlikeEvents } from '../builders/restated-ledgers.js';
import { openLayout, type Running } from './layouts.js';

const today = localDate(new Date().toISOString().slice(0, 10));
type Credit = Readonly<{ bankLineId: string; leftCents: number; outcome: string; candidates: readonly Readonly<{ orderId: string }>[] }>;
type Order = Readonly<{ funding: string; batches: readonly Readonly<{ batchId: string; state: string }>[] }>;
type Refund = Readonly<{ bankLineId: string | null; payeeId: string; state: string }>;
type Statement = Readonly<{ day: string; final: boolean; content: string }>;
type Account = Readonly<{
  state: string; assetsCents: number; liabilitiesCents: number; assets: readonly Readonly<{ unaccountedCents: number }>[];
}>;

describe('the desk of unmatched credits', () => {
  let running: Running;
  let people: OperatorPeople;
  let bank: FakeBank;
  let scheme: Scheme;
  let order: PlacedOrder;

  beforeAll(async () => {
    running = await openLayout('platform', 'postgres', `${seedOfRun()}:gives-back`);
    people = await new Staff(running.setting).operatorPeople();
    bank = openBank(today);
    scheme = await openScheme(people.operator, datesFrom(today));
    order = await people.operator.post('/issuance/orders', {
      programmeId: scheme.programmeId, count: 11, shares: [{ payerId: scheme.payerId, basisPoints: 10_000 }],
    });
  }, 120_000);
  afterAll(async () => { await running?.close(); }, 60_000);

  const importDay = (format?: 'cfonb120') => (format
    ? people.operator.upload('/settlement/bank-statements', Buffer.from(bank.closeDay(format)), 'text/plain')
    : people.operator.post('/settlement/bank-statements', bank.closeDay()));
  const worklist = async () => (await people.operator.get<{ items: Credit[] }>('/issuance/credits/unmatched')).items;
  const shown = () => people.operator.get<Order>(`/issuance/orders/${order.orderId}`);
  /** A credit without a reference, called a payer's by a person, as it stands on the list. */
  async function nameless(amountCents: number, from: Readonly<{ name: string; iban: string }>, format?: 'cfonb120'): Promise<Credit> {
    bank.receive({ amountCents: cents(amountCents), from, text: 'VIREMENT' });
    await importDay(format);
    const { items } = await people.operator.get<{ items: { bankLineId: string; amountCents: number }[] }>('/settlement/bank-lines?kind=unknown_credit');
    const line = items.find((one) => one.amountCents === amountCents)!;
    await people.operator.post(`/settlement/bank-lines/${line.bankLineId}/identifications`, { kind: 'payer_receipt' });
    return waitFor('issuance lists the credit', async () => (await worklist()).find(({ bankLineId }) => bankLineId === line.bankLineId) ?? false);
  }

  it('proposes the share that a credit fits, and a person says that it is so', async () => {
    const credit = await nameless(10_000, { name: PAYER.name, iban: PAYER.iban });
    await people.operator.post(`/issuance/credits/${credit.bankLineId}/matches`, { orderId: order.orderId });
    expect((await shown()).funding).toBe('part_funded');
    expect((await worklist()).length).toBe(0);
  });

  it('activates what is paid, and refuses one voucher more', async () => {
    const { batchId } = await people.operator.post<{ batchId: string }>(`/issuance/orders/${order.orderId}/batches`);
    await waitFor('the batch is loaded', async () => (await shown()).batches[0]?.state === 'loaded');
    await people.operator.post(`/issuance/batches/${batchId}/activations`, { first: 0, last: 9 });
    const more = await people.operator.tryPost(`/issuance/batches/${batchId}/activations`, { first: 10, last: 10 });
    expect(more).toMatchObject({ status: 409, body: { code: 'insufficient_coverage' } });
  });

  it('gives a stranger\'s money back to the account that it came from, seen by two', async () => {
    const stranger = { name: 'SOCIETE EGAREE', iban: ibanOf(477) };
    const credit = await nameless(4_321, stranger, 'cfonb120');
    expect(credit.candidates).toEqual([]);
    await people.operator.post(`/issuance/credits/${credit.bankLineId}/set-asides`, { reason: 'we ask the bank' });
    expect(await worklist()).toEqual([]);
    await people.operator.post(`/issuance/credits/${credit.bankLineId}/take-ups`);
    await people.operator.post(`/issuance/credits/${credit.bankLineId}/give-backs`, { reason: 'not_ours' });

    const refund = await waitFor('settlement owes it', async () => (await people.operator.get<{ items: Refund[] }>('/settlement/refunds')).items[0] ?? false);
    expect(refund.bankLineId).toBe(credit.bankLineId);
    const { items: [proposal] } = await people.operator.get<{ items: { bankAccountId: string }[] }>(`/settlement/payees/${refund.payeeId}/bank-accounts`);
    expect(await people.operator.tryPost(`/settlement/payee-bank-accounts/${proposal!.bankAccountId}/approvals`)).toMatchObject({ body: { code: 'checker_is_maker' } });
    await people.checker.post(`/settlement/payee-bank-accounts/${proposal!.bankAccountId}/approvals`, { reason: 'the account that it came from' });

    const run = await people.operator.post<{ runId: string; sha256: string; amountCents: number }>('/settlement/settlement-runs',
      { bankAccountId: scheme.bankAccountId, purpose: 'refund', executionOn: bank.day });
    expect(run.amountCents).toBe(4_321);
    await people.approver.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 });
    await people.operator.post(`/settlement/settlement-runs/${run.runId}/release`);
    const file = await people.operator.text(`/settlement/settlement-runs/${run.runId}/file`);
    expect(file).toContain(`<IBAN>${stranger.iban}</IBAN>`);
    expect(isRejected(bank.execute(file))).toBe(false);
    await importDay();
    await waitFor('issuance knows that it was paid', async () =>
      (await people.operator.get<{ items: { state: string }[] }>('/issuance/credits/given-back')).items[0]?.state === 'paid');
  });

  /** All ledgers announce, audit states it, and anybody reads that without signing in. */
  async function coverage(): Promise<Account> {
    const told = new Map<string, number>();
    for (const service of ['issuance', 'redemption', 'settlement']) {
      const { announced } = await people.operator.post<{ announced: { number: number }[] }>(`/${service}/control-totals`);
      told.set(service, announced.at(-1)?.number ?? 0);
    }
    return waitFor('audit has stated what they told', async () => {
      await people.operator.post('/audit/coverage');
      const [newest] = (await publicly<{ items: Statement[] }>('/audit/coverage?limit=1')).items;
      if (!newest) return false;
      const said = JSON.parse(newest.content) as { totals: { ledger: string; number: number }[]; custodyAccounts: Account[] };
      return said.totals.every(({ ledger, number }) => number >= (told.get(ledger) ?? 0)) && (said.custodyAccounts[0] ?? false);
    });
  }
  async function publicly<T>(path: string): Promise<T> {
    return await (await fetch(`${running.origins.audit}${path}`)).json() as T;
  }

  it('is in the public statement of the day: the bank covers what is owed', async () => {
    expect(await coverage()).toMatchObject({ state: 'covered', assetsCents: 10_000, liabilitiesCents: 10_000, assets: [{ unaccountedCents: 0 }] });
    const page = await (await fetch(`${running.origins.issuance}/coverage`, { headers: { 'accept-language': 'en' } })).text();
    expect(page).toContain('All of it is covered');
  });

  it('breaks no invariant', async () => {
    await waitFor('nothing is under way', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0);
    expect(await unlikeEvents(running.database.inspectorUrl)).toEqual([]);
  });

  it('is missed in the next statement when a bank line was deleted with its posting', async () => {
    const admin = new pg.Client({ connectionString: running.database.adminUrl });
    await admin.connect();
    await admin.query(`begin; set local session_replication_role = replica;
      delete from settlement.transfer where event_id = (select event_id from settlement.bank_line where amount = 4321 and kind = 'unknown_credit');
      delete from settlement.bank_line where amount = 4321 and kind = 'unknown_credit'; commit`);
    await admin.end();
    expect(await coverage()).toMatchObject({ state: 'differs', assets: [{ unaccountedCents: 4_321 }] });
    const { broken } = await inspect(running.database.inspectorUrl);
    expect(broken.map(({ invariant }) => invariant)).toContain('L7b');
  });
});
