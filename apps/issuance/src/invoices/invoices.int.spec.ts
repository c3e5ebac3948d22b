// Invoices on a real database: what they say and post, what money pays of them, what credit notes take back, and their
// numbers when many are issued at once.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { CreditNoteIssuedV1, InvoiceIssuedV1, UpstreamFeeRulePublishedV1 } from '#libs/contracts';
import {
  APPROVER, AUDITOR, IssuanceWorld, memberOf, NOW, plain, type Answer, type IssuedInvoice, type OrderOptions, type PlacedOrder,
} from '../../../../test/builders/issuance-world.js';
import { FileDrop } from '../deliver-invoices/file-drop.js';
import { InvoiceDeliverer } from '../deliver-invoices/invoice-deliverer.js';
import { InvoiceDelivery, type InvoiceToDeliver } from '../deliver-invoices/invoice-delivery.js';
import { sha256Of } from './invoice.store.js';
import { brokenAlone } from '../../../../test/builders/all-invariants.js';
import { unlikeOutbox } from '../../../../test/builders/restated-ledgers.js';

const dataDir = mkdtempSync(join(os.tmpdir(), 'mereau-invoices-'));
const RULE = { from: '2026-03-02', feeBasisPoints: 400, vatBasisPoints: 2_000, vatRegime: 'multi_purpose' };

let world: IssuanceWorld;
beforeAll(async () => { world = await IssuanceWorld.create({ dataDir }); });
afterAll(async () => {
  const broken = await brokenAlone(world.database.inspectorUrl, 'issuance');
  await world.close();
  rmSync(dataDir, { recursive: true, force: true });
  expect(broken).toEqual([]);
});

/** A programme with a fee of 4 % and 20 % of VAT on it. */
async function feeProgramme(over: object = {}): Promise<string> {
  const programmeId = await world.programme();
  await world.done('upstream-fee-rules', { programmeId, ...RULE, ...over });
  return programmeId;
}
const invoiced = async (options: OrderOptions = {}) => world.invoiced({ programmeId: await feeProgramme(), ...options });
const documentsOf = async (orderId: string, kind: string) =>
  (await world.get(`invoices?orderId=${orderId}&kind=${kind}`)).body['items'] as (IssuedInvoice & { dueOn: string })[];
const receivable = async (payerId: string) => -(await world.balance(`receivable:${plain(payerId)}`)) + 0;
const postings = (eventId: string) => world.rows(
  'select rule, debit, credit, amount::int as amount, reverses_line as line from issuance.transfer where event_id = $1 order by line', [eventId]);
const credit = (invoice: IssuedInvoice, body: object) => world.post(`invoices/${invoice.invoiceId}/credit-notes`, { body: { reason: 'correction', ...body } });
const shareOf = async ({ orderId }: PlacedOrder, at = 0) => ((await world.get(`orders/${orderId}`)).body['shares'] as Record<string, unknown>[])[at]!;

describe('an invoice', () => {
  it('is told with its digests, and posts fee and VAT as owed (row 1)', async () => {
    const { invoices: [invoice], payerId, orderId } = await invoiced();
    expect(invoice).toMatchObject({
      number: expect.stringMatching(/^FA-2026-\d{6}$/), faceCents: 10_000, feeCents: 400, vatCents: 80, totalCents: 10_480,
    });
    const told = (await world.emitted(InvoiceIssuedV1)).at(-1)!;
    const { body } = await world.get(`invoices/${invoice!.invoiceId}`);
    expect(told.body).toMatchObject({
      number: invoice!.number, orderId: plain(orderId), payerId: plain(payerId), faceCents: 10_000, feeCents: 400, vatCents: 80,
      pdfSha256: body['pdfSha256'], xmlSha256: body['xmlSha256'], issuedOn: '2026-03-02',
    });
    expect(body).toMatchObject({ kind: 'invoice', dueOn: '2026-04-01', totalCents: 10_480, creditedCents: 0, deliveredAt: null });
    expect(await postings(told.id)).toEqual([
      { rule: '1', debit: `receivable:${plain(payerId)}`, credit: 'fee_income', amount: 400, line: null },
      { rule: '1', debit: `receivable:${plain(payerId)}`, credit: 'vat_collected', amount: 80, line: null },
    ]);
  });

  it('posts nothing where nothing is charged', async () => {
    const { invoices: [invoice], payerId } = await world.invoiced();
    expect(invoice).toMatchObject({ faceCents: 10_000, feeCents: 0, vatCents: 0 });
    expect(await postings((await world.emitted(InvoiceIssuedV1)).at(-1)!.id)).toEqual([]);
    expect(await receivable(payerId)).toBe(0);
  });

  it('is one per payer, and their fees add up to that of the order', async () => {
    const payerIds = [await world.payer(), await world.payer(), await world.payer()];
    const shares = [5_000, 3_000, 2_000].map((basisPoints, at) => ({ payerId: payerIds[at]!, basisPoints }));
    const programmeId = await feeProgramme({ feeBasisPoints: 333, services: [{ label: 'Livraison', amountCents: 1_001 }] });
    const { invoices } = await invoiced({ programmeId, shares, count: 7 });
    expect(invoices.map(({ payerId }) => payerId)).toEqual(payerIds);
    const total = (of: (invoice: IssuedInvoice) => number) => invoices.map(of).reduce((a, b) => a + b, 0);
    expect([total((one) => one.faceCents), total((one) => one.feeCents), total((one) => one.vatCents)]).toEqual([7_000, 233 + 1_001, 247]);
  });

  it('is issued once, also when two ask at once', async () => {
    const order = await world.order({ programmeId: await feeProgramme() });
    const answers = await Promise.all([0, 1].map(() => world.post(`orders/${order.orderId}/invoices`)));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'order_invoiced']);
  });

  it('comes with the acceptance of an order, one per payer, or the order is not accepted', async () => {
    const payerIds = [await world.payer(), await world.payer()];
    const shares = payerIds.map((payerId, at) => ({ payerId, basisPoints: [6_000, 4_000][at] }));
    const quoted = await world.quoted({ programmeId: await feeProgramme(), shares });
    await world.billed([payerIds[1]!], { needsEngagementNumber: true });
    expect((await world.answer(quoted, memberOf(payerIds[0]!))).status).toBe(201);
    expect(await world.answer(quoted, memberOf(payerIds[1]!))).toMatchObject({ status: 409, body: { code: 'billing_reference_missing' } });
    expect([(await world.get(`orders/${quoted.orderId}`)).status, await documentsOf(quoted.orderId, 'invoice')]).toEqual([404, []]);
    await world.done(`orders/${quoted.orderId}/billing-references`, { engagementNumber: 'ENG-1' }, memberOf(payerIds[1]!));
    expect((await world.answer(quoted, memberOf(payerIds[1]!))).status).toBe(201);
    expect((await documentsOf(quoted.orderId, 'invoice')).map(({ payerId, faceCents, feeCents }) => [payerId, faceCents, feeCents]))
      .toEqual([[payerIds[1], 4_000, 160], [payerIds[0], 6_000, 240]]);
  });

  it('is by the rule of its day, and by that of the quote that was accepted', async () => {
    const programmeId = await feeProgramme();
    const [quoted, direct] = [await world.quoted({ programmeId }), await world.order({ programmeId })];
    const [quote] = await documentsOf(quoted.orderId, 'quote');
    expect(quote).toMatchObject({ number: expect.stringMatching(/^DE-2026-/), feeCents: 400, vatCents: 80, dueOn: '2026-05-01', citesId: null });
    await world.done('upstream-fee-rules', { programmeId, ...RULE, from: '2026-03-03', feeBasisPoints: 500 });
    world.clock.set('2026-03-10T10:00:00.000Z');
    await world.accept(quoted);
    const { documents: [late] } = await world.done(`orders/${direct.orderId}/invoices`, {}) as { documents: IssuedInvoice[] };
    world.clock.set(NOW);
    expect([(await documentsOf(quoted.orderId, 'invoice')).map(({ feeCents }) => feeCents), late!.feeCents]).toEqual([[400], 500]);
    expect((await world.emitted(UpstreamFeeRulePublishedV1)).at(-1)!.body)
      .toMatchObject({ programmeId: plain(programmeId), version: 2, feeBasisPoints: 500 });
    expect((await world.get(`invoices/${quote!.invoiceId}/xml`)).status).toBe(404);
  });

  it('stays within the cap of its programme\'s agreement, over all orders', async () => {
    const programmeId = await feeProgramme({ agreement: { cents: 20_000, basisPoints: 300 } });
    const fees = [];
    for (let at = 0; at < 3; at += 1) fees.push((await world.invoiced({ programmeId })).invoices[0]!.feeCents);
    expect(fees).toEqual([400, 200, 0]);
  });

  it('is never of a higher fee than its quote, though the cap has room again', async () => {
    const programmeId = await feeProgramme({ agreement: { cents: 20_000, basisPoints: 300 } });
    const [first] = [await world.invoiced({ programmeId }), await world.invoiced({ programmeId })];
    const shares = [await world.payer(), await world.payer()].map((payerId) => ({ payerId, basisPoints: 5_000 }));
    const quoted = await world.quoted({ programmeId, shares });
    await credit(first.invoices[0]!, {});
    const again = await world.quoted({ programmeId });
    for (const quote of [quoted, again]) await world.accept(quote);
    const feesOf = async ({ orderId }: { orderId: string }) => (await documentsOf(orderId, 'invoice')).map(({ feeCents }) => feeCents);
    expect([await feesOf(quoted), await feesOf(again)]).toEqual([[0, 0], [400]]);
  });
});

describe('the documents of a payer', () => {
  it('can be read by it and by nobody else, as bytes that have the digests told', async () => {
    const [mine, other] = [await invoiced(), await invoiced()];
    const [invoice, as] = [mine.invoices[0]!, memberOf(mine.payerId)];
    const listed = (await world.get(`invoices?orderId=${mine.orderId}`, as)).body['items'] as { invoiceId: string; pdfSha256: string; xmlSha256: string }[];
    expect(listed.map(({ invoiceId }) => invoiceId)).toEqual([invoice.invoiceId]);
    const xml = await world.get(`invoices/${invoice.invoiceId}/xml`, as);
    expect([sha256Of(xml.text), xml.headers['content-type']]).toEqual([listed[0]!.xmlSha256, 'application/xml; charset=utf-8']);
    world.authenticated(as);
    const pdf = await world.app.inject({ method: 'GET', url: `/issuance/invoices/${invoice.invoiceId}/pdf`, headers: { authorization: `Bearer ${as.userId}` } });
    expect([sha256Of(pdf.rawPayload), pdf.headers['content-disposition']]).toEqual([listed[0]!.pdfSha256, `attachment; filename="${invoice.number}.pdf"`]);
    expect((await world.get(`invoices/${invoice.invoiceId}/pdf?language=en`, as)).text).toMatch(/^%PDF-1.7/);
    const foreign = other.invoices[0]!.invoiceId;
    for (const id of [foreign, `inv_${world.newId()}`]) {
      for (const part of ['', '/pdf', '/xml']) {
        expect(await world.get(`invoices/${id}${part}`, as)).toMatchObject({ status: 404, body: { code: 'invoice_not_found' } });
      }
    }
    expect((await world.get(`invoices?payerId=${other.payerId}`, as)).body['items']).toEqual([]);
    expect((await world.get(`invoices?number=${other.invoices[0]!.number}`, as)).body['items']).toEqual([]);
    expect((await world.get(`invoices?number=${other.invoices[0]!.number}`, AUDITOR)).body['items']).toHaveLength(1);
  });

  it('have the references that it wants, and are not issued without', async () => {
    const order = await world.order({ programmeId: await feeProgramme() });
    await world.billed([order.payerId], { needsServiceCode: true, needsEngagementNumber: true });
    expect(await world.post(`orders/${order.orderId}/invoices`)).toMatchObject({ status: 409, body: { code: 'billing_reference_missing' } });
    const refer = (body: object) => world.post(`orders/${order.orderId}/billing-references`, { body, as: memberOf(order.payerId) });
    await refer({ serviceCode: 'SERV-1' });
    await refer({ serviceCode: 'SERV-2', engagementNumber: 'ENG-7' });
    const { documents: [invoice] } = await world.done(`orders/${order.orderId}/invoices`, {}) as { documents: IssuedInvoice[] };
    const { text } = await world.get(`invoices/${invoice!.invoiceId}/xml`);
    expect(text).toContain('<ram:BuyerReference>SERV-2</ram:BuyerReference>');
    expect(text).toContain('<ram:IssuerAssignedID>ENG-7</ram:IssuerAssignedID>');
    expect(await world.post(`orders/${order.orderId}/billing-references`, { body: { serviceCode: 'X' }, as: memberOf(await world.payer()) }))
      .toMatchObject({ status: 404, body: { code: 'order_not_found' } });
  });
});

describe('money for an invoiced share', () => {
  it('pays the face value first, then fee and VAT, and what is more stays (row 3)', async () => {
    const order = await invoiced();
    const before = await world.balance('unmatched');
    await world.fund(order, 9_000);
    expect([await world.prefund(order), await receivable(order.payerId)]).toEqual([9_000, 480]);
    await world.fund(order, 1_300);
    expect([await world.prefund(order), await receivable(order.payerId)]).toEqual([10_000, 180]);
    expect(await shareOf(order)).toMatchObject({ fundedCents: 10_000, missingCents: 0, feeDueCents: 180, funding: 'funded' });
    await world.fund(order, 1_000);
    expect([await world.prefund(order), await receivable(order.payerId), (await world.balance('unmatched')) - before]).toEqual([10_000, 0, 820]);
    const [match] = await world.rows<{ event_id: string }>('select event_id from issuance.receipt_match where order_id = $1 and fee_cents between 1 and amount_cents - 1', [plain(order.orderId)]);
    expect((await postings(match!.event_id)).map(({ rule, debit, credit, amount }) => [rule, debit, credit, amount])).toEqual([
      ['3', 'unmatched', `prefund:${plain(order.programmeId)}:${plain(order.payerId)}`, 1_000], ['3', 'unmatched', `receivable:${plain(order.payerId)}`, 300],
    ]);
  });

  it('gives the same in any order and any parts', async () => {
    const anyOrder = fc.shuffledSubarray([4_000, 3_000, 2_999, 481, 7], { minLength: 5 });
    await fc.assert(fc.asyncProperty(anyOrder, async (amounts) => {
      const order = await invoiced();
      const before = await world.balance('unmatched');
      for (const amount of amounts) await world.fund(order, amount);
      expect([await world.prefund(order), await receivable(order.payerId), (await world.balance('unmatched')) - before]).toEqual([10_000, 0, 7]);
    }), { numRuns: 3 });
  });
});

describe('a credit note', () => {
  it('on the face value cites its invoice and posts nothing', async () => {
    const { invoices: [invoice], payerId } = await invoiced();
    const answer = await credit(invoice!, { faceCents: 6_200, feeCents: 0 });
    expect(answer).toMatchObject({
      status: 201, body: { number: expect.stringMatching(/^AV-2026-/), faceCents: 6_200, feeCents: 0, vatCents: 0, coveredCents: 0 },
    });
    const told = (await world.emitted(CreditNoteIssuedV1)).at(-1)!;
    expect(told.body).toMatchObject({ invoiceId: plain(invoice!.invoiceId), reason: 'correction', faceCents: 6_200 });
    expect([await postings(told.id), await receivable(payerId)]).toEqual([[], 480]);
    expect((await world.get(`invoices/${String(answer.body['invoiceId'])}/xml`)).text).toContain(`<ram:IssuerAssignedID>${invoice!.number}</ram:IssuerAssignedID>`);
    expect((await credit(invoice!, { faceCents: 3_801, feeCents: 0 })).body).toMatchObject({ code: 'credit_exceeds_invoice', details: { leftCents: 3_800 } });
  });

  it('on the whole takes back what is owed of the fee, makes cover of what was paid, and lets the share be invoiced again', async () => {
    const order = await invoiced();
    await world.fund(order, 10_130);
    const answer = await credit(order.invoices[0]!, {});
    expect(answer.body).toMatchObject({ faceCents: 10_000, feeCents: 400, vatCents: 80, coveredCents: 130 });
    expect([await receivable(order.payerId), await world.prefund(order)]).toEqual([0, 10_130]);
    expect((await credit(order.invoices[0]!, {})).body.code).toBe('nothing_to_credit');
    const { documents: [second] } = await world.done(`orders/${order.orderId}/invoices`, {}) as { documents: IssuedInvoice[] };
    expect([second!.feeCents, await receivable(order.payerId)]).toEqual([400, 480]);
  });

  it('of two asked for at once takes no cent twice', async () => {
    const { invoices: [invoice] } = await invoiced();
    const answers = await Promise.all([0, 1].map(() => credit(invoice!, { faceCents: 6_000, feeCents: 0 })));
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'credit_exceeds_invoice']);
  });

  it('takes back the invoices of a cancelled order, but for the fee that is owed for leaving', async () => {
    const quoted = await world.quoted({ programmeId: await feeProgramme() });
    await world.accept(quoted);
    const [invoice] = await documentsOf(quoted.orderId, 'invoice');
    const { indemnityCents } = await world.done(`orders/${quoted.orderId}/cancellation`, { reason: 'Plus de besoin', productionCents: 0 });
    const [note] = await documentsOf(quoted.orderId, 'credit_note');
    expect(note).toMatchObject({ faceCents: 10_000, feeCents: 400 - Number(indemnityCents), reason: 'cancellation' });
    const kept = 480 - note!.feeCents - note!.vatCents;
    expect(await receivable(invoice!.payerId)).toBe(kept);
    // What is still owed can be paid, and nothing else.
    const before = await world.balance('unmatched');
    await world.fund({ reference: String((await shareOf({ orderId: quoted.orderId } as PlacedOrder))['reference']) }, 10_000);
    expect([await receivable(invoice!.payerId), (await world.balance('unmatched')) - before]).toEqual([0, 10_000 - kept]);
  });

  it('leaves invoiced what is active of a cancelled order, until that expires', async () => {
    const order = await invoiced();
    await world.fund(order, 10_480);
    const batchId = await world.batch(order.orderId);
    await world.activate(batchId, { first: 0, last: 5 });
    await world.stop(batchId, [{ first: 0, last: 5 }]);
    await world.done(`orders/${order.orderId}/cancellation`, { reason: 'Plus de besoin' });
    const notes = async () => (await documentsOf(order.orderId, 'credit_note')).map(({ faceCents }) => faceCents);
    expect(await notes()).toEqual([4_000]);
    await world.expire(batchId, [6_000]);
    const statement = await world.drawnUp(order);
    for (const signer of [memberOf(order.payerId), APPROVER]) expect((await world.sign(statement, signer)).status).toBe(201);
    world.clock.set(NOW);
    expect(await notes()).toEqual([6_000, 4_000]);
  });

  it('is the last document of what ended: neither a cancelled order nor an expired one is invoiced again', async () => {
    const cancelled = await world.order();
    await world.done(`orders/${cancelled.orderId}/cancellation`, { reason: 'Plus de besoin' });
    expect((await world.post(`orders/${cancelled.orderId}/invoices`)).body).toMatchObject({ code: 'order_cancelled', status: 409 });

    const expired = await world.usedOrder([]);
    await world.done(`orders/${expired.orderId}/invoices`, {});
    await world.expire(expired.batchId, [10_000]);
    const statement = await world.drawnUp(expired);
    for (const signer of [memberOf(expired.payerId), APPROVER]) await world.sign(statement, signer);
    world.clock.set(NOW);
    expect(await documentsOf(expired.orderId, 'credit_note')).toMatchObject([{ faceCents: 10_000 }]);
    expect((await world.post(`orders/${expired.orderId}/invoices`)).body.code).toBe('order_invoiced');
  });

  it('follows a signed contradictory statement, on the expired face value of each payer, fees not returned', async () => {
    const order = await world.usedOrder([1_000, 1_000], { programmeId: await feeProgramme() });
    await world.done(`orders/${order.orderId}/invoices`, {});
    await world.expire(order.batchId, [8_000]);
    const statement = await world.drawnUp(order);
    await world.sign(statement, memberOf(order.payerId));
    expect((await world.get(`invoices?orderId=${order.orderId}&kind=credit_note`)).body['items']).toEqual([]);
    expect((await world.sign(statement, APPROVER)).status).toBe(201);
    world.clock.set(NOW);
    expect((await world.get(`invoices?orderId=${order.orderId}&kind=credit_note`)).body['items']).toMatchObject([
      { faceCents: 8_000, feeCents: 0, vatCents: 0, reason: 'expiry', number: expect.stringMatching(/^AV-2027-/) },
    ]);
    expect(await receivable(order.payerId)).toBe(480);
  });
});

describe('numbers', () => {
  /** Forty wait for one series, and some for longer than a request may: those ask again, with the same key. */
  const insist = async (path: string, key = randomUUID()): Promise<Answer> => {
    const answer = await world.post(path, { key });
    return answer.status === 503 ? insist(path, key) : answer;
  };

  it('have no gap and no double when forty are drawn at once and some of them are rolled back', async () => {
    const programmeId = await world.programme();
    const orders: PlacedOrder[] = [];
    for (let at = 0; at < 40; at += 1) orders.push(await world.order({ programmeId, count: 1 }));
    const [{ last: before }] = await world.rows<{ last: number }>(`select last_number as last from issuance.invoice_series where kind = 'invoice' and year = 2026`) as [{ last: number }];
    // Every fourth fails after its number was drawn and its row written.
    const failing = orders.filter((_, at) => at % 4 === 0).map(({ reference }) => reference);
    const client = new pg.Client({ connectionString: world.database.adminUrl });
    await client.connect();
    await client.query(`create function issuance.fail_some() returns trigger language plpgsql as $$ begin
      if new.content ->> 'orderReference' = any('{${failing.join(',')}}') then raise exception 'planted'; end if; return new; end $$`);
    await client.query('create trigger fail_some after insert on issuance.invoice for each row execute function issuance.fail_some()');
    const answers = await Promise.all(orders.map(({ orderId }) => insist(`orders/${orderId}/invoices`)));
    await client.query('drop trigger fail_some on issuance.invoice');
    await client.query('drop function issuance.fail_some()');
    await client.end();
    expect([201, 500].map((wanted) => answers.filter(({ status }) => status === wanted).length)).toEqual([30, 10]);
    const numbers = await world.rows<{ number: number }>(`select number from issuance.invoice where kind = 'invoice' and year = 2026 order by number`);
    expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: before + 30 }, (_, at) => at + 1));
    // What failed is invoiced by the next try, with the next numbers.
    for (const [at, { orderId }] of orders.entries()) if (at % 4 === 0) expect((await world.post(`orders/${orderId}/invoices`)).status).toBe(201);
    expect(await brokenAlone(world.database.inspectorUrl, 'issuance')).toEqual([]);
  });

  it('begin again with each year', async () => {
    world.clock.set('2031-12-31T22:59:59.000Z');
    const [old] = (await world.invoiced({ programmeId: await world.programme({ usableUntil: '2032-12-31', claimableUntil: '2033-01-31' }) })).invoices;
    world.clock.set('2031-12-31T23:00:00.000Z');
    const [young] = (await world.invoiced({ programmeId: await world.programme({ usableUntil: '2032-12-31', claimableUntil: '2033-01-31' }) })).invoices;
    world.clock.set(NOW);
    expect([old!.number, young!.number]).toEqual(['FA-2031-000001', 'FA-2032-000001']);
  });
});

describe('the tables of invoices', () => {
  let service: pg.Client;
  beforeAll(async () => {
    service = new pg.Client({ connectionString: world.database.urlFor('issuance') });
    await service.connect();
  });
  afterAll(() => service.end());
  /** SQLSTATE or constraint of what the service's own role is told; undefined when it may. Nothing is left of it. */
  const refusal = async (sql: string, values: unknown[] = []) => {
    await service.query('begin');
    const error = await service.query(sql, values).then(() => service.query('set constraints all immediate')).then(() => undefined, (fault: pg.DatabaseError) => fault);
    await service.query('rollback');
    return error?.constraint ?? error?.code;
  };
  const copy = (changes: string, of: string) => `insert into issuance.invoice (id, seller_siren, kind, year, number, display_number, order_id, payer_id, cites_id, reason,
      issued_on, face_cents, fee_cents, vat_cents, currency, content, pdf, pdf_sha256, xml, xml_sha256, event_id, issued_by, issued_at)
    select n.id, n.seller_siren, n.kind, n.year, n.number, n.display_number, n.order_id, n.payer_id, n.cites_id, n.reason, n.issued_on, n.face_cents, n.fee_cents,
      n.vat_cents, n.currency, n.content, n.pdf, n.pdf_sha256, n.xml, n.xml_sha256, n.event_id, n.issued_by, n.issued_at
    from issuance.invoice i, jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'event_id', gen_random_uuid()) || ${changes}) n where i.id = '${of}'`;

  it.each(['invoice', 'upstream_fee_rule', 'upstream_fee_service', 'payer_billing', 'share_reference'])('keep every row of %s as it is', async (table) => {
    const [column] = await world.rows<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'issuance' and table_name = $1 limit 1`, [table]);
    expect([await refusal(`update issuance.${table} set ${column!.name} = ${column!.name}`), await refusal(`delete from issuance.${table}`)]).toEqual(['42501', '42501']);
  });

  it('let nobody skip a number, draw one for nothing, or date a document before the last', async () => {
    const drawn = `update issuance.invoice_series set last_number = last_number`;
    expect(await refusal(`${drawn} + 2 where year = 2026`)).toBe('23000');
    expect(await refusal(`${drawn} + 1 where year = 2026`)).toBe('23514');
    expect(await refusal(`${drawn} + 1, last_issued_on = '2026-01-01' where year = 2026`)).toBe('23000');
  });

  it('take no document with another number, and no credit note of another payer or of more than is left', async () => {
    const [mine, other] = [await invoiced(), await invoiced()];
    const [invoice, strange] = [plain(mine.invoices[0]!.invoiceId), plain(other.invoices[0]!.invoiceId)];
    await credit(mine.invoices[0]!, { faceCents: 9_000, feeCents: 0 });
    expect(await refusal(copy(`'{"number": 999999}'`, invoice))).toBe('23514');
    const draw = `update issuance.invoice_series set last_number = last_number + 1 where kind = 'credit_note' and year = 2026;`;
    const note = (cites: string, face: number) => copy(`jsonb_build_object('kind', 'credit_note', 'cites_id', '${cites}', 'reason', 'correction', 'face_cents', ${face},
      'number', (select last_number from issuance.invoice_series where kind = 'credit_note' and year = 2026),
      'issued_on', (select last_issued_on from issuance.invoice_series where kind = 'credit_note' and year = 2026), 'fee_cents', 0, 'vat_cents', 0)`, invoice);
    expect(await refusal(`${draw} ${note(strange, 1_000)}`)).toBe('23514');
    expect(await refusal(`${draw} ${note(invoice, 1_001)}`)).toBe('23514');
    expect(await refusal(`${draw} ${note(invoice, 1_000)}`)).toBeUndefined();
  });

  it('take no payment of a fee beyond what is invoiced', async () => {
    const { orderId } = await invoiced();
    expect(await refusal('update issuance.share_fee set paid_cents = 481 where order_id = $1', [plain(orderId)])).toBe('fee_paid_within_invoiced');
  });
});

describe('the delivery of documents', () => {
  const files = () => readdirSync(join(dataDir, 'invoices')).sort();
  const sent: string[] = [];
  /** Counts what reaches the port; fails or dies as it is told. */
  class Watched extends InvoiceDelivery {
    constructor(private readonly inner: InvoiceDelivery, private readonly after: () => void = () => undefined) { super(); }

    async deliver(invoice: InvoiceToDeliver): Promise<{ place: string }> {
      const outcome = await this.inner.deliver(invoice);
      sent.push(invoice.number);
      this.after();
      return outcome;
    }
  }
  const nobody = (_: string, error: unknown) => { throw error; };
  const waiting = async () => (await world.rows('select 1 from issuance.invoice_delivery where delivered_at is null')).length;

  it('puts each into the folder whole and once, also when it is killed between the file and its note', async () => {
    const { invoices: [invoice] } = await invoiced();
    const drop = new FileDrop(dataDir);
    const killed = new InvoiceDeliverer(world.work, new Watched(drop, () => { throw new Error('killed'); }));
    await expect(killed.deliverWaiting(nobody)).rejects.toThrow('killed');
    const left = await waiting();
    expect(left).toBeGreaterThan(0);
    const next = new InvoiceDeliverer(world.work, new Watched(drop));
    while (await waiting() > 0) await next.deliverWaiting(nobody);
    expect(await next.idle()).toBe(true);
    const name = `732829320_${invoice!.number}.pdf`;
    const { body } = await world.get(`invoices/${invoice!.invoiceId}`);
    expect(sha256Of(readFileSync(join(dataDir, 'invoices', name)))).toBe(body['pdfSha256']);
    expect(body['deliveredAt']).not.toBeNull();
    expect(files().filter((file) => !file.endsWith('.pdf') || file.startsWith('.'))).toEqual([]);
    const before = sent.length;
    await next.deliverWaiting(nobody);
    expect(sent.length).toBe(before);
  });

  it('by two processes at once leaves one file', async () => {
    const { invoices: [invoice] } = await invoiced();
    const two = [0, 1].map(() => new InvoiceDeliverer(world.work, new FileDrop(dataDir)));
    await Promise.all(two.map((one) => one.deliverWaiting(nobody)));
    expect(files().filter((file) => file.includes(invoice!.number))).toEqual([`732829320_${invoice!.number}.pdf`]);
    expect(await waiting()).toBe(0);
  });

  it('does not write over other bytes, tells of it, and sends the others', async () => {
    const [first, second] = [(await invoiced()).invoices[0]!, (await invoiced()).invoices[0]!];
    writeFileSync(join(dataDir, 'invoices', `732829320_${first.number}.pdf`), 'something else');
    const failed: string[] = [];
    await new InvoiceDeliverer(world.work, new FileDrop(dataDir)).deliverWaiting((_, error) => { failed.push(String(error)); });
    expect(failed).toEqual([expect.stringContaining('other bytes')]);
    expect(readFileSync(join(dataDir, 'invoices', `732829320_${first.number}.pdf`), 'utf8')).toBe('something else');
    expect((await world.get(`invoices/${second.invoiceId}`)).body['deliveredAt']).not.toBeNull();
    expect((await world.get(`invoices/${first.invoiceId}`)).body['deliveredAt']).toBeNull();
  });
});

describe('a simulation', () => {
  it('says what a rule would charge, and keeps nothing', async () => {
    const programmeId = await feeProgramme();
    const { orderId } = await world.invoiced({ programmeId });
    const rules = async () => ((await world.get(`upstream-fee-rules?programmeId=${programmeId}`)).body['items'] as unknown[]).length;
    const { from: _, ...terms } = RULE;
    const answer = await world.post('upstream-fee-rules/simulate', {
      body: { rule: { ...terms, feeBasisPoints: 600, orderMaxCents: 550 }, sample: { shareCents: [6_000, 4_000] }, window: { programmeId, from: '2026-03-01', to: '2026-03-31' } },
    });
    expect(answer).toMatchObject({ status: 200, body: {
      sample: { feeCents: 550, vatCents: 110, capped: 'order', payers: [{ feeCents: 330, vatCents: 66 }, { feeCents: 220, vatCents: 44 }] },
      window: { chargedCents: 400, chargedVatCents: 80, feeCents: 550, vatCents: 110,
        orders: [{ orderId, amountCents: 10_000, chargedCents: 400, feeCents: 550 }] },
    } });
    expect(await rules()).toBe(1);
  });
});

describe('whoever restates the ledger from what was told', () => {
  it('has each of its rows', async () => {
    expect(await unlikeOutbox('issuance', (sql) => world.rows(sql))).toEqual([]);
  });
});
