// A day at the tills, over HTTP and the real queue: a workshop, a wrong scan that is taken back, vouchers that are lost,
// stopped and replaced. Goal: at its end every cent is where the ledgers of all three services say, and places are paid
// for what stands.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { inspect } from '#libs/invariants';
import { localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import { printCodes } from '../../apps/cli/src/world/money-in.js';
import { closeStatements, releaseHolds } from '../../apps/cli/src/world/money-out.js';
import { playScheme, type Opening } from '../../apps/cli/src/world/opening.js';
import { waitFor } from '../../apps/cli/src/world/wait.js';
import { openLayout, type Running } from './layouts.js';

type Receipt = Readonly<{ lines: readonly { outcome: string; code?: string; redemption?: { redemptionId: string } }[] }>;
type Batch = Readonly<{ batchId: string; count: number; redeemedCount: number; replacedBatchId: string | null; movedCount: number | null }>;

const today = localDate(new Date().toISOString().slice(0, 10));

let running: Running;
let opening: Opening;

beforeAll(async () => {
  running = await openLayout('platform', 'postgres', `${seedOfRun()}:till`);
  opening = await playScheme(running.setting, today, () => {});
}, 120_000);
afterAll(async () => { await running?.close(); }, 60_000);

const batches = async (): Promise<readonly Batch[]> =>
  (await opening.people.operator.get<{ batches: Batch[] }>(`/issuance/orders/${opening.order.orderId}`)).batches;
const inOrder = () => until('every invariant holds', async () => (await inspect(running.database.inspectorUrl)).broken.length === 0);

describe('a day at the tills', () => {
  it('begins with a workshop of four, of whom one brought the same voucher twice', async () => {
    const { places: [place], vouchers } = opening;
    const lines = [0, 1, 2, 1].map((index) => ({ code: vouchers[index]!.code }));
    const key = uuidv7();
    const session = { serviceDate: today, service: 'everyday_tools', durationMinutes: 120, participants: 4, lines };
    const receipt = await place!.till.post<Receipt>('/redemption/sessions', session, key);
    expect(receipt.lines.map(({ code, outcome }) => code ?? outcome)).toEqual(['redeemed', 'redeemed', 'redeemed', 'voucher_used']);
    expect(await place!.till.post<Receipt>('/redemption/sessions', session, key)).toEqual(receipt);

    const { redemptionId } = receipt.lines[2]!.redemption!;
    await place!.till.post(`/redemption/redemptions/${redemptionId}/undo`, { reason: 'service_not_rendered' });
    await until('issuance counts it out', async () => (await batches())[0]!.redeemedCount === 2);
    await inOrder();
  });

  it('goes on with vouchers that were lost: stopped at once, replaced, and worth the same', async () => {
    const { people: { operator }, places: [, place], vouchers, batchId } = opening;
    // 0 and 1 are used; 2 to 4 are not.
    await operator.post('/redemption/stops', { batchId, serials: [0, 1, 2, 3, 4].map((index) => vouchers[index]!.serial), reason: 'lost' });
    expect(await place!.till.tryPost('/redemption/redemptions', { code: vouchers[2]!.code, serviceDate: today }, uuidv7()))
      .toMatchObject({ status: 409, body: { code: 'voucher_stopped' } });
    const made = await waitFor('issuance knows of the stop', async () => {
      const { status, body } = await operator.tryPost(`/issuance/batches/${batchId}/replacements`, { first: 0, last: 4 }, uuidv7());
      return status === 201 && (body as { batchId: string }).batchId;
    });
    await until('what was left has moved', async () => (await batches()).some((each) => each.batchId === made && each.movedCount === 3));
    expect((await batches()).map(({ count, replacedBatchId }) => [count, replacedBatchId])).toEqual([[10, null], [5, batchId]]);

    const codes = await printCodes(operator, made);
    const { lines } = await place!.till.post<Receipt>('/redemption/sessions', { serviceDate: today, lines: codes.map(({ code }) => ({ code })) }, uuidv7());
    expect(lines.map(({ code, outcome }) => code ?? outcome)).toEqual(['voucher_used', 'voucher_used', 'redeemed', 'redeemed', 'redeemed']);
    await inOrder();
  });

  it('ends with statements for what stands, after which nothing is taken back', async () => {
    const { people, places: [, place] } = opening;
    const { operator } = people;
    expect(await closeStatements(operator, 5)).toMatchObject({ statements: 0, holds: 2, heldCents: 5_000 });
    // Both claim for the first time: somebody looks before they are owed.
    await releaseHolds(people);
    expect(await closeStatements(operator, 5)).toMatchObject({ statements: 2, grossCents: 5_000 });
    const shown = await place!.till.get<{ items: { redemptionId: string }[] }>('/redemption/redemptions');
    expect(await operator.tryPost(`/redemption/redemptions/${shown.items[0]!.redemptionId}/undo`, { reason: 'other' }, uuidv7()))
      .toMatchObject({ status: 409, body: { code: 'undo_too_late' } });
    await inOrder();
  });
});
