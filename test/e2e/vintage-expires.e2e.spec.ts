// A vintage to its end and beyond, through the queues of all services in one process, on a clock that is handed in: notices,
// sign-off, expiry by itself, a statement signed by both sides that extends one order and refunds the other, and the end of
// the extended one.
// Goal: everybody is told once, nothing lapses in silence, and each cent goes once where both sides signed.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { until } from '#libs/testing';
import { insertToldMember } from '../builders/told-member.js';
import { OneProcess, person, plain, type Order } from './one-process.js';

const FACE = 1_001;

let scheme: OneProcess;
let admin: pg.Client;
beforeAll(async () => {
  scheme = await OneProcess.open({ start: '2026-11-16T10:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: '2027-01-31' });
  admin = new pg.Client({ connectionString: scheme.database.adminUrl });
  await admin.connect();
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await scheme?.close();
}, 60_000);

/** Somebody of the party who gets mail. */
async function member(kind: 'payer' | 'distributor', partyId: string, email: string, choice?: readonly [language: string, optional: boolean]): Promise<void> {
  const [userId, organisationId] = [uuidv7(), uuidv7()];
  await admin.query(`insert into identity."user" (id, name, email) values ($1, 'A person', $2)`, [userId, email]);
  await admin.query(`insert into identity.organisation (id, kind, name, party_id, created_by) values ($1, $2, 'An organisation', $3, 'test')`, [organisationId, kind, plain(partyId)]);
  await insertToldMember(admin, { organisationId, userId, kind });
  if (choice) await admin.query('insert into identity.notice_choice values ($1, $2, $3, now())', [userId, ...choice]);
}
const mails = () => Object.fromEntries(['council', 'city', 'library'].map((name) => [name, scheme.mailsTo(`${name}@mail.example`).length]));
/** The day comes, and all that it calls for is done and told. */
async function comes(instant: string): Promise<void> {
  scheme.clock.set(instant);
  await scheme.quiet();
}
const signOff = async (step: string, who: keyof typeof scheme.people) => {
  const shown = await scheme.list<{ step: string; state: string; sha256: string; figures: string }>('/issuance/vintages', scheme.people[who]);
  const { sha256, figures } = shown.find((one) => one.step === step && one.state === 'to_sign')!;
  await scheme.post('/issuance/vintage-sign-offs', { programmeId: scheme.programmeId, usableUntil: '2026-12-31', step, sha256 }, scheme.people[who]);
  return JSON.parse(figures) as { batches: Record<string, number>[] };
};
const balances = (...kinds: string[]) => Promise.all(kinds.map((kind) => scheme.balance(kind)));
const runs = () => scheme.list<{ state: string }>(`/redemption/expiry-runs?programmeId=${scheme.programmeId}`);

describe('the end of a vintage', () => {
  it('is told, signed off, expires by itself, and is stated by both sides', async () => {
    const { council, city, people } = scheme;
    await member('payer', council, 'council@mail.example');
    await member('payer', city, 'city@mail.example', ['en', false]);
    const shared: Order = await scheme.orderOf('refund', 6, [{ payerId: council, basisPoints: 5_000 }, { payerId: city, basisPoints: 5_000 }]);
    const alone: Order = await scheme.orderOf('refund', 4, [{ payerId: council, basisPoints: 10_000 }]);
    const { distributorId } = await scheme.post<{ distributorId: string }>('/issuance/distributors', { name: 'Bibliothèque', siret: '55208131766522' });
    await member('distributor', distributorId, 'library@mail.example');
    const library = person({ organisationKind: 'distributor', roles: ['distributor'], partyId: plain(distributorId) });
    const { deliveryId } = await scheme.post<{ deliveryId: string }>(`/issuance/batches/${shared.batchId}/deliveries`, { distributorId });
    await scheme.post(`/issuance/deliveries/${deliveryId}/receipts`, {}, library);
    const handOver = (first: number, last: number) => scheme.post<{ ending: { stop: boolean }[] }>('/issuance/hand-overs', { handOvers: [{ batchId: shared.batchId, first, last }] }, library);
    expect((await handOver(0, 1)).ending).toEqual([]);
    expect((await scheme.redeem(shared, 0)).status).toBe(201);
    await scheme.quiet();
    expect(mails()).toEqual({ council: 0, city: 0, library: 0 });

    // Thirty days: the city has declined what asks nothing of it.
    await comes('2026-12-01T09:00:00.000Z');
    expect(mails()).toEqual({ council: 1, city: 0, library: 1 });

    // Fifteen: two payers sign, then the library hears that it should stop, and is warned where it does not.
    await comes('2026-12-16T09:00:00.000Z');
    expect(mails()).toEqual({ council: 2, city: 1, library: 1 });
    expect(scheme.mailsTo('city@mail.example')[0]).toContain('Please sign off');
    expect((await signOff('fifteen_days', 'council')).batches.map(({ handedOverCount }) => handedOverCount).sort()).toEqual([0, 2]);
    await scheme.quiet();
    expect(mails()).toEqual({ council: 2, city: 1, library: 1 });
    expect((await handOver(2, 2)).ending).toMatchObject([{ stop: false }]);
    await signOff('fifteen_days', 'city');
    await scheme.quiet();
    expect(mails()).toEqual({ council: 2, city: 1, library: 2 });
    expect((await handOver(3, 3)).ending).toMatchObject([{ stop: true }]);

    // Seven: what was handed over meanwhile stays at the payers' charge.
    await comes('2026-12-24T09:00:00.000Z');
    for (const who of ['council', 'city'] as const) {
      const { batches } = await signOff('seven_days', who);
      expect(batches.find(({ handedOverCount }) => handedOverCount === 4)).toMatchObject({ handedOverSinceCount: 2 });
    }
    // Use ends; claims of services rendered before go on for a month.
    await comes('2027-01-10T09:00:00.000Z');
    expect((await scheme.redeem(shared, 1, '2026-12-31')).status).toBe(201);
    expect(await scheme.redeem(shared, 2, '2027-01-02')).toMatchObject({ body: { code: 'service_after_expiry' } });
    // Then nobody has to ask for the run.
    await comes('2027-02-01T12:00:00.000Z');
    await until('the runs are finished', async () => { const all = await runs(); return all.length === 2 && all.every(({ state }) => state === 'finished'); });
    await scheme.quiet();
    expect(await balances('outstanding', 'expired')).toEqual([0, 8 * FACE]);
    expect(mails()).toEqual({ council: 5, city: 2, library: 3 });

    // Both sides sign: one order is refunded, the other gets a year more, and its vouchers are good again.
    const refunded = await scheme.sign(alone, [people.council]);
    const statementId = await scheme.sign(shared, [people.council, people.city], { usableUntil: '2027-12-31', claimableUntil: '2028-01-31' });
    await scheme.quiet();
    expect(await balances('outstanding', 'expired', 'refund_due')).toEqual([4 * FACE, 0, 4 * FACE]);
    const page = await scheme.call(people.city, 'GET', `/issuance/contradictory-statements/${statementId}/document?format=pdf`);
    expect([page.status, page.text.slice(0, 5)]).toEqual([200, '%PDF-']);
    expect((await scheme.redeem(shared, 2, '2027-01-31')).status).toBe(201);
    expect(await scheme.redeem(alone, 0, '2026-12-31')).toMatchObject({ body: { code: 'claim_too_late' } });
    await scheme.post('/issuance/refunds', { statementId: refunded });
    await scheme.quiet();
    expect(await scheme.payRefunds('2027-02-01')).toBe(1);
    await scheme.quiet();

    // The extended order ends in its own time, all of its steps told to whoever was away, and its rest goes back too.
    await comes('2028-02-01T12:00:00.000Z');
    await until('the run is finished', async () => { const all = await runs(); return all.length === 3 && all.every(({ state }) => state === 'finished'); });
    await scheme.quiet();
    expect(mails()).toEqual({ council: 10, city: 4, library: 5 });
    await scheme.sign(shared, [people.council, people.city]);
    await scheme.quiet();
    expect(await balances('outstanding', 'expired', 'refund_due', 'accrued')).toEqual([0, 0, 3 * FACE, 3 * FACE]);
  }, 240_000);
});
