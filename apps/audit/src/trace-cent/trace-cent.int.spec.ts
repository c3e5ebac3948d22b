// A life told to audit event by event, and followed over HTTP from each of its steps.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Service } from '#libs/contracts';
import { AuditWorld, OPERATOR } from '../../../../test/builders/audit-world.js';

type Share = { payerId: string; amountCents: number };
type Thread = { redemptionId: string; reached: string; amountCents: number; shares: Share[]; path: string[]; untold: string[] };
type Step = { step: string; eventId: string; seq: number; leaf: number | null; amountCents: number | null };
type Trace = { steps: Step[]; redemptions: Thread[]; open: { what: string }[]; nextCursor: string | null; isCut: boolean };

let world: AuditWorld;
const id: Record<string, string> = {};
const named = (...names: string[]) => { for (const name of names) id[name] = world.newId(); };
const tell = async (sender: Service, type: string, body: object, eventId = world.newId()) => {
  await world.take(sender, [{ type, body, id: eventId }]);
  return eventId;
};
const trace = async (query: string): Promise<Trace> => {
  const { status, body } = await world.get(`traces?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as unknown as Trace;
};
const redeemed = (redemptionId: string, voucherIndex: number, placeId = id['place']!) => tell('redemption', 'voucher.redeemed.v1', {
  redemptionId, voucherId: world.newId(), batchId: id['batch'], placeId, voucherIndex, amountCents: 1_000, custodyAccountId: id['custody'],
}, redemptionId);
const pathNames = ({ steps, redemptions: [thread] }: Trace) =>
  thread!.path.map((eventId) => steps.find((step) => step.eventId === eventId)!.step);

beforeAll(async () => {
  world = await AuditWorld.create();
  named('creditA', 'creditB', 'order', 'payerA', 'payerB', 'batch', 'place', 'payee', 'custody', 'first', 'second', 'third', 'handOver',
    'statement', 'payment', 'debit', 'claim', 'hold', 'distributor', 'other');
  const pay = async (line: string, payerId: string, amountCents: number) => {
    await tell('settlement', 'bank_credit.booked.v1', { bankLineId: line, amountCents, references: ['RF00SECRET'] });
    await tell('issuance', 'receipt.matched.v1', { bankLineId: line, orderId: id['order'], amountCents, shares: [{ payerId, amountCents }] });
  };
  await pay(id['creditA']!, id['payerA']!, 6_667);
  await pay(id['creditB']!, id['payerB']!, 3_333);
  await tell('issuance', 'batch.created.v1', { batchId: id['batch'], orderId: id['order'], count: 10, faceCents: 1_000 });
  await tell('issuance', 'range.activated.v1', {
    activationId: world.newId(), batchId: id['batch'], first: 0, last: 9, amountCents: 10_000,
    shares: [{ payerId: id['payerA'], amountCents: 6_667 }, { payerId: id['payerB'], amountCents: 3_333 }],
  });
  await tell('issuance', 'range.handed_over.v1', {
    handOverId: id['handOver'], batchId: id['batch'], distributorId: id['distributor'], first: 0, last: 4,
  });
  await tell('settlement', 'payee.validated.v1', { payeeId: id['payee'], placeId: id['place'], bankVersion: 1 });
  await redeemed(id['first']!, 0);
  await redeemed(id['second']!, 1);
  const claim = { claimLineId: id['claim'], holdId: id['hold'], redemptionId: id['second'], batchId: id['batch'], amountCents: 1_000 };
  await tell('settlement', 'claim_line.held.v1', claim);
  await tell('settlement', 'statement.closed.v1', {
    statementId: id['statement'], payeeId: id['payee'], custodyAccountId: id['custody'], upToSeq: 2, lines: 1,
    grossCents: 1_000, feeCents: 20, vatCents: 4, commonsCents: 10, netCents: 966,
  });
  await tell('settlement', 'payment.booked.v1', {
    paymentId: id['payment'], statementIds: [id['statement']], bankLineId: id['debit'], amountCents: 966,
  });
  await redeemed(id['third']!, 9, id['other']);
  await world.seal();
});
afterAll(() => world.close());

describe('a trace', () => {
  const WHOLE = [
    'bank_credit', 'bank_credit', 'credit_matched', 'credit_matched', 'batch_made', 'activated', 'handed_over', 'redeemed',
    'statement_closed', 'payment_debited',
  ];

  it.each<[string, () => string]>([
    ['the redemption', () => `redemptionId=red_${id['first']}`],
    ['the voucher', () => `batchId=bat_${id['batch']}&index=0`],
    ['the statement', () => `statementId=stm_${id['statement']}`],
    ['the payment', () => `paymentId=pin_${id['payment']}`],
    ['its end-to-end id', () => `endToEndId=MR${id['payment']!.replaceAll('-', '').toUpperCase()}`],
    ['the line that debits it', () => `bankLineId=bkn_${id['debit']}`],
    ['the batch', () => `batchId=bat_${id['batch']}&limit=1`],
    ['the order', () => `orderId=ord_${id['order']}&limit=1`],
    ['a share of it', () => `orderId=ord_${id['order']}&payerId=pyr_${id['payerB']}&limit=1`],
    ['the line that brought the money', () => `bankLineId=bkn_${id['creditA']}&limit=1`],
  ])('is the same way from %s', async (_, query) => {
    const found = await trace(query());
    expect(pathNames(found)).toEqual(WHOLE);
    expect(found.redemptions).toHaveLength(1);
    expect(found.redemptions[0]).toMatchObject({
      redemptionId: `red_${id['first']}`, reached: 'paid', amountCents: 1_000, untold: [],
      shares: [{ payerId: `pyr_${id['payerA']}`, amountCents: 667 }, { payerId: `pyr_${id['payerB']}`, amountCents: 333 }],
    });
    expect(found.steps.every(({ leaf }) => leaf !== null)).toBe(true);
  });

  it('leads to the proof of each step', async () => {
    await world.post('checkpoints');
    const { steps } = await trace(`redemptionId=red_${id['first']}`);
    for (const { eventId, leaf } of steps) expect((await world.get(`events/${eventId}/inclusion`)).body).toMatchObject({ index: leaf });
  });

  it('says what has not happened and what no event tells', async () => {
    const held = await trace(`claimLineId=clm_${id['claim']}`);
    expect(held.redemptions).toMatchObject([{ redemptionId: `red_${id['second']}`, reached: 'held', untold: [] }]);
    const third = await trace(`redemptionId=red_${id['third']}`);
    expect(third.redemptions).toMatchObject([{ reached: 'accrued', untold: ['hand_over_not_told', 'payee_not_told'] }]);
    const unused = await trace(`batchId=bat_${id['batch']}&index=5`);
    expect(unused.redemptions).toEqual([]);
    expect(unused.open.map(({ what }) => what)).toEqual(['not_handed_over', 'not_used']);
  });

  it('goes page by page, each redemption once', async () => {
    const found: string[] = [];
    for (let cursor = ''; ;) {
      const page = await trace(`orderId=ord_${id['order']}&limit=1${cursor}`);
      found.push(...page.redemptions.map(({ redemptionId }) => redemptionId));
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(found).toEqual(['first', 'second', 'third'].map((name) => `red_${id[name]}`));
  });

  it('follows a released line into the statement of its release, and a returned payment', async () => {
    const claim = { claimLineId: id['claim'], holdId: id['hold'], redemptionId: id['second'], batchId: id['batch'], amountCents: 1_000 };
    await tell('settlement', 'claim_line.released.v1', { ...claim, dueSeq: 3 });
    const [next, payment] = [world.newId(), world.newId()];
    await tell('settlement', 'statement.closed.v1', {
      statementId: next, payeeId: id['payee'], custodyAccountId: id['custody'], upToSeq: 3, grossCents: 1_000, netCents: 966,
    });
    const paid = { paymentId: payment, statementIds: [next], bankLineId: world.newId(), amountCents: 966 };
    await tell('settlement', 'payment.booked.v1', paid);
    await tell('settlement', 'payment.returned.v1', { ...paid, bankLineId: world.newId() });
    const found = await trace(`statementId=stm_${next}`);
    expect(found.redemptions).toMatchObject([{ redemptionId: `red_${id['second']}`, reached: 'returned' }]);
    expect(pathNames(found).slice(-5)).toEqual(['held', 'released', 'statement_closed', 'payment_debited', 'payment_returned']);
    expect(found.steps.at(-1)!.leaf).toBeNull();
    expect((await trace(`statementId=stm_${id['statement']}`)).redemptions.map(({ redemptionId }) => redemptionId)).toEqual([`red_${id['first']}`]);
  });

  it('follows a payment by Stripe to its line there, and back', async () => {
    const [place, payee, statement, payment, redemption] = [1, 2, 3, 4, 5].map(() => world.newId());
    await tell('settlement', 'payee.validated.v1', { payeeId: payee, placeId: place, bankVersion: 1, rail: 'stripe' });
    await redeemed(redemption!, 2, place);
    await tell('settlement', 'statement.closed.v1', {
      statementId: statement, payeeId: payee, custodyAccountId: id['custody'], upToSeq: 1_000, grossCents: 1_000, netCents: 966,
    });
    const moved = { paymentId: payment, purpose: 'place', statementIds: [statement], stripeTransferId: 'tr_1', amountCents: 966 };
    await tell('settlement', 'payment.transferred.v1', { ...moved, stripeMovementId: 'txn_1' });
    const found = await trace(`paymentId=pin_${payment}`);
    expect(found.redemptions).toMatchObject([{ redemptionId: `red_${redemption}`, reached: 'paid' }]);
    expect(pathNames(found).slice(-2)).toEqual(['statement_closed', 'payment_transferred']);
    expect(found.steps.at(-1)).toMatchObject({ step: 'payment_transferred', amountCents: 966, stripeMovementId: 'txn_1' });
    await tell('settlement', 'payment.transfer_reversed.v1', { ...moved, stripeMovementId: 'txn_2' });
    expect((await trace(`statementId=stm_${statement}`)).redemptions).toMatchObject([{ reached: 'returned' }]);
    await tell('settlement', 'payment.transfer_refused.v1', { paymentId: world.newId(), statementIds: [statement], amountCents: 966, reasonCode: 'x' });
    expect((await trace(`redemptionId=red_${redemption}`)).redemptions).toMatchObject([{ reached: 'payment_rejected' }]);
  });

  it('says what of a paid redemption was too much, and where that stands in the log', async () => {
    const incidentId = world.newId();
    await tell('settlement', 'incident.posted.v1', { incidentId, claimLineId: world.newId(), redemptionId: id['first'], amountCents: 300, dueSeq: 3 });
    const found = await trace(`redemptionId=red_${id['first']}`);
    expect(found.redemptions).toMatchObject([{ reached: 'paid', amountCents: 1_000, correctedCents: 300 }]);
    expect(pathNames(found)).toEqual([...WHOLE, 'corrected']);
    expect((await trace(`redemptionId=red_${id['second']}`)).redemptions).toMatchObject([{ correctedCents: 0 }]);
  });

  it('follows what was too much into the debit note that asks for it, and to what was paid of that', async () => {
    const [redemptionId, payee, place, statementId, debitNoteId, bankLineId] = Array.from({ length: 6 }, () => world.newId());
    await tell('settlement', 'payee.validated.v1', { payeeId: payee, placeId: place, bankVersion: 1 });
    const body = { redemptionId, voucherId: world.newId(), batchId: id['batch'], placeId: place, voucherIndex: 6, amountCents: 1_000, custodyAccountId: id['custody'] };
    await tell('redemption', 'voucher.redeemed.v1', body, redemptionId);
    const of = { payeeId: payee, custodyAccountId: id['custody'] };
    await tell('settlement', 'statement.closed.v1', { ...of, statementId, upToSeq: 1_000, grossCents: 1_000, netCents: 966 });
    await tell('settlement', 'incident.posted.v1', { incidentId: world.newId(), claimLineId: world.newId(), redemptionId, amountCents: 1_000, dueSeq: 1_001 });
    await tell('settlement', 'debit_note.issued.v1', { ...of, debitNoteId, upToSeq: 1_100, grossCents: -1_000, amountCents: 966 });
    await tell('settlement', 'debit_note.paid.v1', { ...of, debitNoteId, amountCents: 400, leftCents: 566, bankLineId });
    await tell('settlement', 'debit_note.lost.v1', { ...of, debitNoteId, amountCents: 566 });
    const found = await trace(`redemptionId=red_${redemptionId}`);
    expect(pathNames(found).slice(-5)).toEqual(['statement_closed', 'corrected', 'debit_note_issued', 'debit_note_paid', 'debit_note_lost']);
    expect(found.redemptions).toMatchObject([{ reached: 'payable', correctedCents: 1_000 }]);
    expect((await trace(`bankLineId=bkn_${bankLineId}`)).steps.map(({ step, amountCents }) => [step, amountCents])).toEqual([['debit_note_paid', 400]]);
  });

  it('tells a line that a debit note netted, and one whose statement was set off whole, from those that are to be paid', async () => {
    const [payee, place, debitNoteId, statementId] = Array.from({ length: 4 }, () => world.newId());
    await tell('settlement', 'payee.validated.v1', { payeeId: payee, placeId: place, bankVersion: 1 });
    const [netted, later] = [world.newId(), world.newId()];
    await redeemed(netted, 3, place);
    const { seq } = (await trace(`redemptionId=red_${netted}`)).steps.find(({ step }) => step === 'redeemed')!;
    const of = { payeeId: payee, custodyAccountId: id['custody'] };
    await tell('settlement', 'debit_note.issued.v1', { ...of, debitNoteId, upToSeq: seq, grossCents: -4_000, amountCents: 3_864 });
    await redeemed(later, 4, place);
    await tell('settlement', 'statement.closed.v1', { ...of, statementId, upToSeq: seq + 10, grossCents: 1_000, netCents: 966, setOffCents: 966 });
    await tell('settlement', 'debit_note.paid.v1', { ...of, debitNoteId, amountCents: 966, leftCents: 2_898, statementId });
    expect((await trace(`redemptionId=red_${netted}`)).redemptions).toMatchObject([{ reached: 'netted' }]);
    expect((await trace(`redemptionId=red_${later}`)).redemptions).toMatchObject([{ reached: 'set_off' }]);
    expect((await trace(`statementId=stm_${statementId}`)).redemptions.map(({ redemptionId }) => redemptionId)).toEqual([`red_${later}`]);
  });

  it('names the invoice of the fee that a statement kept, asked by the statement or by what it pays', async () => {
    const placeInvoiceId = world.newId();
    await tell('settlement', 'place_invoice.issued.v1', { placeInvoiceId, kind: 'invoice', statementId: id['statement'], feeCents: 20, vatCents: 4 });
    for (const asked of [`statementId=stm_${id['statement']}`, `redemptionId=red_${id['first']}`]) {
      const step = (await trace(asked)).steps.find((one) => one.step === 'fee_invoiced');
      expect(step).toMatchObject({ amountCents: 24, ids: { placeInvoice: `piv_${placeInvoiceId}`, statement: `stm_${id['statement']}` } });
    }
  });

  it('names the invoice that a statement was set off against, or that a bank line paid', async () => {
    const [placeInvoiceId, bankLineId] = [world.newId(), world.newId()];
    await tell('settlement', 'place_invoice.paid.v1', { placeInvoiceId, statementId: id['statement'], amountCents: 9, leftCents: 31 });
    await tell('settlement', 'place_invoice.paid.v1', { placeInvoiceId, bankLineId, amountCents: 31, leftCents: 0 });
    for (const [asked, amountCents] of [[`statementId=stm_${id['statement']}`, 9], [`bankLineId=bkn_${bankLineId}`, 31]] as const) {
      const step = (await trace(asked)).steps.find((one) => one.step === 'invoice_paid');
      expect(step).toMatchObject({ amountCents, ids: { placeInvoice: `piv_${placeInvoiceId}` } });
    }
  });

  it('gives a part of a balance the same cents, asked for alone or with the others of its voucher', async () => {
    const part = async (amountCents: number) => {
      const redemptionId = world.newId();
      const body = { redemptionId, batchId: id['batch'], placeId: id['place'], voucherIndex: 7, amountCents, custodyAccountId: id['custody'] };
      return tell('redemption', 'voucher.redeemed.v1', body, redemptionId);
    };
    const parts = [await part(1), await part(1)];
    const undone = await part(2);
    parts.push(await part(1));
    await tell('redemption', 'redemption.undone.v1', { redemptionId: undone, amountCents: 2 });
    const sharesIn = ({ redemptions }: Trace, redemptionId: string) =>
      redemptions.find((one) => one.redemptionId === `red_${redemptionId}`)!.shares.map(({ payerId }) => payerId);
    const whole = await trace(`batchId=bat_${id['batch']}&index=7`);
    const together = parts.map((one) => sharesIn(whole, one));
    expect(await Promise.all(parts.map(async (one) => sharesIn(await trace(`redemptionId=red_${one}`), one)))).toEqual(together);
    expect(together.flat().sort()).toEqual([`pyr_${id['payerA']}`, `pyr_${id['payerA']}`, `pyr_${id['payerB']}`].sort());
  });

  it('tells nothing that a payer wrote', async () => {
    expect((await world.get(`traces?bankLineId=bkn_${id['creditA']}`)).text).not.toContain('SECRET');
  });

  it('is refused where nothing is told, and to others than auditors and the operator', async () => {
    expect((await world.get(`traces?orderId=ord_${world.newId()}`)).body.code).toBe('trace_not_found');
    expect((await world.get(`traces?batchId=bat_${id['batch']}&index=10`)).body.code).toBe('trace_not_found');
    expect((await world.get('traces?serial=nothing')).body.code).toBe('serial_not_told');
    expect((await world.get('traces')).status).toBe(400);
    expect((await world.get(`traces?orderId=ord_${id['order']}&batchId=bat_${id['batch']}`)).status).toBe(400);
    expect((await world.get(`traces?orderId=ord_${id['order']}`, OPERATOR)).status).toBe(200);
    expect((await world.get(`traces?orderId=ord_${id['order']}`, { ...OPERATOR, organisationKind: 'place', roles: ['till'] })).status).toBe(403);
  });
});

describe('the index of mentions', () => {
  it('has what the bodies say, and cannot be changed', async () => {
    const differing = await world.admin.query(`
      (select s.subject, e.type, s.first, s.last, e.sender, e.seq from audit.event e cross join lateral audit.mentions_of(e.type, e.body) s
        except select subject, type, first, last, sender, seq from audit.event_mention)
      union all (select subject, type, first, last, sender, seq from audit.event_mention
        except select s.subject, e.type, s.first, s.last, e.sender, e.seq from audit.event e cross join lateral audit.mentions_of(e.type, e.body) s)`);
    expect(differing.rows).toEqual([]);
    await expect(world.admin.query('delete from audit.event_mention')).rejects.toThrow(/append|refuse|never|chang/i);
  });

  it('takes whatever a body is, and keeps the event', async () => {
    await world.take('issuance', [
      { type: 'batch.created.v1', body: { batchId: 'no uuid', orderId: 7 } }, { type: 'receipt.matched.v1', body: 'text' },
    ]);
    const { rows } = await world.admin.query(`select count(*)::int as count from audit.event where body = '"text"' or body ->> 'batchId' = 'no uuid'`);
    expect(rows).toEqual([{ count: 2 }]);
  });
});
