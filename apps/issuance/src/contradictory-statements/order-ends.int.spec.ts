// The end of an order against a real database: the statement waits for everything, nothing moves before all have signed,
// and every cent of what expired goes once where the agreement says.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  BatchExtendedV1, ClaimLineHeldV1, ClaimLineRejectedV1, ClaimLineReleasedV1, ContradictoryStatementSignedV1, ExpiryRunFinishedV1,
  PaymentBookedV1, PaymentReturnedV1, RefundRequestedV1, VoucherExpiredChunkV1, VoucherRedeemedV1,
} from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { fakeIban } from '#libs/testing';
import {
  APPROVER, AUDITOR, CUSTODY, ENDED, IssuanceWorld, memberOf, NOW, OPERATOR, plain, type Answer,
} from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let service: pg.Client;
beforeAll(async () => {
  world = await IssuanceWorld.create();
  service = new pg.Client({ connectionString: world.database.urlFor('issuance') });
  await service.connect();
});
afterEach(async () => {
  world.clock.set(NOW);
  expect((await inspect(world.database.inspectorUrl, CATALOGUE.filter(({ schema }) => schema === 'issuance'))).broken).toEqual([]);
});
afterAll(async () => {
  await service.end();
  await world.close();
});

const draw = (orderId: string): Promise<Answer> => world.post('contradictory-statements', { body: { orderId } });
const thirds = async () => [await world.payer(), await world.payer(), await world.payer()].map((payerId, at) =>
  ({ payerId, basisPoints: [3_334, 3_333, 3_333][at]! }));
const ended = async (shares?: Awaited<ReturnType<typeof thirds>>, programme: Record<string, unknown> = {}) => {
  const order = await world.usedOrder([1_000, 1_000], { ...(shares && { shares }), programmeId: await world.programme(programme) });
  await world.expire(order.batchId, [8_000]);
  return { order, statement: await world.drawnUp(order) };
};
const due = (payerId: string) => world.balance(`refund_due:${plain(payerId)}`);
const refused = async (sql: string, values: unknown[] = []) => {
  const error = await service.query(sql, values).then(() => undefined, (fault: pg.DatabaseError) => fault);
  return error?.code;
};

describe('a statement', () => {
  it('waits for the end of claims, for every run, every chunk and every redemption, in whatever order they are told', async () => {
    const { orderId, batchId } = await world.usedOrder([1_000]);
    expect(await draw(orderId)).toMatchObject({ status: 409, body: { code: 'claims_open' } });
    world.clock.set(ENDED);
    const [runId, body] = [world.newId(), { batchId: plain(batchId), currency: 'EUR' as const }];
    await world.take(ExpiryRunFinishedV1, { ...body, runId, chunkCount: 2, voucherCount: 9, amountCents: 9_000 });
    expect(await draw(orderId)).toMatchObject({ body: { code: 'expiry_incomplete', details: { openBatches: 0, openRuns: 1, missingCents: 9_000 } } });
    const chunk = { ...body, runId, first: 0, last: 9, custodyAccountId: CUSTODY };
    await world.take(VoucherExpiredChunkV1, { ...chunk, chunk: 1, count: 4, amountCents: 4_000 });
    expect(await draw(orderId)).toMatchObject({ body: { code: 'expiry_incomplete' } });
    await world.take(VoucherExpiredChunkV1, { ...chunk, chunk: 0, count: 5, amountCents: 5_000 });
    const told = { activatedCents: 10_000, redeemedCents: 1_000, expiredCents: 9_000, version: 1 };
    expect(await draw(orderId)).toMatchObject({ status: 201, body: told });
    expect(await world.balance(`expired:${plain(orderId)}`)).toBe(9_000);
  });

  it('is a document whose bytes have the digest that is signed, and is shown to its payers and to nobody else\'s', async () => {
    const { order, statement } = await ended();
    const document = await world.get(`contradictory-statements/${statement.statementId}/document`, memberOf(order.payerId));
    expect(document.headers['content-type']).toBe('text/csv; charset=utf-8');
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(document.text).digest('hex')).toBe(statement.sha256);
    const stranger = memberOf(await world.payer());
    for (const path of ['', '/document']) {
      expect(await world.get(`contradictory-statements/${statement.statementId}${path}`, stranger)).toMatchObject({ status: 404, body: { code: 'statement_not_found' } });
    }
    expect((await world.get('contradictory-statements', stranger)).body['items']).toEqual([]);
    expect((await world.get(`contradictory-statements/${statement.statementId}`, AUDITOR)).body).toMatchObject({ state: 'to_sign', operatorSignedAt: null });
  });

  it('counts only signatures of its latest version', async () => {
    const { order, statement } = await ended();
    const first = await world.sign(statement, memberOf(order.payerId));
    expect(first.body).toMatchObject({ signatures: 1, signaturesNeeded: 2, signed: false });
    const second = await world.drawnUp(order);
    expect((await world.sign(second, APPROVER)).body).toMatchObject({ signed: false });
    expect((await world.sign(second, memberOf(order.payerId))).body).toMatchObject({ signed: true });
    expect(await world.emitted(ContradictoryStatementSignedV1)).toHaveLength(1);
    expect(await due(order.payerId)).toBe(8_000);
  });
});

describe('the money of expired vouchers', () => {
  it('goes to three payers by their shares with the last of four signatures, to the cent, also when two sign last at once', async () => {
    const shares = await thirds();
    const { order, statement } = await ended(shares);
    await world.sign(statement, memberOf(shares[0]!.payerId));
    await world.sign(statement, memberOf(shares[1]!.payerId));
    expect(await world.balance(`expired:${plain(order.orderId)}`)).toBe(8_000);
    const last = await Promise.all([world.sign(statement, memberOf(shares[2]!.payerId)), world.sign(statement, APPROVER)]);
    expect(last.map(({ status, body }) => [status, body['signed']]).sort()).toEqual([[201, false], [201, true]]);
    expect(await world.balance(`expired:${plain(order.orderId)}`)).toBe(0);
    const amounts = await Promise.all(shares.map(({ payerId }) => due(payerId)));
    expect(amounts.reduce((a, b) => a + b)).toBe(8_000);
    for (const amount of amounts) expect([2_666, 2_667]).toContain(amount);
    const [told] = (await world.emitted(ContradictoryStatementSignedV1)).filter(({ body }) => body.orderId === plain(order.orderId));
    expect(told!.body).toMatchObject({ outcome: 'refund', activatedCents: 10_000, redeemedCents: 2_000, expiredCents: 8_000 });
  });

  it('becomes cover again, and only then, when the agreement rolls it over', async () => {
    const { order, statement } = await ended(undefined, { onExpiry: 'roll_over' });
    expect(await world.prefund(order)).toBe(0);
    await world.sign(statement, memberOf(order.payerId));
    await world.sign(statement, APPROVER);
    expect(await world.prefund(order)).toBe(8_000);
    expect(await world.post('refunds', { body: { statementId: statement.statementId } })).toMatchObject({ body: { code: 'nothing_to_refund' } });
  });

  it('leaves for the commons when the order agreed so, whatever its programme says', async () => {
    const payerId = await world.payer();
    const programmeId = await world.programme();
    const placed = await world.done('orders', { programmeId, count: 10, shares: [{ payerId, basisPoints: 10_000 }], onExpiry: 'commons' }) as { orderId: string; reference: string };
    await world.fund(placed, 10_000);
    const batchId = await world.batch(placed.orderId);
    await world.activate(batchId);
    await world.expire(batchId, [10_000]);
    const statement = await world.drawnUp(placed);
    await world.sign(statement, memberOf(payerId));
    await world.sign(statement, APPROVER);
    const [event] = (await world.emitted(ContradictoryStatementSignedV1)).slice(-1);
    expect(await world.rows('select credit, amount from issuance.transfer where event_id = $1', [event!.id])).toEqual([{ credit: 'clearing:settlement', amount: '10000' }]);
    expect(await world.prefund({ programmeId, payerId })).toBe(0);
  });

  it('does not move when everything was used, and the statement is signed all the same', async () => {
    const order = await world.usedOrder(Array.from({ length: 10 }, () => 1_000));
    await world.expire(order.batchId, []);
    const statement = await world.drawnUp(order);
    await world.sign(statement, APPROVER);
    expect((await world.sign(statement, memberOf(order.payerId))).body).toMatchObject({ signed: true });
    expect(await due(order.payerId)).toBe(0);
  });

  it('is moved by nobody without all signatures: the database refuses it to the service\'s own role', async () => {
    const { order, statement } = await ended();
    await world.sign(statement, memberOf(order.payerId));
    const move = `insert into issuance.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      values ($1, 0, '23', $2, $3, $4, 'EUR', $5)`;
    const expired = `expired:${plain(order.orderId)}`;
    expect(await refused(move, [randomUUID(), expired, `refund_due:${plain(order.payerId)}`, 8_000, CUSTODY])).toBe('23514');
    expect(await refused(`insert into issuance.signed_statement values ($1, $2, $3, now())`, [plain(order.orderId), plain(statement.statementId), randomUUID()])).toBe('23514');
    const sign = `insert into issuance.statement_signature values ($1, $2, $3, $4, $5, now())`;
    const drafter = (await world.rows<{ by: string }>('select drawn_up_by as by from issuance.contradictory_statement where id = $1', [plain(statement.statementId)]))[0]!.by;
    expect(await refused(sign, [plain(statement.statementId), 'operator', null, statement.sha256, drafter])).toBe('23514');
    expect(await refused(sign, [plain(statement.statementId), 'operator', null, '0'.repeat(64), 'user:x'])).toBe('23503');
    expect(await refused(sign, [plain(statement.statementId), plain(await world.payer()), null, statement.sha256, 'user:x'])).toBe('23514');
    await world.sign(statement, APPROVER);
    // Signed, and moved once: a second move, of another sum, under the same event's name, is refused too.
    expect(await refused(move, [randomUUID(), expired, `refund_due:${plain(order.payerId)}`, 1, CUSTODY])).toBe('23514');
    expect(await world.balance(expired)).toBe(0);
  });
});

describe('a claim that settlement holds', () => {
  const held = (batchId: string) =>
    ({ ...ClaimLineHeldV1.sample, claimLineId: world.newId(), redemptionId: world.newId(), batchId: plain(batchId) });

  it('keeps the statement waiting until it is released, or rejected and then told apart', async () => {
    const order = await world.usedOrder([1_000, 1_000]);
    await world.expire(order.batchId, [8_000]);
    world.clock.set(ENDED);
    const [first, second] = [held(order.batchId), held(order.batchId)];
    // In any order: a release may come before its hold.
    await world.take(ClaimLineReleasedV1, { ...first, dueSeq: 9 });
    await world.take(ClaimLineHeldV1, first);
    await world.take(ClaimLineHeldV1, second);
    expect(await draw(order.orderId)).toMatchObject({
      status: 409, body: { code: 'claims_held', details: { heldCents: 1_000, heldCount: 1, claimLineIds: `clm_${second.claimLineId}` } },
    });
    await world.take(ClaimLineRejectedV1, { ...second, reason: 'fraud' });
    expect(await draw(order.orderId)).toMatchObject({ status: 201, body: {
      redeemedCents: 2_000, rejectedCents: 1_000, expiredCents: 8_000,
      shares: [{ redeemedCents: 2_000, rejectedCents: 1_000, expiredCents: 8_000 }],
    } });
  });
});

describe('an extension instead of an end', () => {
  const dates = (year: number) => ({ usableUntil: `${year}-12-31`, claimableUntil: `${year + 1}-01-31` });
  const drawnToExtend = async (orderId: string, year: number) =>
    await world.done('contradictory-statements', { orderId, extension: dates(year) }) as { statementId: string; sha256: string };
  const signedBy = async (statement: { statementId: string; sha256: string }, payerId: string) => {
    await world.sign(statement, memberOf(payerId));
    expect((await world.sign(statement, APPROVER)).body).toMatchObject({ signed: true });
  };

  it('puts every cent back on its batch with the last signature, by row 24, and the order ends again later', async () => {
    const order = await world.usedOrder();
    await world.expire(order.batchId, [5_000, 3_000]);
    world.clock.set(ENDED);
    await signedBy(await drawnToExtend(order.orderId, 2027), order.payerId);
    const [first] = (await world.emitted(BatchExtendedV1)).slice(-1);
    expect(first!.body).toMatchObject({ batchId: plain(order.batchId), amountCents: 8_000, ...dates(2027) });
    expect(await world.rows('select rule, debit, credit, amount from issuance.transfer where event_id = $1', [first!.id]))
      .toEqual([{ rule: '24', debit: `expired:${plain(order.orderId)}`, credit: 'clearing:redemption', amount: '8000' }]);
    expect(await draw(order.orderId)).toMatchObject({ body: { code: 'claims_open', details: { claimableUntil: '2028-01-31' } } });

    // Used in part and expired again, extended again, and then ended: the money goes back once.
    const about = { redemptionId: world.newId(), batchId: plain(order.batchId), amountCents: 1_000, custodyAccountId: CUSTODY };
    await world.take(VoucherRedeemedV1, { ...VoucherRedeemedV1.sample, ...about }, about.redemptionId);
    world.clock.set('2028-02-01T12:00:00.000Z');
    expect(await draw(order.orderId)).toMatchObject({ body: { code: 'expiry_incomplete', details: { openBatches: 1, missingCents: 7_000 } } });
    await world.expire(order.batchId, [7_000]);
    await signedBy(await drawnToExtend(order.orderId, 2028), order.payerId);
    world.clock.set('2029-02-01T12:00:00.000Z');
    await world.expire(order.batchId, [7_000]);
    const last = await world.drawn(order);
    await signedBy(last, order.payerId);
    expect([await due(order.payerId), await world.balance(`expired:${plain(order.orderId)}`)]).toEqual([7_000, 0]);
    const states = ((await world.get(`contradictory-statements?orderId=${order.orderId}`)).body['items'] as { state: string; outcome: string }[]);
    expect(states.map(({ state, outcome }) => [state, outcome])).toEqual([['signed', 'refund'], ['signed', 'extension'], ['signed', 'extension']]);
    expect(await draw(order.orderId)).toMatchObject({ body: { code: 'statement_signed' } });
    expect(await world.post('refunds', { body: { statementId: last.statementId } })).toMatchObject({ status: 201 });
  });

  it('is moved by nobody without all signatures', async () => {
    const order = await world.usedOrder();
    await world.expire(order.batchId, [8_000]);
    world.clock.set(ENDED);
    const statement = await drawnToExtend(order.orderId, 2027);
    const move = `insert into issuance.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      values ($1, 0, '24', $2, 'clearing:redemption', 8000, 'EUR', $3)`;
    expect(await refused(move, [randomUUID(), `expired:${plain(order.orderId)}`, CUSTODY])).toBe('23514');
    const extension = `insert into issuance.order_extension values ($1, $2, $3, '2027-12-31', '2028-01-31', 'x', now())`;
    expect(await refused(extension, [randomUUID(), plain(order.orderId), plain(statement.statementId)])).toBe('23503');
    const without = randomUUID();
    expect(await refused(`with e as (insert into issuance.order_extension values ('${without}', '${plain(order.orderId)}', null, '2027-12-31', '2028-01-31', 'x', now()) returning id)
      insert into issuance.batch_extension select gen_random_uuid(), '${without}', '${plain(order.batchId)}', 5, 1, 0, 'EUR'`)).toMatch(/^23/);
  });
});

describe('the page of a statement', () => {
  it('is a PDF that names what is signed, the payers and who has signed', async () => {
    const { order, statement } = await ended();
    await world.sign(statement, memberOf(order.payerId));
    const page = await world.get(`contradictory-statements/${statement.statementId}/document?format=pdf`, memberOf(order.payerId));
    expect([page.status, page.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(page.text.slice(0, 8)).toBe('%PDF-1.7');
    expect((await world.get(`contradictory-statements/${statement.statementId}/document?format=doc`)).status).toBe(400);
  });
});

describe('a refund', () => {
  it('is ordered once per share, and known as paid, as returned and as paid again, in whatever order settlement tells it', async () => {
    const { statementId, payerId } = await world.signedOrder();
    const calls = await Promise.all([world.post('refunds', { body: { statementId } }), world.post('refunds', { body: { statementId } })]);
    expect(calls.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await due(payerId)).toBe(0);
    const { body } = (await world.emitted(RefundRequestedV1)).at(-1)!;
    expect(body).toMatchObject({ amountCents: 8_000, payerId: plain(payerId), way: 'bank', payerSiren: '732829320' });

    const state = async () => {
      const { items } = (await world.get('refunds', memberOf(payerId))).body as { items: { state: string; paidOn: string | null; reasonCode: string | null }[] };
      return [items[0]!.state, items[0]!.paidOn, items[0]!.reasonCode];
    };
    const payment = (paymentId: string) => ({
      paymentId, purpose: 'refund' as const, refundIds: [body.refundId], bankLineId: world.newId(), bookedOn: '2027-03-01', amountCents: 8_000, currency: 'EUR' as const,
    });
    const [first, second] = [world.newId(), world.newId()];
    expect(await state()).toEqual(['requested', null, null]);
    await world.take(PaymentReturnedV1, { ...payment(first), reasonCode: 'AC04' });
    await world.take(PaymentBookedV1, payment(first));
    expect(await state()).toEqual(['returned', null, 'AC04']);
    await world.take(PaymentBookedV1, { ...payment(second), bookedOn: '2027-03-09' });
    expect(await state()).toEqual(['paid', '2027-03-09', null]);
    await world.take(PaymentBookedV1, { ...PaymentBookedV1.sample });
    expect((await world.get('refunds', memberOf(await world.payer()))).body['items']).toEqual([]);
  });

  it('takes what is left of the cover of an ended programme, and not before', async () => {
    const order = await world.order();
    await world.fund(order, 4_000);
    const body = { programmeId: order.programmeId, payerId: order.payerId };
    expect(await world.post('refunds', { body })).toMatchObject({ status: 409, body: { code: 'claims_open' } });
    world.clock.set(ENDED);
    expect(await world.post('refunds', { body })).toMatchObject({ status: 201, body: { refunds: [{ payerId: order.payerId, amountCents: 4_000 }] } });
    expect([await world.prefund(order), await due(order.payerId)]).toEqual([0, 0]);
    expect(await world.post('refunds', { body })).toMatchObject({ status: 409, body: { code: 'nothing_to_refund' } });
  });

  it('of cover waits for an order that was extended beyond the rules', async () => {
    const order = await world.order();
    await world.fund(order, 4_000);
    const { extensionId } = await world.done('extensions', { orderId: order.orderId, usableUntil: '2028-12-31', claimableUntil: '2029-01-31' });
    await world.done(`extensions/${String(extensionId)}/agreements`, {}, memberOf(order.payerId));
    world.clock.set(ENDED);
    const body = { programmeId: order.programmeId, payerId: order.payerId };
    expect((await world.post('refunds', { body })).body).toMatchObject({ code: 'claims_open', details: { claimableUntil: '2029-01-31' } });
    world.clock.set('2029-02-01T12:00:00.000Z');
    expect(await world.post('refunds', { body })).toMatchObject({ status: 201 });
  });

  it('of cover waits for orders under earlier rules, which a later version with an earlier end does not touch', async () => {
    const order = await world.order();
    await world.fund(order, 4_000);
    await world.done(`programmes/${order.programmeId}/rules`, {
      name: 'Ended before it began', faceCents: 1_000, usableUntil: '2026-01-01', claimableUntil: '2026-01-01',
      creditor: { name: 'CANTONNEMENT', iban: fakeIban(1) },
    });
    const body = { programmeId: order.programmeId, payerId: order.payerId };
    expect(await world.post('refunds', { body })).toMatchObject({ status: 409, body: { code: 'claims_open' } });
    expect(await world.prefund(order)).toBe(4_000);
    world.clock.set(ENDED);
    expect(await world.post('refunds', { body })).toMatchObject({ status: 201 });
  });

  it.each([[{}], [{ payerId: 'pyr_01900000-0000-7000-8000-000000000001' }], [{ programmeId: 'prg_01900000-0000-7000-8000-000000000001' }]])('refuses %j as malformed', async (body) => {
    expect(await world.post('refunds', { body })).toMatchObject({ status: 400, body: { code: 'request_malformed' } });
  });

  it('is ordered by the operator alone', async () => {
    const { statementId, payerId } = await world.signedOrder();
    expect((await world.post('refunds', { body: { statementId }, as: memberOf(payerId) })).status).toBe(403);
    expect((await world.post('refunds', { body: { statementId }, as: OPERATOR })).status).toBe(201);
  });
});
