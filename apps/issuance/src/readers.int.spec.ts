// What the database itself shows to whoever reads for a payer or a distributor, whatever the query above it forgot to ask: nothing of
// others, and nothing less of their own.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, type DistributorId, type PayerId } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import { distributorMemberOf, IssuanceWorld, plain } from '../../../test/builders/issuance-world.js';
import { tablesAsRead, tablesOfNobody } from '../../../test/builders/readers.js';
import { listAgents } from './agent.store.js';
import { listStatements } from './contradictory-statements/show-statements.store.js';
import { listAlerts } from './distribution-funnel/alert.store.js';
import { readFunnel } from './distribution-funnel/funnel.store.js';
import { isFileOf } from './hand-over-file/hand-over-file.store.js';
import { listInvoices } from './invoices/invoice-view.store.js';
import { listDrafts } from './order-draft.store.js';
import { listRefunds } from './refunds/refund.store.js';
import { announcedByPayer } from './show-coverage/coverage.store.js';
import { listBatches, listOrders } from './show-orders/order-view.store.js';
import { listDeliveries, listHandOvers, listStock } from './show-stock/stock-view.store.js';
import { listVintages } from './sign-off-vintage/list-vintages.store.js';

/** Read by payers or distributors, and of nobody in particular. What was taken out of a holding names nobody. */
const OF_NOBODY = ['programme', 'programme_rule', 'taken_out', 'upstream_fee_rule', 'upstream_fee_service'];
const LATER = new Date('2030-01-01T00:00:00Z');

/** One payer who shares an order with another, and one distributor with half of its batch; and the same once more, of others. */
type Parties = Readonly<{ payerId: PayerId; besideId: PayerId; distributorId: DistributorId; orderId: string; programmeId: string }>;
let world: IssuanceWorld;
let [own, other]: Parties[] = [];

async function parties(): Promise<Parties> {
  const payerIds = [await world.payer(), await world.payer()];
  const shares = payerIds.map((payerId, at) => ({ payerId, basisPoints: at === 0 ? 6_000 : 4_000 }));
  await world.quoted({ shares });
  const { orderId, programmeId, batchId } = await world.usedOrder([1_000, 1_000], { shares });
  // Announced, and not paid.
  await world.order({ programmeId, shares });
  await world.done(`orders/${orderId}/invoices`, {});
  await world.done(`batches/${batchId}/print-files`, { format: 'csv' });
  const [here, beside] = [await world.distributor(), await world.distributor()];
  const deliveryId = await world.ship(batchId, here, { first: 0, last: 5 });
  const besideId = await world.ship(batchId, beside, { first: 6, last: 9 });
  await world.done(`deliveries/${deliveryId}/receipts`, {}, distributorMemberOf(here));
  await world.done(`deliveries/${besideId}/receipts`, {}, distributorMemberOf(beside));
  await world.done('agents', { name: 'Accueil' }, distributorMemberOf(here));
  await world.done('hand-overs', { handOvers: [{ batchId, first: 0, last: 1 }] }, distributorMemberOf(here));
  // A part goes on to the other one: what is left here is counted without it.
  await world.done('transfers', { batchId, first: 4, last: 5, to: { kind: 'distributor', distributorId: beside } }, distributorMemberOf(here));
  return {
    payerId: idOf('payer', plain(payerIds[0]!)), besideId: idOf('payer', plain(payerIds[1]!)), distributorId: idOf('distributor', plain(here)), orderId: plain(orderId), programmeId: plain(programmeId),
  };
}

beforeAll(async () => {
  world = await IssuanceWorld.create();
  [own, other] = [await parties(), await parties()];
}, 120_000);
afterAll(() => world.close());

const as = <T>(reader: string, read: (sql: Sql) => Promise<T>): Promise<T> => readAs(world.work, reader, read);
const page = { before: null, rowsMax: 1_000 };

/** What portals read, of one party or, where the query forgets to ask whose they are, of null. */
const OF_PAYERS: Readonly<Record<string, (sql: Sql, payerId: PayerId | null) => Promise<readonly unknown[]>>> = {
  orders: (sql, payerId) => listOrders(sql, { ...page, payerId, orderId: null, at: null, reference: null, from: null, to: null }),
  drafts: (sql, payerId) => listDrafts(sql, { ...page, payerId, orderId: null }),
  invoices: (sql, payerId) => listInvoices(sql, { ...page, payerId, orderId: null, number: null, kind: null }),
  funnel: (sql, payerId) => readFunnel(sql, { by: ['programme', 'distributor'], programmeId: null, distributorId: null, payerId, commune: null, rowsMax: 1_000 }),
};
const OF_DISTRIBUTORS: Readonly<Record<string, (sql: Sql, distributorId: DistributorId | null) => Promise<readonly unknown[]>>> = {
  stock: (sql, distributorId) => listStock(sql, { distributorId, batchId: null, rowsMax: 1_000 }, null),
  deliveries: (sql, distributorId) => listDeliveries(sql, { distributorId, batchId: null, rowsMax: 1_000 }, null),
  'hand-overs': (sql, distributorId) => listHandOvers(sql, { distributorId, batchId: null, rowsMax: 1_000 }, null),
  agents: (sql, distributorId) => listAgents(sql, distributorId, null, 1_000),
  alerts: (sql, distributorId) => listAlerts(sql, { distributorId, days: 1, rowsMax: 1_000 }, LATER),
};

describe('a reader of a payer', () => {
  it.each(Object.entries(OF_PAYERS))('sees its own %s alone and whole, where the query forgot to ask whose they are', async (_, read) => {
    const asked = await as(OVERSEER, (sql) => read(sql, own!.payerId));
    expect(asked.length).toBeGreaterThan(0);
    expect(await as(own!.payerId, (sql) => read(sql, null))).toEqual(asked);
    expect((await as(OVERSEER, (sql) => read(sql, null))).length).toBeGreaterThan(asked.length);
    expect(await as(randomUUID(), (sql) => read(sql, null))).toEqual([]);
    expect(await as('', (sql) => read(sql, null))).toEqual([]);
  });

  it('sees of batches, coverage and documents what it saw before', async () => {
    const orderId = idOf('order', own!.orderId);
    expect(await as(own!.payerId, (sql) => listBatches(sql, orderId))).toEqual(await as(OVERSEER, (sql) => listBatches(sql, orderId)));
    expect(await as(other!.payerId, (sql) => listBatches(sql, orderId))).toEqual([]);
    const announced = async (reader: string) => [...(await as(reader, (sql) => announcedByPayer(sql, idOf('programme', own!.programmeId)))).keys()];
    expect(await announced(own!.payerId)).toEqual([own!.payerId]);
    expect((await announced(OVERSEER)).sort()).toEqual([own!.payerId, own!.besideId].sort());
  });

  it('learns nothing of its co-payer that is not the order\'s', async () => {
    const seen = (payerId: string) => as(payerId, (sql) => sql.$queryRaw<{ id: string }[]>`
      select payer_id as id from issuance.order_share union select payer_id from issuance.invoice union select payer_id from issuance.receipt_match`);
    expect(await seen(own!.payerId)).toEqual([{ id: own!.payerId }]);
    expect(await seen(own!.besideId)).toEqual([{ id: own!.besideId }]);
  });
});

describe('a reader of a distributor', () => {
  it.each(Object.entries(OF_DISTRIBUTORS))('sees its own %s alone and whole, where the query forgot to ask whose they are', async (_, read) => {
    const asked = await as(OVERSEER, (sql) => read(sql, own!.distributorId));
    expect(asked.length).toBeGreaterThan(0);
    expect(await as(own!.distributorId, (sql) => read(sql, null))).toEqual(asked);
    expect((await as(OVERSEER, (sql) => read(sql, null))).length).toBeGreaterThan(asked.length);
    expect(await as(randomUUID(), (sql) => read(sql, null))).toEqual([]);
  });
});

describe('of every table', () => {
  it('two parties that share nothing see no row in common, and who is nobody sees none', async () => {
    const sideOf = ({ payerId, distributorId }: Parties): string[] => [payerId, distributorId];
    const { wrong, seen } = await tablesAsRead(world.work, { own: sideOf(own!), other: sideOf(other!) });
    expect(wrong).toEqual([]);
    // A table without rows would compare nothing.
    expect(seen).toEqual(expect.arrayContaining([
      'activation', 'activation_share', 'agent', 'batch', 'batch_funnel', 'booklet_use', 'chunk', 'delivery', 'delivery_outcome', 'distributor', 'guarded_balance',
      'hand_over', 'holding', 'invoice', 'order', 'order_draft', 'order_quote', 'order_quote_share', 'order_share', 'order_step', 'payer', 'payer_billing',
      'receipt_match',
    ]));
  });

  it('the reader may read none without a policy, but for those that are of nobody in particular', async () => {
    expect(await tablesOfNobody(world.work)).toEqual(OF_NOBODY);
  });

  it('a list of a table that stayed empty answers nothing, and is not refused', async () => {
    const lists: readonly ((sql: Sql) => Promise<readonly unknown[]>)[] = [
      (sql) => listStatements(sql, { payerId: null, orderId: null, statementId: null, ...page }),
      (sql) => listRefunds(sql, { payerId: null, ...page }), (sql) => listVintages(sql, { payerId: null, programmeId: null, ...page }),
    ];
    expect(await Promise.all(lists.map((list) => as<readonly unknown[]>(own!.payerId, list)))).toEqual([[], [], []]);
    expect(await as(own!.distributorId, (sql) => isFileOf(sql, idOf('fileImport', randomUUID()), null))).toBe(false);
  });
});
