// Money that arrives, on a real database: whatever the order and however often, it funds what it can, once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BankCreditBookedV1, printReference, ReceiptMatchedV1 } from '#libs/contracts';
import { isDuplicate } from '#libs/persistence';
import { brokenAlone } from '../../../../test/builders/all-invariants.js';
import { CUSTODY, IssuanceWorld, plain, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create(); });
afterAll(() => world.close());

const unmatched = () => world.balance('unmatched');
const listed = async () => ((await world.get('credits/unmatched?limit=200')).body['items'] as { bankLineId: string }[]);
const matchByHand = (bankLineId: string, orderId: string) => world.post(`credits/${bankLineId}/matches`, { body: { orderId } });

describe('a bank credit', () => {
  it('moves through unmatched to the payer\'s cover, each half under its own event (rows 2 and 3)', async () => {
    const order = await world.order();
    const credit = world.credit(10_000, [order.reference]);
    const eventId = world.newId();
    await world.take(BankCreditBookedV1, credit, eventId);
    const matched = (await world.emitted(ReceiptMatchedV1)).at(-1)!;
    expect(matched.body).toEqual({
      bankLineId: credit.bankLineId, orderId: plain(order.orderId), amountCents: 10_000, feeCents: 0, currency: 'EUR',
      programmeId: plain(order.programmeId), custodyAccountId: CUSTODY, shares: [{ payerId: plain(order.payerId), amountCents: 10_000 }],
    });
    const rows = await world.rows(
      'select event_id, rule, debit, credit, amount::int as amount from issuance.transfer where event_id in ($1, $2) order by rule', [eventId, matched.id],
    );
    expect(rows).toEqual([
      { event_id: eventId, rule: '2', debit: 'clearing:settlement', credit: 'unmatched', amount: 10_000 },
      { event_id: matched.id, rule: '3', debit: 'unmatched', credit: `prefund:${plain(order.programmeId)}:${plain(order.payerId)}`, amount: 10_000 },
    ]);
  });

  it('finds its order by a reference as banks print it', async () => {
    const order = await world.order();
    await world.fund({ reference: printReference(order.reference).toLowerCase() }, 10_000);
    expect(await world.prefund(order)).toBe(10_000);
  });

  it('counts once: the same bank line under another event is a fault, and leaves nothing', async () => {
    const order = await world.order();
    const credit = world.credit(4_000, [order.reference]);
    await world.take(BankCreditBookedV1, credit);
    const before = await unmatched();
    const again = world.take(BankCreditBookedV1, credit);
    await expect(again).rejects.toThrow();
    expect(isDuplicate(await again.catch((error: unknown) => error))).toBe(true);
    expect([await world.prefund(order), await unmatched()]).toEqual([4_000, before]);
  });

  it('waits in the list of unmatched credits when nobody knows its reference, until a person says whose it is', async () => {
    const order = await world.order();
    const bankLineId = await world.fund({ reference: 'FACTURE 42' }, 3_000);
    expect(await listed()).toContainEqual(expect.objectContaining({ bankLineId, leftCents: 3_000, outcome: 'unknown_reference' }));
    expect(await matchByHand(bankLineId, order.orderId)).toMatchObject({ status: 201, body: { amountCents: 3_000 } });
    expect(await listed()).not.toContainEqual(expect.objectContaining({ bankLineId }));
    expect(await world.prefund(order)).toBe(3_000);
  });

  it('pays what the order asks and leaves the rest, which a person may give to another order', async () => {
    const [order, other] = [await world.order(), await world.order()];
    const bankLineId = await world.fund(order, 12_500);
    expect(await listed()).toContainEqual(expect.objectContaining({ bankLineId, amountCents: 12_500, leftCents: 2_500, outcome: 'overpaid' }));
    await matchByHand(bankLineId, other.orderId);
    expect([await world.prefund(order), await world.prefund(other)]).toEqual([10_000, 2_500]);
  });

  it('pays two orders that it names and covers', async () => {
    const [first, second] = [await world.order(), await world.order({ count: 5 })];
    await world.take(BankCreditBookedV1, world.credit(15_000, [second.reference, first.reference]));
    expect([await world.prefund(first), await world.prefund(second)]).toEqual([10_000, 5_000]);
  });

  it('stays away from an order whose money another account holds', async () => {
    const order = await world.order();
    const custodyAccountId = '01900000-0000-7000-8000-0000000000bb';
    const credit = world.credit(10_000, [order.reference], { custodyAccountId });
    await world.take(BankCreditBookedV1, credit);
    expect(await world.prefund(order)).toBe(0);
    expect(await matchByHand(`bkn_${credit.bankLineId}`, order.orderId)).toMatchObject({ status: 409, body: { code: 'other_custody_account' } });
  });
});

describe('credits of one order', () => {
  it('give the same cover and the same rest in any order of arrival', async () => {
    const anyOrder = fc.shuffledSubarray([3_000, 4_500, 6_000, 1], { minLength: 4 });
    await fc.assert(fc.asyncProperty(anyOrder, async (amounts) => {
      const order = await world.order();
      const before = await unmatched();
      for (const amount of amounts) await world.fund(order, amount);
      expect([await world.prefund(order), (await unmatched()) - before]).toEqual([10_000, 3_501]);
    }), { numRuns: 4 });
    expect(await brokenAlone(world.database.inspectorUrl, 'issuance')).toEqual([]);
  });

  it('arriving at once never fund it above its total', async () => {
    const order = await world.order();
    const before = await unmatched();
    await Promise.all(Array.from({ length: 6 }, () => world.fund(order, 3_000)));
    expect([await world.prefund(order), (await unmatched()) - before]).toEqual([10_000, 8_000]);
  });
});

describe('money of an order of two payers', () => {
  const stateOf = async ({ orderId }: PlacedOrder) => {
    const { body } = await world.get(`orders/${orderId}`);
    return [body['funding'], ...(body['shares'] as { fundedCents: number; funding: string }[]).map(({ fundedCents, funding }) => `${funding} ${fundedCents}`)];
  };
  const coverOf = (order: PlacedOrder) => Promise.all(order.shares.map(({ payerId }) => world.prefund({ ...order, payerId })));

  it('is cover of the payer whose reference it names, and of nobody else, up to what that payer owes', async () => {
    const order = await world.coFunded();
    const before = await unmatched();
    expect(order.shares.map(({ amountCents }) => amountCents)).toEqual([6_000, 4_000]);
    await world.fund(order.shares[0]!, 7_000);
    expect([await coverOf(order), (await unmatched()) - before]).toEqual([[6_000, 0], 1_000]);
    expect(await stateOf(order)).toEqual(['part_funded', 'funded 6000', 'awaiting_funds 0']);
    await world.fund(order.shares[1]!, 4_000);
    expect(await coverOf(order)).toEqual([6_000, 4_000]);
    expect(await stateOf(order)).toEqual(['funded', 'funded 6000', 'funded 4000']);
  });

  it('is told to settlement with the payer that it funds', async () => {
    const order = await world.coFunded();
    await world.fund(order.shares[1]!, 1_000);
    expect((await world.emitted(ReceiptMatchedV1)).at(-1)!.body).toMatchObject({
      amountCents: 1_000, shares: [{ payerId: plain(order.shares[1]!.payerId), amountCents: 1_000 }],
    });
  });

  it('waits under the reference of the order, until a person names the payer', async () => {
    const order = await world.coFunded();
    const bankLineId = await world.fund(order, 5_000);
    expect(await listed()).toContainEqual(expect.objectContaining({ bankLineId, leftCents: 5_000, outcome: 'ambiguous' }));
    expect(await matchByHand(bankLineId, order.orderId)).toMatchObject({ status: 409, body: { code: 'share_not_named' } });
    const payerId = order.shares[1]!.payerId;
    expect(await world.post(`credits/${bankLineId}/matches`, { body: { orderId: order.orderId, payerId } })).toMatchObject({
      status: 201, body: { payerId, amountCents: 4_000 },
    });
    expect(await coverOf(order)).toEqual([0, 4_000]);
  });

  it('of both in one transfer funds both, as one public accountant pays for two communes', async () => {
    const order = await world.coFunded();
    await world.take(BankCreditBookedV1, world.credit(10_000, order.shares.map(({ reference }) => reference)));
    expect(await coverOf(order)).toEqual([6_000, 4_000]);
  });
});

describe('a match by hand', () => {
  let order: PlacedOrder;
  let bankLineId: string;
  beforeAll(async () => {
    order = await world.order();
    bankLineId = await world.fund(order, 10_500);
  });

  it('is refused for a credit or an order that does not exist', async () => {
    expect((await matchByHand(order.orderId.replace('ord_', 'bkn_'), order.orderId)).body.code).toBe('receipt_not_found');
    expect((await matchByHand(bankLineId, bankLineId.replace('bkn_', 'ord_'))).body.code).toBe('order_not_found');
  });

  it('does nothing where the credit has paid all of the order on its arrival', async () => {
    expect((await matchByHand(bankLineId, order.orderId)).body.code).toBe('order_fully_funded');
  });

  it('pays fee and VAT of an invoice that came after the money, from the rest of the same credit', async () => {
    const programmeId = await world.programme();
    const rule = { from: '2026-03-02', feeBasisPoints: 400, vatBasisPoints: 2_000, vatRegime: 'multi_purpose' };
    await world.done('upstream-fee-rules', { programmeId, ...rule });
    const early = await world.order({ programmeId });
    const credit = await world.fund(early, 10_480);
    expect((await matchByHand(credit, early.orderId)).body.code).toBe('order_fully_funded');
    await world.done(`orders/${early.orderId}/invoices`, {});
    expect(await world.balance(`receivable:${plain(early.payerId)}`)).toBe(-480);

    const twice = await Promise.all([matchByHand(credit, early.orderId), matchByHand(credit, early.orderId)]);
    expect(twice.map(({ body }) => body.code ?? body['amountCents']).sort()).toEqual([480, 'order_fully_funded']);
    expect([await world.prefund(early), await world.balance(`receivable:${plain(early.payerId)}`)]).toEqual([10_000, 0]);
    expect(await listed()).not.toContainEqual(expect.objectContaining({ bankLineId: credit }));
    expect(await brokenAlone(world.database.inspectorUrl, 'issuance')).toEqual([]);
  });

  it('ends where the order is paid, and where the credit is used up', async () => {
    const rest = await world.fund({ reference: 'NONE' }, 100);
    expect((await matchByHand(rest, order.orderId)).body.code).toBe('order_fully_funded');
    const other = await world.order();
    await matchByHand(rest, other.orderId);
    expect((await matchByHand(rest, (await world.order()).orderId)).body.code).toBe('receipt_used_up');
  });

  it('by two people at once, to two orders, gives no more than the credit has', async () => {
    const rest = await world.fund({ reference: 'NONE' }, 10_000);
    const orders = [await world.order(), await world.order()];
    const answers = await Promise.all(orders.map(({ orderId }) => matchByHand(rest, orderId)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'receipt_used_up']);
  });
});
