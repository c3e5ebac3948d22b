// A cent is followed on the real platform: from the bank line of a payer to the bank line of a place and back, then through
// an order of two payers, whose shares of every redeemed voucher add up. Goal: audit tells the whole way from its own copy.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cents, localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { playLife, type Life } from '../../apps/cli/src/demo/life.js';
import { mintAndActivate, printCodes, registerPayer, type PlacedOrder } from '../../apps/cli/src/world/money-in.js';
import { redeem } from '../../apps/cli/src/world/money-out.js';
import { PAYER, SECOND_PAYER } from '../../apps/cli/src/world/samples.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { openLayout, type Running } from './layouts.js';

const today = localDate(new Date().toISOString().slice(0, 10));
type Step = Readonly<{ step: string; eventId: string; leaf: number | null; amountCents: number | null; ids: Record<string, string> }>;
type Share = Readonly<{ payerId: string; amountCents: number }>;
type Thread = Readonly<{
  redemptionId: string; reached: string; amountCents: number; shares: readonly Share[]; path: readonly string[]; untold: readonly string[];
}>;
type Trace = Readonly<{ steps: readonly Step[]; redemptions: readonly Thread[]; open: readonly { what: string }[] }>;
const WAY = [
  'bank_credit', 'credit_matched', 'batch_made', 'activated', 'redeemed', 'held', 'released', 'statement_closed', 'payment_debited',
];

describe('a cent', () => {
  let running: Running;
  let life: Life;
  const trace = (query: string) => life.people.auditor.get<Trace>(`/audit/traces?${query}`);
  const wayOf = ({ steps }: Trace, { path }: Thread) => path.map((id) => steps.find(({ eventId }) => eventId === id)!);
  const everythingIsKept = () => until('audit has every event', async () => {
    const { senders } = await life.people.auditor.get<{ senders: { missing: number; sealed: number; events: number }[] }>('/audit/completeness');
    return senders.length === 4 && senders.every(({ missing, sealed, events }) => missing === 0 && sealed === events);
  }, 30_000);

  beforeAll(async () => {
    running = await openLayout('platform', 'postgres', `${seedOfRun()}:trace`);
    life = await playLife(running.setting, today, () => {});
    await until('the last payment is told', async () => {
      const { redemptions } = await trace(`redemptionId=${life.redeemed[1]!.redemptionId}`).catch(() => ({ redemptions: [] }));
      return redemptions[0]?.reached === 'paid' && redemptions[0].path.length === WAY.length + 2;
    }, 30_000);
    await everythingIsKept();
  }, 180_000);
  afterAll(async () => { await running?.close(); }, 60_000);

  it('goes from the bank line of its payer to that of its place, and is found from each step', async () => {
    const { redemptionId } = life.redeemed[0]!;
    const found = await trace(`redemptionId=${redemptionId}`);
    const way = wayOf(found, found.redemptions[0]!);
    expect(way.map(({ step }) => step)).toEqual(WAY);
    expect(way.map(({ amountCents }) => amountCents)).toEqual([10_000, 10_000, 10_000, 10_000, 1_000, 1_000, 1_000, 966, 966]);
    expect(found.redemptions).toMatchObject([{ reached: 'paid', untold: ['hand_over_not_told'], shares: [{ payerId: life.scheme.payerId, amountCents: 1_000 }] }]);
    const idOn = (step: string, noun: string) => way.find((one) => one.step === step)!.ids[noun]!;
    const payment = idOn('payment_debited', 'payment');
    const beginnings = [
      `bankLineId=${idOn('bank_credit', 'bankLine')}`, `orderId=${life.order.orderId}`, `orderId=${life.order.orderId}&payerId=${life.scheme.payerId}`,
      `batchId=${life.batchId}`, `batchId=${life.batchId}&index=0`, `serial=${life.vouchers[0]!.serial}`, `claimLineId=${idOn('held', 'claimLine')}`,
      `statementId=${idOn('statement_closed', 'statement')}`, `paymentId=${payment}`,
      `endToEndId=${life.payments.find(({ paymentId }) => paymentId === payment)!.endToEndId}`, `bankLineId=${idOn('payment_debited', 'bankLine')}`,
    ];
    for (const query of beginnings) {
      const other = await trace(query);
      const thread = other.redemptions.find((one) => one.redemptionId === redemptionId);
      expect([query, thread?.path]).toEqual([query, found.redemptions[0]!.path]);
    }
  });

  it('that a bank sent back is followed to the second payment', async () => {
    const found = await trace(`redemptionId=${life.redeemed[1]!.redemptionId}`);
    expect(wayOf(found, found.redemptions[0]!).map(({ step }) => step)).toEqual([...WAY, 'payment_returned', 'payment_debited']);
  });

  it('has a proof at every step', async () => {
    const { operator, auditor } = life.people;
    await operator.post('/audit/checkpoints');
    const { steps } = await trace(`redemptionId=${life.redeemed[0]!.redemptionId}`);
    for (const { eventId, leaf } of steps) {
      expect(await auditor.get(`/audit/events/${eventId}/inclusion`)).toMatchObject({ index: leaf });
    }
  });

  it('of two payers is told by shares that add up, and as owed until it is paid', async () => {
    const { people: { operator }, scheme: { programmeId, payerId }, bank, places } = life;
    const second = await registerPayer(operator, SECOND_PAYER);
    const order = await operator.post<PlacedOrder>('/issuance/orders', {
      programmeId, count: 10, shares: [{ payerId, basisPoints: 6_667 }, { payerId: second, basisPoints: 3_333 }],
    });
    for (const [at, payer] of [PAYER, SECOND_PAYER].entries()) {
      const { amountCents, reference } = order.shares[at]!;
      bank.receive({ amountCents: cents(amountCents), from: { name: payer.name, iban: payer.iban }, text: `Bons ${reference}` });
    }
    await operator.post('/settlement/bank-statements', bank.closeDay());
    await waitFor('the order is funded', async () => (await operator.get<{ funding: string }>(`/issuance/orders/${order.orderId}`)).funding === 'funded');
    const batchId = await mintAndActivate(operator, order);
    const vouchers = await printCodes(operator, batchId);
    for (const voucher of vouchers) await redeem(places[0]!.till, voucher, today);
    const found = await waitFor('audit has the redemptions', async () => {
      const now = await trace(`orderId=${order.orderId}`);
      return now.redemptions.length === vouchers.length && now;
    });
    const sumOf = (shares: readonly Share[]) => shares.reduce((total, { amountCents }) => total + amountCents, 0);
    expect(found.redemptions.map(({ shares }) => sumOf(shares))).toEqual(vouchers.map(() => 1_000));
    const borne = (of: string) => sumOf(found.redemptions.flatMap(({ shares }) => shares).filter((share) => share.payerId === of));
    expect([borne(payerId), borne(second)]).toEqual(order.shares.map(({ amountCents }) => amountCents));
    expect(found.steps.filter(({ step }) => step === 'bank_credit').map(({ amountCents }) => amountCents)).toEqual([6_667, 3_333]);
    expect(new Set(found.redemptions.map(({ reached }) => reached))).toEqual(new Set(['accrued']));
    const text = JSON.stringify(found);
    for (const { code } of vouchers) expect(text).not.toContain(code);
  });
});
