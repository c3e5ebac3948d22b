// A gift, from the public page to the bank: anybody reads how to give to a pool, gives, and sees it there; the people whom the pool's rule
// names decide what becomes of it, and it is paid. Through the queues of all services in one process.
// Goal: every cent of it is public at every moment, whoever gave is not, and the way of what was given on leads back to the gift.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { fakeIban } from '#libs/testing';
import { OneProcess, person, type Json } from './one-process.js';

const GIVER = 'FONDATION DES VALLEES';
const [START, NEXT_DAY] = ['2026-12-28T10:00:00.000Z', '2026-12-29T10:00:00.000Z'];
type Pool = Readonly<{
  programmeId: string | null; inCents: number; outCents: number; balanceCents: number; gift: { reference: string };
  rule: { deciders: number } | null;
}>;
type Trace = Readonly<{ steps: { step: string; eventId: string }[]; fed: { eventId: string; amountCents: number }[] }>;

let scheme: OneProcess;
beforeAll(async () => {
  scheme = await OneProcess.open({ start: START, usableUntil: '2027-12-31', claimableUntil: '2028-01-31' });
}, 120_000);
afterAll(async () => { await scheme?.close(); }, 60_000);

/** As somebody without an account reads it. */
const publicly = async <T>(path: string): Promise<T> => (await scheme.call(person({ roles: [] }), 'GET', path)).body as T;
const national = async () => (await publicly<{ items: Pool[] }>('/settlement/commons-pools')).items.find(({ programmeId }) => programmeId === null)!;
const movements = async () => (await publicly<{ items: Json[] }>('/settlement/commons-pools/movements')).items;

describe('a gift to the commons', () => {
  it('is public to the cent, decided about by whom the rule names, paid, and followed back', async () => {
    const { people, bank, bankAccountId } = scheme;
    const [named, other] = [person({ roles: ['approver'] }), person({ roles: ['approver'] })];
    const { version } = await scheme.post<{ version: number }>('/settlement/sharing-rules', {
      programmeId: null, from: '2026-12-29', deciders: [people.bert, named].map(({ userId }) => `usr_${userId}`),
    });
    await scheme.post('/settlement/sharing-rules/confirmations', { version }, people.bert);

    const { gift } = await national();
    bank.receive({ amountCents: cents(12_345), from: { name: GIVER, iban: fakeIban(77) }, text: `don ${gift.reference}` });
    await scheme.post('/settlement/bank-statements', bank.closeDay());
    await scheme.quiet();
    expect(await national()).toMatchObject({ inCents: 12_345, outCents: 0, balanceCents: 12_345 });
    const [given] = await movements();
    expect(given).toMatchObject({ kind: 'gift', amountCents: 12_345, balanceCents: 12_345 });
    expect(JSON.stringify([await national(), await movements()])).not.toContain(GIVER);

    scheme.clock.set(NEXT_DAY);
    expect((await national()).rule).toMatchObject({ deciders: 2 });
    const { payeeId } = await scheme.post<{ payeeId: string }>('/settlement/legal-bodies', { legalName: 'Association des ateliers', siren: '552081317' });
    const account = await scheme.post<{ bankAccountId: string }>(`/settlement/payees/${payeeId}/bank-accounts`, { iban: fakeIban(61), holder: 'ASSOCIATION' });
    await scheme.post(`/settlement/payee-bank-accounts/${account.bankAccountId}/approvals`, { reason: 'compared with the RIB' }, people.cleo);
    const { allocationId } = await scheme.post<{ allocationId: string }>('/settlement/allocations', {
      bankAccountId, payeeId, amountCents: 12_000, currency: 'EUR', reason: 'un camion pour les ateliers',
    });
    const speak = (who: typeof other) => scheme.call(who, 'POST', `/settlement/allocations/${allocationId}/voices`, { voice: 'for' });
    expect((await speak(other)).body).toMatchObject({ code: 'allocation_not_decider' });
    expect((await speak(people.bert)).body).toMatchObject({ state: 'proposed' });
    expect((await speak(named)).body).toMatchObject({ state: 'voted' });

    const run = await scheme.post<{ runId: string; sha256: string }>('/settlement/settlement-runs', { bankAccountId, purpose: 'commons' });
    await scheme.post(`/settlement/settlement-runs/${run.runId}/approvals`, { sha256: run.sha256 }, people.bert);
    await scheme.post(`/settlement/settlement-runs/${run.runId}/release`);
    bank.execute((await scheme.call(people.anna, 'GET', `/settlement/settlement-runs/${run.runId}/file`)).text);
    await scheme.post('/settlement/bank-statements', bank.closeDay());
    await scheme.quiet();

    expect(await national()).toMatchObject({ inCents: 12_345, outCents: 12_000, balanceCents: 345 });
    expect((await movements()).map(({ kind, amountCents, balanceCents }) => [kind, amountCents, balanceCents])).toEqual([['allocation', -12_000, 345], ['gift', 12_345, 12_345]]);
    const auditor = person({ organisationKind: 'auditor', roles: ['auditor'] });
    const trace = await scheme.get<Trace>(`/audit/traces?allocationId=${allocationId}`, auditor);
    expect(trace.fed).toEqual([{ eventId: given!['eventId'], amountCents: 12_345 }]);
    expect(trace.steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['gift_received', 'allocation_voted', 'payment_debited']));
    expect([await scheme.balance('allocated'), await scheme.balance('transit'), await scheme.balance('commons')]).toEqual([0, 0, 345]);
  }, 120_000);
});
