// From the printer through three distributors to citizens, over HTTP, each service a process of its own: every voucher is
// in one place, redemption knows where, and the codes can no longer be written out.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { inspect } from '#libs/invariants';
import { addDays, localDate } from '#libs/kernel';
import { seedOfRun, until } from '#libs/testing';
import type { Person } from '../../apps/cli/src/world/api.js';
import { openScheme } from '../../apps/cli/src/world/money-in.js';
import { Staff } from '../../apps/cli/src/world/people.js';
import { openLayout, type Running } from './layouts.js';

const COUNT = 2_000;
const SIRETS = ['35600000049837', '73282932000074', '44306184100047'];
type Distributor = Readonly<{
  person: Person; distributorId: string; deliveryId: string; booklets: readonly [first: number, last: number];
}>;
type Stock = Readonly<{ distributorId: string; inStock: { vouchers: number }; handedOver: { vouchers: number; booklets: number } }>;

let running: Running;
let staff: Staff;
let batchId: string;
let orderId: string;
let distributors: Distributor[];

beforeAll(async () => {
  running = await openLayout('split', 'postgres', `${seedOfRun()}:stock`);
  staff = new Staff(running.setting);
  const today = localDate(new Date().toISOString().slice(0, 10));
  const scheme = await openScheme(staff.operator, { today, usableUntil: addDays(today, 300), claimableUntil: addDays(today, 331) });
  const shares = [{ payerId: scheme.payerId, basisPoints: 10_000 }];
  ({ orderId } = await staff.operator.post<{ orderId: string }>('/issuance/orders', { programmeId: scheme.programmeId, count: COUNT, shares }));
  ({ batchId } = await staff.operator.post<{ batchId: string }>(`/issuance/orders/${orderId}/batches`, { bookletSize: 10 }));
  await until('the batch is loaded', async () => (await batch())['state'] === 'loaded');
}, 120_000);
afterAll(async () => { await running?.close(); }, 60_000);

async function batch(): Promise<Record<string, unknown>> {
  const { batches } = await staff.operator.get<{ batches: Record<string, unknown>[] }>(`/issuance/orders/${orderId}`);
  return batches[0]!;
}

const printed = (format: string): Promise<Buffer> => staff.operator.download(`/issuance/batches/${batchId}/print-files`, { format });

async function distributor(at: number, booklets: readonly [number, number]): Promise<Distributor> {
  const { distributorId } = await staff.operator.post<{ distributorId: string }>('/issuance/distributors', {
    name: `Distributeur ${at}`, siret: SIRETS[at], communes: ['42218'],
  });
  const who = { name: `Agent ${at}`, email: `agent${at}@distributeur.example` };
  const person = await staff.found({ kind: 'distributor', name: `Distributeur ${at}`, partyId: distributorId }, 'distributor', who, 'distributor');
  const { deliveryId } = await staff.operator.post<{ deliveryId: string }>(`/issuance/batches/${batchId}/deliveries`, {
    distributorId, booklets: { first: booklets[0], last: booklets[1] },
  });
  return { person, distributorId, deliveryId, booklets };
}

describe('a batch of 2,000 vouchers in booklets of ten', () => {
  it('is printed as sheets and as lines, each with its manifest', async () => {
    for (const format of ['pdf', 'csv']) {
      // Read to its end: a file that nobody read whole has no digest, and may not be shipped.
      expect((await printed(format)).length).toBeGreaterThan(50_000);
    }
    const { items } = await staff.operator.get<{ items: Record<string, unknown>[] }>(`/issuance/batches/${batchId}/print-files`);
    expect(items).toMatchObject(['csv', 'pdf'].map((format) => ({
      format, count: COUNT, booklets: { first: 1, last: 200 }, downloads: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    })));
  }, 120_000);

  it('goes to three distributors, who confirm its receipt; with the last one its codes are gone', async () => {
    distributors = [await distributor(0, [1, 80]), await distributor(1, [81, 140]), await distributor(2, [141, 200])];
    const ends: boolean[] = [];
    for (const { person, deliveryId } of distributors) {
      ends.push((await person.post<{ keyDestroyed: boolean }>(`/issuance/deliveries/${deliveryId}/receipts`)).keyDestroyed);
    }
    expect(ends).toEqual([false, false, true]);
    await expect(printed('csv')).rejects.toMatchObject({ code: 'batch_key_destroyed' });
  }, 60_000);

  it('is handed over booklet by booklet, in one call each', async () => {
    for (const { person, booklets: [first, last] } of distributors) {
      const handOvers = Array.from({ length: last - first + 1 }, (_, at) => ({
        batchId, booklets: { first: first + at, last: first + at }, inseeCode: '42218', publicCategory: 'seniors',
      }));
      expect((await person.post<{ handOvers: object[] }>('/issuance/hand-overs', { handOvers })).handOvers).toHaveLength(handOvers.length);
    }
    const { items: [own] } = await distributors[1]!.person.get<{ items: Stock[] }>('/issuance/stock');
    expect(own).toMatchObject({
      distributorId: distributors[1]!.distributorId, inStock: { vouchers: 0 }, handedOver: { vouchers: 600, booklets: 60 },
    });
    expect(await batch()).toMatchObject({ bookletSize: 10, handedOverCount: COUNT });
  }, 60_000);

  it('is known to redemption as it is, and breaks no invariant, also after one booklet came back', async () => {
    const { person } = distributors[0]!;
    const { items: [latest] } = await person.get<{ items: { handOverId: string }[] }>('/issuance/hand-overs?limit=1');
    await person.post(`/issuance/hand-overs/${latest!.handOverId}/returns`);
    expect(await batch()).toMatchObject({ handedOverCount: COUNT - 10 });
    // While messages are still on their way, and when they have arrived.
    expect((await inspect(running.database.inspectorUrl)).broken).toEqual([]);
    await until('redemption knows of the return', async () => (await known()).returned === 1, 60_000);
    expect(await known()).toEqual({ received: 3, handedOver: 200, returned: 1 });
    expect((await inspect(running.database.inspectorUrl)).broken).toEqual([]);
  }, 90_000);
});

async function known(): Promise<{ received: number; handedOver: number; returned: number }> {
  const client = new pg.Client({ connectionString: running.database.inspectorUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ received: number; handedOver: number; returned: number }>(
      `select count(received_at)::int as received, count(handed_over_at)::int as "handedOver", count(returned_at)::int as returned
       from redemption.known_stock`);
    return rows[0]!;
  } finally {
    await client.end();
  }
}
