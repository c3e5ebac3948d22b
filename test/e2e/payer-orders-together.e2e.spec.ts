// State, council and foundation order printed vouchers together: from a proposal by the rule of 2019 to vouchers that can be
// spent, over HTTP, each service a process of its own. Goal: nobody is committed by another, nothing is made before the
// proof, nothing is active before it arrived and is paid, and each payer's money is its own, to the cent, also in the end.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspect } from '#libs/invariants';
import { cents, localDate } from '#libs/kernel';
import { FakeBank, seedOfRun } from '#libs/testing';
import type { Person } from '../../apps/cli/src/world/api.js';
import { openScheme, registerPayer, type Scheme } from '../../apps/cli/src/world/money-in.js';
import { datesFrom, openBank } from '../../apps/cli/src/world/opening.js';
import { Staff } from '../../apps/cli/src/world/people.js';
import { ibanOf, sirenOf } from '../../apps/cli/src/world/samples.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { openLayout, type Running } from './layouts.js';

const COUNT = 101;
const NAMES = ['État, appel à projets', 'Département de la Loire', 'Fondation du Port'];
const today = localDate(new Date().toISOString().slice(0, 10));
type Share = Readonly<{ payerId: string; amountCents: number; reference: string; funding: string }>;
type Order = Readonly<{
  orderId: string; state: string; funding: string; activation: string; nextSteps: string[]; shares: readonly Share[];
  batches: readonly { batchId: string; state: string; spendableCount: number }[]; history: readonly { step: string }[];
}>;

let running: Running;
let bank: FakeBank;
let operator: Person;
let staff: Staff;
let scheme: Scheme;
let payers: { payerId: string; person: Person }[];
let distributor: { person: Person; distributorId: string };
let orderId: string;
let batchId: string;
let deliveryId: string;

beforeAll(async () => {
  running = await openLayout('split', 'postgres', `${seedOfRun()}:together`);
  staff = new Staff(running.setting);
  ({ operator } = staff);
  bank = openBank(today);
  scheme = await openScheme(operator, datesFrom(today));
  payers = [];
  for (const [at, name] of NAMES.entries()) {
    const payerId = await registerPayer(operator, { name, siren: sirenOf(110 + at) });
    await operator.post(`/issuance/payers/${payerId}/billing`, { address: { street: '1 place du Marché', postalCode: '42000', city: 'Saint-Étienne' } });
    const who = { name: `Payeur ${at}`, email: `payeur${at}@ensemble.example` };
    payers.push({ payerId, person: await staff.found({ kind: 'payer', name, partyId: payerId }, 'payer', who, 'payer') });
  }
  const { distributorId } = await operator.post<{ distributorId: string }>('/issuance/distributors', {
    name: 'Bureau de poste', siret: '35600000049837', communes: ['42218'],
  });
  const agent = { name: 'Agent', email: 'agent@ensemble.example' };
  distributor = { distributorId, person: await staff.found({ kind: 'distributor', name: 'Bureau de poste', partyId: distributorId }, 'distributor', agent, 'distributor') };
}, 120_000);
afterAll(async () => { await running?.close(); }, 60_000);

const show = (who: Person = operator) => who.get<Order>(`/issuance/orders/${orderId}`);
const codeOf = async (answer: Promise<{ body: unknown }>) => ((await answer).body as { code?: string }).code;
const proofBytes = (text: string) => ({ reference: `BAT ${text}`, sha256: createHash('sha256').update(text).digest('hex') });
const pay = async (at: number) => {
  const share = (await show()).shares[at]!;
  bank.receive({ amountCents: cents(share.amountCents), from: { name: NAMES[at]!, iban: ibanOf(110 + at) }, text: `Bons ${share.reference}` });
  bank.noise(`${seedOfRun()}:${at}`);
  await operator.post('/settlement/bank-statements', bank.closeDay());
  await waitFor(`payer ${at} has paid`, async () => (await show()).shares[at]!.funding === 'funded');
};

describe('an order of three payers', () => {
  it('is proposed by the rule of 2019, drafted by one of them, and quoted', async () => {
    const [state, council, foundation] = payers.map(({ payerId }) => payerId);
    const { shares, sharing } = await operator.post<{ shares: (Share & { basisPoints: number })[]; sharing: string }>('/issuance/orders/co-funding-proposal', {
      rule: 'state_2019', totalCents: COUNT * 1_000,
      state: { payerId: state, localNetwork: true, hub: true, jointPurchase: true, europeanFunds: false, territoryBasisPoints: 0 },
      others: [{ payerId: council, basisPoints: 6_000 }, { payerId: foundation, basisPoints: 4_000 }],
    });
    expect(shares.map(({ basisPoints }) => basisPoints)).toEqual([5_000, 3_000, 2_000]);
    const agreed = shares.map(({ amountCents: _, ...share }) => ({ ...share, ...(share.payerId === state && { capCents: 45_451 }) }));
    ({ orderId } = await payers[1]!.person.post<{ orderId: string }>('/issuance/order-drafts', {
      programmeId: scheme.programmeId, count: COUNT, sharing, shares: agreed, paper: true,
    }));
    const quote = await operator.post<{ version: number; shares: Share[] }>(`/issuance/order-drafts/${orderId}/quotes`);
    expect([quote.version, quote.shares.map(({ amountCents }) => amountCents)]).toEqual([1, [45_451, 33_329, 22_220]]);
  });

  it('is an order when the last of them has accepted, each for itself', async () => {
    const accept = ({ person }: (typeof payers)[number]) =>
      person.post<{ reference: string | null }>(`/issuance/order-drafts/${orderId}/quotes/1/answers`, { answer: 'accepted' });
    const references = [await accept(payers[2]!), await accept(payers[0]!)].map(({ reference }) => reference);
    expect([references, await codeOf(operator.tryPost(`/issuance/orders/${orderId}/batches`))]).toEqual([[null, null], 'order_not_found']);
    expect((await accept(payers[1]!)).reference).toMatch(/^RF/);
    expect(await show()).toMatchObject({ state: 'accepted', funding: 'awaiting_funds', nextSteps: ['submit_proof', 'pay'] });
    expect((await show(payers[2]!.person)).shares).toMatchObject([{ payerId: payers[2]!.payerId, amountCents: 22_220 }]);
  });

  it('is made once the State approved the proof', async () => {
    await operator.post(`/issuance/orders/${orderId}/proofs`, proofBytes('logo de 2019'));
    const answer = (at: number, text: string, given: object) =>
      payers[at]!.person.tryPost(`/issuance/orders/${orderId}/proof-answers`, { sha256: proofBytes(text).sha256, ...given });
    expect(await codeOf(answer(1, 'logo de 2019', { answer: 'approved' }))).toBe('payer_not_leading');
    await answer(0, 'logo de 2019', { answer: 'sent_back', reason: 'Le logo a changé' });
    expect(await codeOf(operator.tryPost(`/issuance/orders/${orderId}/batches`))).toBe('proof_not_approved');
    await operator.post(`/issuance/orders/${orderId}/proofs`, proofBytes('nouveau logo'));
    expect((await answer(0, 'nouveau logo', { answer: 'approved' })).status).toBe(201);
    ({ batchId } = await operator.post<{ batchId: string }>(`/issuance/orders/${orderId}/batches`, { bookletSize: 1 }));
    await waitFor('the batch is loaded', async () => (await show()).batches[0]!.state === 'loaded');
  });

  it('is active as far as it arrived, once all three have paid', async () => {
    await pay(0);
    await pay(2);
    await operator.download(`/issuance/batches/${batchId}/print-files`, { format: 'csv' });
    ({ deliveryId } = await operator.post<{ deliveryId: string }>(`/issuance/batches/${batchId}/deliveries`, { distributorId: distributor.distributorId }));
    const receive = (first: number, last: number) =>
      distributor.person.post(`/issuance/deliveries/${deliveryId}/receipts`, { ranges: [{ first, last }] });
    const activate = (first: number, last: number) => operator.tryPost(`/issuance/batches/${batchId}/activations`, { first, last });
    await receive(0, 49);
    expect(await show()).toMatchObject({ state: 'partially_delivered', funding: 'part_funded' });
    expect([await codeOf(activate(0, 49)), await codeOf(activate(0, 50))]).toEqual(['insufficient_coverage', 'range_not_received']);
    await pay(1);
    expect((await activate(0, 49)).status).toBe(201);
    await receive(50, 100);
    expect((await activate(50, 100)).status).toBe(201);
    await waitFor('all can be spent', async () => (await show()).batches[0]!.spendableCount === COUNT);
    expect(await show()).toMatchObject({ state: 'delivered', funding: 'funded', activation: 'active', nextSteps: [] });
    expect((await show()).history.map(({ step }) => step)).toEqual([
      'drafted', 'quoted', 'quote_accepted', 'quote_accepted', 'quote_accepted', 'accepted', 'proof_submitted', 'proof_sent_back', 'proof_submitted',
      'proof_approved', 'minted', 'funded', 'funded', 'shipped', 'received', 'funded', 'activated', 'received', 'activated',
    ]);
  }, 120_000);

  it('is reported to each payer to the cent, costs what it says to cancel, and breaks no invariant', async () => {
    const report = await operator.get<Record<string, number> & { shares: Record<string, number>[] }>(`/issuance/orders/${orderId}/report`);
    expect(report.shares.map((share) => share['activatedCents'])).toEqual([45_451, 33_329, 22_220]);
    expect(report).toMatchObject({ activatedCents: 101_000, spendableCents: 101_000, usedCents: 0 });
    expect(await operator.get(`/issuance/orders/${orderId}/cancellation`)).toMatchObject({
      stage: 'active', staysCents: 0, backAtEndCents: 101_000, toStop: [{ batchId, first: 0, last: 49 }, { batchId, first: 50, last: 100 }],
      shares: [{ backCents: 0 }, { backCents: 0 }, { backCents: 0 }],
    });
    expect(await codeOf(operator.tryPost(`/issuance/orders/${orderId}/cancellation`, { reason: 'trop tard' }))).toBe('range_not_stopped');
    expect((await inspect(running.database.inspectorUrl)).broken).toEqual([]);
  });
});
