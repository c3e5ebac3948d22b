// A place is paid a part of what is due before its statement, out of what another statement left to the commons. Goal: an auditor follows
// that money from what fed the pool to the bank line and the statement that was paid less by it, from each of these, with a proof of each.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeIban, until } from '#libs/testing';
import { OneProcess, person, type Order } from './one-process.js';

const AUDITOR = person({ organisationKind: 'auditor', roles: ['auditor'] });
const FACE = 10_000;

type Step = Readonly<{
  step: string; eventId: string; leaf: number | null; amountCents: number | null; ids: Record<string, string>;
  parts: { commonsCents: number } | null;
}>;
type Trace = Readonly<{
  steps: readonly Step[]; fed: readonly { eventId: string; amountCents: number }[]; isCut: boolean;
  redemptions: readonly Readonly<{ redemptionId: string; reached: string; path: readonly string[]; untold: readonly string[] }>[];
}>;

let scheme: OneProcess;
let order: Order;
let early: string;
/** By the moment of their use: one statement in March, one in April. */
const used: Record<'march' | 'april', string[]> = { march: [], april: [] };

const trace = (query: string) => scheme.get<Trace>(`/audit/traces?${query}`, AUDITOR);
const wayOf = ({ steps }: Trace, { path }: Trace['redemptions'][number]) => path.map((id) => steps.find(({ eventId }) => eventId === id)!);
const only = ({ steps }: Trace, ...names: string[]) => steps.filter(({ step }) => names.includes(step));

async function redeem(month: keyof typeof used, first: number, count: number, day: string): Promise<void> {
  for (let index = first; index < first + count; index += 1) {
    const { status, body } = await scheme.redeem(order, index, day);
    expect(status).toBe(201);
    used[month].push(String(body['redemptionId']));
  }
}

async function closeStatements(): Promise<void> {
  await scheme.quiet();
  const { upToSeq } = await scheme.post<{ upToSeq: number }>('/redemption/period-closings');
  await until('the statements are closed', async () => {
    const { status, body } = await scheme.call(scheme.people.anna, 'POST', '/settlement/statement-closings', {});
    return status < 300 && Number(body['upToSeq']) >= upToSeq;
  });
}

async function pay(purpose: 'place' | 'early'): Promise<void> {
  const { bank, bankAccountId, people } = scheme;
  const run = await scheme.post<{ runId: string; sha256: string }>('/settlement/settlement-runs', { bankAccountId, purpose });
  await scheme.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 }, people.bert);
  await scheme.post(`/settlement/settlement-runs/${run.runId}/release`);
  bank.execute((await scheme.call(people.anna, 'GET', `/settlement/settlement-runs/${run.runId}/file`)).text);
  await scheme.post('/settlement/bank-statements', bank.closeDay());
  await scheme.quiet();
}

async function payeeWithAccount(): Promise<void> {
  const { people } = scheme;
  const placeId = `plc_${people.till.partyId}`;
  const payeeOf = async () => (await scheme.list<{ payeeId: string; places: { placeId: string }[] }>('/settlement/payees?limit=200'))
    .find(({ places }) => places.some((place) => place.placeId === placeId));
  await until('settlement knows the place', async () => await payeeOf() !== undefined);
  const { payeeId } = (await payeeOf())!;
  await scheme.post('/settlement/payees', { placeId, legalName: 'Commune témoin', siren: '552081317' });
  const entered = await scheme.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban: fakeIban(70), holder: 'COMMUNE' });
  await scheme.post(`/settlement/payee-bank-accounts/${entered.bankAccountId}/approvals`, { reason: 'compared with the RIB' }, people.cleo);
}

beforeAll(async () => {
  const dates = { start: '2026-03-02T08:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: '2027-02-28' };
  scheme = await OneProcess.open(dates, { faceCents: FACE, settings: { holdFirstRemittance: false } });
  await payeeWithAccount();
  order = await scheme.orderOf('refund', 10, [{ payerId: scheme.council, basisPoints: 10_000 }]);
  await redeem('march', 0, 5, '2026-03-02');
  await closeStatements();
  await pay('place');
  await scheme.post('/settlement/early-payment-rules', {
    programmeId: scheme.programmeId, from: '2026-03-03', shareBasisPoints: 8_000, ceilingCents: 100_000, monthsMin: 1, redemptionsMin: 1,
  });
  scheme.clock.set('2026-04-20T08:00:00.000Z');
  while (scheme.bank.day < '2026-04-20') await scheme.post('/settlement/bank-statements', scheme.bank.closeDay());
  await redeem('april', 5, 3, '2026-04-20');
  await scheme.quiet();
  const manager = person({ organisationKind: 'place', roles: ['manager'], partyId: scheme.people.till.partyId });
  const asked = { bankAccountId: scheme.bankAccountId, amountCents: 450, currency: 'EUR' };
  early = (await scheme.post<{ earlyPaymentId: string }>('/settlement/early-payments', asked, manager)).earlyPaymentId;
  await pay('early');
  await closeStatements();
  await pay('place');
  await scheme.post('/audit/checkpoints');
}, 240_000);
afterAll(async () => { await scheme?.close(); }, 60_000);

describe('what a place was paid early', () => {
  it('goes from what fed the commons to the bank line and the statement, and is found from each of its steps', async () => {
    const found = await trace(`earlyPaymentId=${early}`);
    const [payment] = only(found, 'payment_debited').filter(({ amountCents }) => amountCents === 450);
    const [netted] = only(found, 'early_netted');
    expect([payment, netted]).toEqual([expect.objectContaining({ amountCents: 450 }), expect.objectContaining({ amountCents: 450 })]);
    const froms = [`earlyPaymentId=${early}`, `paymentId=${payment!.ids['payment']}`, `bankLineId=${payment!.ids['bankLine']}`];
    for (const from of froms) {
      const other = await trace(from);
      expect([from, only(other, 'early_set_aside', 'early_netted').map(({ step, amountCents }) => [step, amountCents])])
        .toEqual([from, [['early_set_aside', 450], ['early_netted', 450]]]);
      // What five vouchers of March left to the commons, and nothing of April, which came after.
      expect([from, other.fed.map(({ amountCents }) => amountCents), other.isCut]).toEqual([from, [5 * FACE / 100], false]);
      const fed = other.steps.find(({ eventId }) => eventId === other.fed[0]!.eventId)!;
      expect(fed).toMatchObject({ step: 'statement_closed', parts: { commonsCents: 5 * FACE / 100 } });
      expect([from, other.redemptions.map(({ redemptionId }) => redemptionId).sort()]).toEqual([from, [...used.april].sort()]);
    }
  });

  it('stands in the way of each redemption of its statement, before the payment of the rest', async () => {
    const [set] = only(await trace(`earlyPaymentId=${early}`), 'early_netted');
    for (const from of [`redemptionId=${used.april[0]!}`, `statementId=${set!.ids['statement']}`]) {
      const found = await trace(from);
      const way = wayOf(found, found.redemptions[0]!);
      expect([from, way.slice(-6).map(({ step }) => step)]).toEqual([from, [
        'redeemed', 'early_set_aside', 'payment_debited', 'statement_closed', 'early_netted', 'payment_debited',
      ]]);
      expect([from, found.redemptions[0]!.reached, found.fed]).toEqual([from, 'paid', []]);
      const [debited, rest] = way.filter(({ step }) => step === 'payment_debited').map(({ amountCents }) => amountCents!);
      expect(debited! + rest!).toBe(way.find(({ step }) => step === 'statement_closed')!.amountCents);
    }
    const march = await trace(`redemptionId=${used.march[0]!}`);
    expect(only(march, 'early_set_aside', 'early_netted')).toEqual([]);
  });

  it('has a proof at every step', async () => {
    const { steps } = await trace(`earlyPaymentId=${early}`);
    expect(steps.length).toBeGreaterThan(6);
    for (const { eventId, leaf } of steps) expect((await scheme.get<{ index: number }>(`/audit/events/${eventId}/inclusion`, AUDITOR)).index).toBe(leaf);
  });
});
