// Money of the commons, followed both ways: from what fed the pool to what it paid early, to the bank line, and to the statement that was
// paid less by it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Service } from '#libs/contracts';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { verifyPacket } from '../../../cli/src/verify/verify-packet.js';

type Step = { step: string; eventId: string; amountCents: number | null; leaf: number | null };
type Trace = {
  steps: Step[]; redemptions: { redemptionId: string; reached: string; path: string[] }[];
  fed: { eventId: string; amountCents: number }[]; isCut: boolean;
};

let world: AuditWorld;
const id: Record<string, string> = {};
/** One event a minute: what fed the pool is what came before. */
let minute = 0;
const tell = async (sender: Service, type: string, body: object, eventId = world.newId()) => {
  const at = new Date(Date.parse('2026-03-02T08:00:00.000Z') + (minute += 1) * 60_000).toISOString();
  await world.take(sender, [{ type, body, id: eventId, at }]);
  return eventId;
};
const trace = async (query: string): Promise<Trace> => {
  const { status, body } = await world.get(`traces?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as Trace;
};
const names = ({ steps }: Trace) => steps.map(({ step }) => step);
const pathNames = ({ steps, redemptions: [thread] }: Trace) =>
  thread!.path.map((eventId) => steps.find((step) => step.eventId === eventId)!.step);
const commons = (payeeId: string, more: object) => ({ pool: 'general', payeeId, custodyAccountId: id['custody'], ...more });
const closed = (more: object) => tell('settlement', 'statement.closed.v1', {
  statementId: world.newId(), payeeId: world.newId(), custodyAccountId: id['custody'], upToSeq: 1, grossCents: 1_000, netCents: 966, ...more,
});

/** A place with a redemption, which is paid early, wholly or in part, before its statement. */
async function paidEarly(early: number): Promise<Readonly<Record<'redemption' | 'early' | 'payment' | 'line' | 'statement', string>>> {
  const [place, payee, redemption, earlyPaymentId] = [world.newId(), world.newId(), world.newId(), world.newId()];
  const [payment, line, statement] = [world.newId(), world.newId(), world.newId()];
  await tell('settlement', 'payee.validated.v1', { payeeId: payee, placeId: place, bankVersion: 1 });
  await tell('redemption', 'voucher.redeemed.v1', { redemptionId: redemption, batchId: id['batch'], placeId: place, voucherIndex: 0, amountCents: 1_000, custodyAccountId: id['custody'] }, redemption);
  await tell('settlement', 'early_payment.set_aside.v1', commons(payee, { earlyPaymentId, amountCents: early, dueCents: 966 }));
  await tell('settlement', 'payment.booked.v1', { paymentId: payment, purpose: 'early', earlyPaymentIds: [earlyPaymentId], bankLineId: line, amountCents: early });
  await tell('settlement', 'statement.closed.v1', {
    statementId: statement, payeeId: payee, custodyAccountId: id['custody'], upToSeq: 1_000, grossCents: 1_000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 966,
  });
  await tell('settlement', 'early_payment.netted.v1', commons(payee, { earlyPaymentId, statementId: statement, amountCents: early, leftCents: 0 }));
  return { redemption, early: earlyPaymentId, payment, line, statement };
}

beforeAll(async () => {
  world = await AuditWorld.create();
  for (const name of ['custody', 'batch', 'order']) id[name] = world.newId();
  await tell('issuance', 'batch.created.v1', { batchId: id['batch'], orderId: id['order'], count: 10, faceCents: 1_000 });
  id['oldest'] = await closed({ commonsCents: 600 });
  id['elsewhere'] = await closed({ commonsCents: 5_000, custodyAccountId: world.newId() });
  id['nothing'] = await closed({ commonsCents: 0 });
  id['left'] = await tell('issuance', 'contradictory_statement.signed.v1', {
    statementId: world.newId(), orderId: world.newId(), outcome: 'commons', expiredCents: 400, owedCents: 50, custodyAccountId: id['custody'],
  });
  await tell('issuance', 'contradictory_statement.signed.v1', { statementId: world.newId(), orderId: world.newId(), outcome: 'refund', expiredCents: 9_000, custodyAccountId: id['custody'] });
  id['newest'] = await closed({ commonsCents: 300 });
});
afterAll(() => world.close());

describe('an early payment', () => {
  it('is one way from the pool to the bank line and the statement, from each of its steps', async () => {
    const one = await paidEarly(500);
    for (const from of [`earlyPaymentId=epy_${one.early}`, `paymentId=pin_${one.payment}`, `bankLineId=bkn_${one.line}`]) {
      const found = await trace(from);
      expect([from, names(found).filter((name) => !['batch_made', 'redeemed', 'order_ended', 'statement_closed'].includes(name))])
        .toEqual([from, ['early_set_aside', 'payment_debited', 'early_netted']]);
      // 500 of 300, of 350, and not of what came before them.
      expect(found.fed).toEqual([{ eventId: `evt_${id['newest']}`, amountCents: 300 }, { eventId: `evt_${id['left']}`, amountCents: 350 }]);
      expect(found.redemptions.map(({ redemptionId }) => redemptionId)).toEqual([`red_${one.redemption}`]);
      expect(found.isCut).toBe(false);
    }
  });

  it('is in the way of the redemption and of the statement that it was taken of, with what is still to be paid', async () => {
    const one = await paidEarly(500);
    const PART = ['early_set_aside', 'payment_debited', 'statement_closed', 'early_netted'];
    for (const from of [`redemptionId=red_${one.redemption}`, `statementId=stm_${one.statement}`]) {
      const found = await trace(from);
      expect([from, pathNames(found).slice(-4), found.redemptions[0]!.reached, found.fed]).toEqual([from, PART, 'payable', []]);
    }
    await tell('settlement', 'payment.booked.v1', { paymentId: world.newId(), purpose: 'place', statementIds: [one.statement], bankLineId: world.newId(), amountCents: 466 });
    const paid = await trace(`redemptionId=red_${one.redemption}`);
    expect([pathNames(paid).slice(-5), paid.redemptions[0]!.reached]).toEqual([[...PART, 'payment_debited'], 'paid']);
  });

  it('that is the whole of its statement is what it was paid by, and is owed again when the bank sends it back', async () => {
    const one = await paidEarly(966);
    expect((await trace(`redemptionId=red_${one.redemption}`)).redemptions[0]).toMatchObject({ reached: 'paid_early' });
    await tell('settlement', 'payment.returned.v1', { paymentId: one.payment, purpose: 'early', earlyPaymentIds: [one.early], bankLineId: world.newId(), amountCents: 966 });
    const found = await trace(`statementId=stm_${one.statement}`);
    expect(found.redemptions[0]).toMatchObject({ reached: 'returned' });
    expect(pathNames(found)).toContain('payment_returned');
  });

  it('that was not paid in time is told as lapsed, and its statement as to be paid', async () => {
    const [early, payee] = [world.newId(), world.newId()];
    await tell('settlement', 'early_payment.set_aside.v1', commons(payee, { earlyPaymentId: early, amountCents: 100, dueCents: 966 }));
    await tell('settlement', 'early_payment.lapsed.v1', commons(payee, { earlyPaymentId: early, amountCents: 100 }));
    expect(names(await trace(`earlyPaymentId=epy_${early}`)).filter((name) => name.startsWith('early'))).toEqual(['early_set_aside', 'early_lapsed']);
  });

  it('has a packet whose proofs hold, with what fed the pool, and none that says another sum of it', async () => {
    for (const amount of [500, 966]) {
      const one = await paidEarly(amount);
      await world.seal();
      await world.post('checkpoints');
      for (const from of [`earlyPaymentId=epy_${one.early}`, `redemptionId=red_${one.redemption}`]) {
        const path = join(world.dataDir, 'early.zip');
        const packet = await world.bytes(`evidence?${from}`);
        writeFileSync(path, packet);
        expect([from, (await verifyPacket(path, { keyIds: [], kept: [] })).firstWrong]).toEqual([from, null]);
        expect(packet.includes('Les communs réservent un acompte') && packet.includes('The commons set an early payment')).toBe(true);
      }
    }
  });
});

describe('a gift to a pool', () => {
  const give = (pool: string, amountCents: number) => tell('settlement', 'commons.contributed.v1', { pool, custodyAccountId: id['custody'], bankLineId: world.newId(), amountCents, currency: 'EUR' });
  const voted = async (pool: string) => {
    const allocationId = world.newId();
    await tell('settlement', 'allocation.voted.v1', { ...commons(world.newId(), { allocationId, amountCents: 250 }), pool });
    return trace(`allocationId=alc_${allocationId}`);
  };

  it('fed what that pool gave later, and no other pool', async () => {
    const own = world.newId();
    const [gift, elsewhere] = [await give('general', 200), await give(own, 200)];
    const fed = async (pool: string) => (await voted(pool)).fed;
    const national = await fed('general');
    expect([national[0], national.map(({ eventId }) => eventId).includes(`evt_${elsewhere}`)]).toEqual([{ eventId: `evt_${gift}`, amountCents: 200 }, false]);
    expect((await fed(own))[0]).toEqual({ eventId: `evt_${elsewhere}`, amountCents: 200 });
    expect((await fed(own)).map(({ eventId }) => eventId)).not.toContain(`evt_${gift}`);
  });

  it('is found by its bank line', async () => {
    const line = world.newId();
    await tell('settlement', 'commons.contributed.v1', { pool: 'general', custodyAccountId: id['custody'], bankLineId: line, amountCents: 30, currency: 'EUR' });
    const found = await trace(`bankLineId=bkn_${line}`);
    expect(found.steps).toMatchObject([{ step: 'gift_received', amountCents: 30 }]);
  });
});

describe('what the commons gave by a vote', () => {
  it('is followed back to what fed them, and says when a bound was met before the sum was covered', async () => {
    const allocationId = world.newId();
    await tell('settlement', 'allocation.voted.v1', commons(world.newId(), { allocationId, amountCents: 100 }));
    const found = await trace(`allocationId=alc_${allocationId}`);
    expect(found.fed.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBeGreaterThanOrEqual(100);
    expect(names(found)).toContain('allocation_voted');
    for (let more = 0; more < 100; more += 1) await closed({ commonsCents: 1 });
    const later = world.newId();
    await tell('settlement', 'allocation.voted.v1', commons(world.newId(), { allocationId: later, amountCents: 100_000 }));
    const cut = await trace(`allocationId=alc_${later}`);
    expect([cut.fed.length, cut.isCut]).toEqual([100, true]);
  });
});
