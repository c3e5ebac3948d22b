// What lies beside the straight way of a cent, told to audit event by event and followed over HTTP in both directions: booklets, longer
// dates, value that was rolled over into another order, card money that Stripe held, invoices to payers.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Service } from '#libs/contracts';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { AuditWorld } from '../../../../test/builders/audit-world.js';

type Thread = { redemptionId: string; voucher: { index: number; booklet: number | null }; path: string[]; untold: string[] };
type Step = { step: string; eventId: string; amountCents: number | null; ids: Record<string, string>; stripeMovementId: string | null };
type Trace = { steps: Step[]; redemptions: Thread[]; open: { what: string }[]; isCut: boolean };

const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });
const PERMUTATION = keyring.newSerialPermutationId();
let world: AuditWorld;
const id: Record<string, string> = {};
const tell = async (sender: Service, type: string, body: object, at?: string, eventId = world.newId()) => {
  await world.take(sender, [{ type, body, id: eventId, ...(at && { at }) }]);
  return eventId;
};
const trace = async (query: string): Promise<Trace> => {
  const { status, body } = await world.get(`traces?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as Trace;
};
const pathNames = ({ steps, redemptions: [thread] }: Trace) =>
  thread!.path.map((eventId) => steps.find((step) => step.eventId === eventId)!.step);
const names = ({ steps }: Trace) => steps.map(({ step }) => step);
const redeem = async (batchId: string, voucherIndex: number, at: string): Promise<string> => {
  const redemptionId = world.newId();
  await tell('redemption', 'voucher.redeemed.v1', {
    redemptionId, voucherId: world.newId(), batchId, placeId: id['place'], voucherIndex, amountCents: 1_000, custodyAccountId: id['custody'],
  }, at, redemptionId);
  return redemptionId;
};
const batch = (batchId: string, orderId: string, more = {}) => tell('issuance', 'batch.created.v1', {
  batchId, orderId, programmeId: id['programme'], count: 10, faceCents: 1_000, serialPermutationId: PERMUTATION, ...more,
}, '2026-03-01T08:00:00.000Z');
const activate = (batchId: string, payerId: string, at: string) => tell('issuance', 'range.activated.v1', {
  activationId: world.newId(), batchId, first: 0, last: 9, amountCents: 10_000, shares: [{ payerId, amountCents: 10_000 }],
}, at);

beforeAll(async () => {
  world = await AuditWorld.create();
  for (const name of ['programme', 'custody', 'place', 'payer', 'other', 'order', 'batch', 'later', 'laterBatch', 'statement', 'card', 'cardOrder', 'cardBatch', 'payoutLine', 'invoice', 'creditNote']) id[name] = world.newId();
  const [order, payer] = [id['order']!, id['payer']!];
  // An order that is paid by bank, in booklets of five, extended once, and what is left of it rolled over.
  const line = world.newId();
  await tell('settlement', 'bank_credit.booked.v1', { bankLineId: line, amountCents: 10_000 }, '2026-01-02T08:00:00.000Z');
  await tell('issuance', 'receipt.matched.v1', { bankLineId: line, orderId: order, amountCents: 10_000, shares: [{ payerId: payer, amountCents: 10_000 }] }, '2026-01-02T08:01:00.000Z');
  const serials = keyring.serials(PERMUTATION);
  id['label'] = serials.label;
  id['cover'] = serials.bookletNumberOf(1);
  await batch(id['batch']!, order, { bookletSize: 5, serialLabel: serials.label });
  await activate(id['batch']!, payer, '2026-03-01T09:00:00.000Z');
  id['early'] = await redeem(id['batch']!, 4, '2026-03-02T08:00:00.000Z');
  await tell('issuance', 'batch.extended.v1', { batchId: id['batch'], orderId: order, usableUntil: '2027-06-30', claimableUntil: '2027-07-31', amountCents: 0 }, '2026-03-03T08:00:00.000Z');
  id['late'] = await redeem(id['batch']!, 7, '2026-03-04T08:00:00.000Z');
  await tell('issuance', 'invoice.issued.v1', { invoiceId: id['invoice'], orderId: order, payerId: payer, faceCents: 10_000, feeCents: 400, vatCents: 80, pdfSha256: 'a', number: 'FA-1' }, '2026-01-03T08:00:00.000Z');
  await tell('issuance', 'contradictory_statement.signed.v1', {
    statementId: id['statement'], orderId: order, programmeId: id['programme'], outcome: 'roll_over', expiredCents: 8_000, custodyAccountId: id['custody'],
    shares: [{ payerId: payer, expiredCents: 8_000 }],
  }, '2026-03-05T08:00:00.000Z');
  // The next one, which nobody paid.
  await batch(id['laterBatch']!, id['later']!);
  await activate(id['laterBatch']!, payer, '2026-03-06T08:00:00.000Z');
  id['rolled'] = await redeem(id['laterBatch']!, 0, '2026-03-07T08:00:00.000Z');
  // One that is paid by card.
  await tell('issuance', 'payment.succeeded.v1', { cardPaymentId: id['card'], orderId: id['cardOrder'], payerId: id['other'], amountCents: 10_000, coverCents: 10_000, custodyAccountId: id['custody'] }, '2026-03-01T07:00:00.000Z');
  await batch(id['cardBatch']!, id['cardOrder']!);
  await activate(id['cardBatch']!, id['other']!, '2026-03-01T09:00:00.000Z');
  await tell('settlement', 'stripe_payout.arrived.v1', { stripePayoutId: 'po_1', stripeMovementId: 'txn_1', bankLineId: id['payoutLine'], custodyAccountId: id['custody'], amountCents: 9_860 }, '2026-03-04T07:00:00.000Z');
  await tell('settlement', 'ledger.posted.v1', { postingRule: '5', reference: `bankLine:${id['payoutLine']}`, transfers: [] }, '2026-03-04T07:00:00.000Z');
  await tell('settlement', 'stripe_payout.arrived.v1', { stripePayoutId: 'po_2', stripeMovementId: 'txn_2', bankLineId: world.newId(), custodyAccountId: id['custody'], amountCents: 20_000 }, '2026-03-05T07:00:00.000Z');
  id['byCard'] = await redeem(id['cardBatch']!, 0, '2026-03-08T08:00:00.000Z');
  await world.seal();
}, 120_000);
afterAll(() => world.close());

describe('a booklet', () => {
  it('leads to its vouchers by the number on its cover, and to no others', async () => {
    const found = await trace(`serial=${id['cover']}`);
    expect(found.redemptions.map(({ redemptionId, voucher }) => [redemptionId, voucher.index, voucher.booklet])).toEqual([[`red_${id['late']}`, 7, 2]]);
    expect(names(found)).toEqual(expect.arrayContaining(['batch_made', 'activated', 'redeemed']));
  });

  it('is told of each voucher that was bound, and of no loose one', async () => {
    expect((await trace(`redemptionId=red_${id['early']}`)).redemptions[0]!.voucher.booklet).toBe(1);
    expect((await trace(`batchId=bat_${id['batch']}`)).redemptions.map(({ voucher }) => voucher.booklet)).toEqual([1, 2]);
    expect((await trace(`redemptionId=red_${id['byCard']}`)).redemptions[0]!.voucher.booklet).toBeNull();
  });

  it('that its batch does not have is refused', async () => {
    const serials = keyring.serials(PERMUTATION);
    expect((await world.get(`traces?serial=${serials.bookletNumberOf(2)}`)).body.code).toBe('trace_not_found');
    expect((await world.get(`traces?serial=${id['cover']!.slice(0, -1)}${id['cover']!.endsWith('7') ? '8' : '7'}`)).body.code).toBe('serial_not_told');
  });
});

describe('an extension', () => {
  it('is on the way of what was redeemed after it, and not of what was before', async () => {
    expect(pathNames(await trace(`redemptionId=red_${id['late']}`))).toEqual(['bank_credit', 'credit_matched', 'batch_made', 'activated', 'extended', 'redeemed']);
    expect(pathNames(await trace(`redemptionId=red_${id['early']}`))).toEqual(['bank_credit', 'credit_matched', 'batch_made', 'activated', 'redeemed']);
  });

  it('is found from its order', async () => {
    expect(names(await trace(`orderId=ord_${id['order']}`))).toContain('extended');
  });
});

describe('value that was rolled over', () => {
  it('is where the money of an order comes from that nobody paid', async () => {
    const found = await trace(`redemptionId=red_${id['rolled']}`);
    expect(pathNames(found)).toEqual(['rolled_over', 'batch_made', 'activated', 'redeemed']);
    expect(found.redemptions[0]!.untold).not.toContain('payers_money_not_told');
    expect(found.steps.find(({ step }) => step === 'rolled_over')).toMatchObject({ amountCents: 8_000, ids: { order: `ord_${id['order']}` } });
    expect(found.open.map(({ what }) => what)).not.toContain('not_funded');
  });

  it.each([['its statement', () => `contradictoryStatementId=cst_${id['statement']}`], ['its order', () => `orderId=ord_${id['order']}`]])('leads from %s to the batch that was activated out of it', async (_, query) => {
    const found = await trace(query());
    const activated = found.steps.filter(({ step }) => step === 'activated').map(({ ids }) => ids['batch']);
    expect(activated.sort()).toEqual([`bat_${id['batch']}`, `bat_${id['laterBatch']}`].sort());
  });

  it('is no step of an order that was paid by its payers', async () => {
    expect(names(await trace(`redemptionId=red_${id['byCard']}`))).not.toContain('rolled_over');
  });
});

describe('a payout of Stripe', () => {
  it('is on the way of what was paid by card, from the balance at Stripe to the bank line', async () => {
    const found = await trace(`redemptionId=red_${id['byCard']}`);
    expect(pathNames(found)).toEqual(['card_paid', 'payout_arrived', 'payout_arrived', 'batch_made', 'activated', 'redeemed']);
    expect(found.steps.find(({ step }) => step === 'payout_arrived')).toMatchObject({ amountCents: 9_860, stripeMovementId: 'txn_1', ids: { bankLine: `bkn_${id['payoutLine']}` } });
  });

  it('leads from its bank line to the card payments that it covers, and to what was activated', async () => {
    const found = await trace(`bankLineId=bkn_${id['payoutLine']}`);
    expect(names(found)).toEqual(expect.arrayContaining(['card_paid', 'payout_arrived', 'payout_booked', 'batch_made', 'activated', 'redeemed']));
    expect(names(found)).not.toContain('bank_credit_unknown');
    expect(found.redemptions.map(({ redemptionId }) => redemptionId)).toEqual([`red_${id['byCard']}`]);
  });
});

describe('an invoice to a payer', () => {
  it('leads to its order and is found from it, with what it asks for', async () => {
    const found = await trace(`invoiceId=inv_${id['invoice']}`);
    expect(found.redemptions.map(({ redemptionId }) => redemptionId)).toEqual([`red_${id['early']}`, `red_${id['late']}`]);
    for (const one of [found, await trace(`orderId=ord_${id['order']}`), await trace(`redemptionId=red_${id['early']}`)]) {
      expect(one.steps.find(({ step }) => step === 'invoiced')).toMatchObject({ amountCents: 10_480, ids: { invoice: `inv_${id['invoice']}` } });
    }
  });

  it('is corrected by its credit note', async () => {
    await tell('issuance', 'credit_note.issued.v1', { creditNoteId: id['creditNote'], invoiceId: id['invoice'], orderId: id['order'], payerId: id['payer'], faceCents: 8_000, feeCents: 0, vatCents: 0, pdfSha256: 'b' });
    for (const document of [id['invoice'], id['creditNote']]) expect(names(await trace(`invoiceId=inv_${document}`))).toContain('invoice_credited');
  });
});
