// Two payers, one order: one pays by transfer, among the noise of a real statement, the other by card. Goal: each payer's
// money is its own cover, Stripe's fee and payout are booked as Stripe and the bank state them, and every invariant holds at
// every moment, also while messages are under way. Then the faults that L7 is for are planted, and have to be named.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CATALOGUE, inspect, type Broken } from '#libs/invariants';
import { cents, localDate } from '#libs/kernel';
import { FakeStripe } from '#libs/stripe';
import { FakeBank, seedOfRun } from '#libs/testing';
import type { Person } from '../../apps/cli/src/world/api.js';
import { openScheme, type Scheme } from '../../apps/cli/src/world/money-in.js';
import { datesFrom, openBank } from '../../apps/cli/src/world/opening.js';
import { Staff } from '../../apps/cli/src/world/people.js';
import { ibanOf, PAYER, sirenOf } from '../../apps/cli/src/world/samples.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { openLayout, redisUrl, type Layout, type QueueKind, type Running } from './layouts.js';

const STAGES: readonly [Layout, QueueKind][] = [['platform', 'postgres'], ['split', 'redis']];
const SECRET = 'whsec_journey';
const today = localDate(new Date().toISOString().slice(0, 10));
type Share = Readonly<{ payerId: string; amountCents: number; reference: string; fundedCents: number; funding: string }>;
type Order = Readonly<{ orderId: string; funding: string; shares: readonly Share[] }>;
type Line = Readonly<{ bankLineId: string; amountCents: number }>;

for (const [layout, queue] of STAGES) {
  const stage = queue === 'redis' && !redisUrl() ? describe.skip : describe;
  stage(`an order of two payers, ${layout}, queue in ${queue}${queue === 'redis' && !redisUrl() ? ' (skipped: no redis-server)' : ''}`, () => {
    let running: Running;
    let fake: FakeStripe;
    let bank: FakeBank;
    let operator: Person;
    let scheme: Scheme;
    let second: string;
    let order: Order;
    const brokenMeanwhile: Broken[] = [];
    let watching = true;
    let watch: Promise<void> = Promise.resolve();

    beforeAll(async () => {
      fake = await FakeStripe.start();
      running = await openLayout(layout, queue, `${seedOfRun()}:card:${layout}`, {
        STRIPE_SECRET_KEY: 'sk_test_journey', STRIPE_API_BASE: fake.baseUrl, STRIPE_WEBHOOK_SECRETS: SECRET,
      });
      ({ operator } = new Staff(running.setting));
      bank = openBank(today);
      scheme = await openScheme(operator, datesFrom(today));
      second = (await operator.post<{ payerId: string }>('/issuance/payers', { name: 'Fondation du Port', siren: sirenOf(102) })).payerId;
      watch = (async () => {
        while (watching) brokenMeanwhile.push(...(await inspect(running.database.inspectorUrl)).broken);
      })();
    }, 240_000);
    afterAll(async () => {
      watching = false;
      await watch.catch(() => undefined);
      await running?.close();
      await fake?.stop();
    }, 60_000);

    const show = () => operator.get<Order>(`/issuance/orders/${order.orderId}`);
    const funded = (until: (shown: Order) => boolean) => waitFor('the order is funded so far', async () => until(await show()));
    const importDay = () => operator.post<{ statements: { lines: Record<string, number> }[] }>('/settlement/bank-statements', bank.closeDay());
    const tell = async (to: 'issuance' | 'settlement', types: string[]) => {
      const url = `${running.origins[to]}/${to}/stripe-webhooks`;
      const answers = await fake.deliverWebhooks({ url, secret: SECRET, types }, { copies: 2, reversed: true });
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    };
    const lines = async (kind: string) => (await operator.get<{ items: Line[] }>(`/settlement/bank-lines?kind=${kind}`)).items;
    const balance = () => operator.get<Record<string, number>>('/settlement/stripe-balance');

    it('is placed with an amount and a reference for each', async () => {
      await operator.post('/settlement/stripe-accounts', { bankAccountId: scheme.bankAccountId });
      order = await operator.post<Order>('/issuance/orders', {
        programmeId: scheme.programmeId, count: 10,
        shares: [{ payerId: scheme.payerId, basisPoints: 6_000 }, { payerId: second, basisPoints: 4_000 }],
      });
      expect(order.shares.map(({ amountCents }) => amountCents)).toEqual([6_000, 4_000]);
    });

    it('is funded by the first by transfer, among what is not for us', async () => {
      bank.receive({ amountCents: cents(6_000), from: { name: PAYER.name, iban: PAYER.iban }, text: `Bons ${order.shares[0]!.reference}` });
      bank.noise(seedOfRun());
      expect((await importDay()).statements[0]!.lines).toEqual({ payer_receipt: 2, unknown_credit: 2 });
      await funded(({ shares }) => shares[0]!.funding === 'funded');
      expect((await show()).shares[1]).toMatchObject({ fundedCents: 0, funding: 'awaiting_funds' });
    });

    it('is funded by the second by card, whatever its webhooks do', async () => {
      const opened = await waitFor('Stripe is connected', async () => {
        const answer = await operator.tryPost(`/issuance/orders/${order.orderId}/card-payments`, { payerId: second });
        return answer.status === 201 && (answer.body as { url: string; amountCents: number });
      });
      expect(opened.amountCents).toBe(4_000);
      expect((await fetch(`${opened.url}/pay`, { method: 'POST', redirect: 'manual' })).status).toBe(303);
      await tell('issuance', ['checkout.session.']);
      await funded(({ funding }) => funding === 'funded');
    });

    it('costs the operator Stripe\'s fee, which L7 lists as the gap, and the rest is paid out', async () => {
      await tell('settlement', ['charge.']);
      await waitFor('the fee is read, and the payment taken', async () => {
        const { feesCents, ledgerCents } = await balance();
        return feesCents === 85 && ledgerCents === 3_915;
      });
      expect(await balance()).toMatchObject({ statedCents: 3_915, ledgerCents: 3_915, operatorCents: -85, gapCents: 85, unexplained: [] });
      const payout = fake.account.payOut({ arrivesOn: bank.day, descriptor: 'MEREAU' });
      fake.account.payoutPaid(payout.id);
      await tell('settlement', ['payout.']);
      await waitFor('the payout is on its way', async () => (await balance())['inTransitCents'] === 3_915);
      bank.receivePspPayout({ amountCents: cents(payout.amount), descriptor: 'MEREAU' });
      expect((await importDay()).statements[0]!.lines).toEqual({ psp_payout: 1 });
      expect(await balance()).toMatchObject({ statedCents: 0, ledgerCents: 0, inTransitCents: 0, gapCents: 85 });
    });

    it('takes what was typed wrong by a person\'s word: identified, then matched by hand', async () => {
      const more = await operator.post<Order>('/issuance/orders', {
        programmeId: scheme.programmeId, count: 100, shares: [{ payerId: second, basisPoints: 10_000 }],
      });
      bank.receive({ amountCents: cents(100_000), from: { name: 'FONDATION DU PORT', iban: ibanOf(102) }, text: 'BONS 100' });
      await importDay();
      const line = (await lines('unknown_credit')).find(({ amountCents }) => amountCents === 100_000)!;
      await operator.post(`/settlement/bank-lines/${line.bankLineId}/identifications`, { kind: 'payer_receipt' });
      await waitFor('issuance lists the credit', async () => {
        const { items } = await operator.get<{ items: Line[] }>('/issuance/credits/unmatched');
        return items.some(({ bankLineId }) => bankLineId === line.bankLineId);
      });
      await operator.post(`/issuance/credits/${line.bankLineId}/matches`, { orderId: more.orderId });
      expect(await operator.get(`/issuance/orders/${more.orderId}`)).toMatchObject({ funding: 'funded' });
    });

    it('broke no invariant at any moment', async () => {
      watching = false;
      await watch;
      expect(brokenMeanwhile).toEqual([]);
      expect((await inspect(running.database.inspectorUrl)).broken).toEqual([]);
    });

    it.each([
      ['a cent less at the bank', `update settlement.bank_statement set closing_balance = closing_balance - 1, debits = debits + 1
        where ordinal = (select max(ordinal) from settlement.bank_statement)`],
      ['a dispute that Stripe took out of the balance', `insert into settlement.stripe_movement
        (id, stripe_type, kind, amount, fee, net, currency, bank_account_id, moved_at, read_at)
        select 'txn_planted', 'adjustment', 'other', -1, 0, -1, 'EUR', bank_account_id, now(), now() from settlement.stripe_account`],
      ['a card charged a cent that Stripe never had', `insert into issuance.transfer
        (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
        select gen_random_uuid(), 0, '4', debit, credit, 1, 'EUR', custody_account_id from issuance.transfer where rule = '4'`],
    ])('is missed by a cent, and L7 names the account: %s', async (_, fault) => {
      const l7 = CATALOGUE.filter(({ id }) => id === 'L7');
      const admin = new pg.Client({ connectionString: running.database.adminUrl });
      await admin.connect();
      try {
        await admin.query('set session_replication_role = replica; begin');
        await admin.query(fault);
        await admin.query('set session_replication_role = origin');
        const { rows } = await admin.query<{ row_named: string }>(l7[0]!.sql);
        expect(rows.map(({ row_named }) => row_named)).toEqual([`bank_account:${scheme.bankAccountId.slice(4)}`]);
        await admin.query('rollback');
      } finally {
        await admin.end();
      }
    });
  });
}
