// The end of three orders, through the queues of all services in one process, on a clock that is handed in: what is left on
// the vouchers expires, both sides sign, and the money goes back, to the commons, or over to new cover.
// Goal: every cent goes once where the agreement says, and every invariant holds after every step.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { until } from '#libs/testing';
import { OneProcess, type Json } from './one-process.js';

/** The 2nd of January is over even where it ends last. */
const ENDED = '2027-01-03T12:00:00.000Z';

let scheme: OneProcess;
beforeAll(async () => {
  scheme = await OneProcess.open({ start: '2026-12-28T10:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: '2027-01-02' });
}, 120_000);
afterAll(async () => { await scheme?.close(); }, 60_000);

describe('the end of three orders', () => {
  it('sends each cent of what was not used where both sides agreed', async () => {
    const { programmeId, council, city, people } = scheme;
    const both = [{ payerId: council, basisPoints: 6_667 }, { payerId: city, basisPoints: 3_333 }];
    const alone = [{ payerId: city, basisPoints: 10_000 }];
    const refunded = await scheme.orderOf('refund', 7, both);
    const given = await scheme.orderOf('commons', 5, alone);
    const rolled = await scheme.orderOf('roll_over', 3, alone);
    for (const [order, index] of [[refunded, 0], [refunded, 1], [given, 0], [rolled, 2]] as const) {
      expect((await scheme.redeem(order, index)).status).toBe(201);
    }
    await scheme.quiet();

    scheme.clock.set('2027-01-03T11:59:59.000Z');
    expect(await scheme.call(people.anna, 'POST', '/redemption/expiry-runs', { programmeId })).toMatchObject({ status: 409, body: { code: 'claims_open' } });
    scheme.clock.set(ENDED);
    const { runs } = await scheme.post<{ runs: Json[] }>('/redemption/expiry-runs', { programmeId });
    expect(runs).toHaveLength(3);
    const runsOf = async () => scheme.list<{ state: string; outcome: string }>(`/redemption/expiry-runs?programmeId=${programmeId}`);
    await until('the runs are finished', async () => (await runsOf()).every(({ state }) => state === 'finished'));
    expect(await scheme.redeem(given, 3)).toMatchObject({ status: 409, body: { code: 'claim_too_late' } });
    await scheme.quiet();
    expect([await scheme.balance('outstanding'), await scheme.balance('expired')]).toEqual([0, (5 + 4 + 2) * 1_001]);

    const statementId = await scheme.sign(refunded, [people.council, people.city]);
    await scheme.sign(given, [people.city]);
    await scheme.sign(rolled, [people.city]);
    await scheme.quiet();
    const balances = (...kinds: string[]) => Promise.all(kinds.map((kind) => scheme.balance(kind)));
    expect(await balances('expired', 'refund_due', 'prefund', 'commons')).toEqual([0, 5_005, 2_002, 4_004]);
    expect((await runsOf()).map(({ outcome }) => outcome).sort()).toEqual(['commons', 'refund', 'roll_over']);

    // What was rolled over is asked back too: the programme has ended.
    await scheme.post('/issuance/refunds', { statementId });
    await scheme.post('/issuance/refunds', { programmeId, payerId: city });
    await scheme.quiet();
    const owed = await scheme.list<{ amountCents: number }>('/settlement/refunds');
    expect(owed.map(({ amountCents }) => amountCents).reduce((a, b) => a + b)).toBe(5_005 + 2_002);
    expect(await scheme.payRefunds(ENDED.slice(0, 10))).toBe(2);
    await scheme.quiet();

    const states = async (who: Principal) => (await scheme.list<{ state: string }>('/issuance/refunds', who)).map(({ state }) => state);
    expect([await states(people.council), await states(people.city)]).toEqual([['paid'], ['paid', 'paid']]);
    // What is left at the bank (an asset, so on the debit side): four redemptions, owed to their place, and the commons' part.
    expect(await balances('bank', 'accrued', 'commons')).toEqual([-(4 * 1_001 + 4_004), 4 * 1_001, 4_004]);
    expect(await balances('prefund', 'refund_due', 'refund_payable', 'transit')).toEqual([0, 0, 0, 0]);
  }, 120_000);
});
