import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { SERVICE_CODES, VoucherRedeemedV1 } from '#libs/contracts';
import { inspect } from '#libs/invariants';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';
import { lineIdOf } from './line-id.js';

jest.setTimeout(60_000);

type Line = { outcome: 'redeemed' | 'refused'; redemptionId?: string; code?: string; redemption?: Record<string, unknown> };

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(() => scheme.close());

const linesOf = (body: Record<string, unknown>) => body['lines'] as Line[];
const outcomes = (body: Record<string, unknown>) => linesOf(body).map((line) => line.code ?? line.outcome);

describe('a workshop', () => {
  it('of twelve, one of whom used hers before, is one receipt: eleven pass, one is refused', async () => {
    const { codes } = await scheme.batch(12);
    await scheme.redeem(codes[4]!);
    const key = uuidv7();
    const service = { service: 'everyday_tools', durationMinutes: 90, participants: 12 };
    const lines = codes.map((code, at) => ({ code, ...(at === 0 && { firstVisit: true }) }));
    const { status, body } = await scheme.session(lines, service, { key });
    expect([status, body]).toEqual([200, expect.objectContaining({
      sessionId: `ses_${key}`, serviceDate: '2026-03-10', redeemedCount: 11, refusedCount: 1, amountCents: 11_000, currency: 'EUR',
    })]);
    expect(outcomes(body)).toEqual(codes.map((_, at) => (at === 4 ? 'voucher_used' : 'redeemed')));
    expect(linesOf(body)[0]!.redemption).toMatchObject({ redemptionId: `red_${lineIdOf(key, 0)}`, sessionId: `ses_${key}`, ...service, firstVisit: true });
    expect(linesOf(body)[1]!.redemption).not.toHaveProperty('firstVisit');
    const { rows } = await scheme.app.world.inspector.query(
      `select count(*)::int as count, count(distinct id)::int as ids, min(duration_minutes) as minutes, count(first_visit)::int as said
       from redemption.redemption where session_id = $1`, [key]);
    expect(rows).toEqual([{ count: 11, ids: 11, minutes: 90, said: 1 }]);
    const told = (await scheme.app.emitted(VoucherRedeemedV1)).filter(({ sessionId }) => sessionId === key);
    expect(told).toHaveLength(11);
    expect(VoucherRedeemedV1.schema.parse(told[0])).toMatchObject(service);
    expect(told.filter(({ firstVisit }) => firstVisit !== undefined)).toHaveLength(1);
  });

  it('is told again as it was when it is repeated, refused lines too', async () => {
    const { codes } = await scheme.batch(3);
    await scheme.redeem(codes[1]!);
    const [key, lines] = [uuidv7(), codes.map((code) => ({ code }))];
    const answers = await Promise.all([1, 2, 3].map(() => scheme.session(lines, {}, { key })));
    for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]!.body]);
    expect(outcomes(answers[0]!.body)).toEqual(['redeemed', 'voucher_used', 'redeemed']);
  });

  it('does not take one code twice: the second line is refused', async () => {
    const { codes: [one, other] } = await scheme.batch(2);
    expect(outcomes((await scheme.session([{ code: one }, { code: other }, { code: one }])).body)).toEqual(['redeemed', 'redeemed', 'voucher_used']);
  });

  it('is one service for several vouchers too: an amount per code, a part of each, one receipt that adds them up', async () => {
    const { codes: [first, second] } = await scheme.batch(2, { kind: 'balance' });
    const { codes: [unit] } = await scheme.batch(1);
    const lines = [
      { code: first, amountCents: 700, coPaymentCents: 50 }, { code: second, amountCents: 250 }, { code: unit },
      { code: first, amountCents: 300 },
      { code: second, amountCents: 751 }, { code: first },
    ];
    const { body } = await scheme.session(lines, { service: 'employment', serviceDate: '2026-03-02' });
    expect(outcomes(body)).toEqual(['redeemed', 'redeemed', 'redeemed', 'redeemed', 'voucher_balance_too_low', 'amount_missing']);
    expect(body).toMatchObject({ redeemedCount: 4, refusedCount: 2, amountCents: 2_250, serviceDate: '2026-03-02' });
    expect(linesOf(body).slice(0, 4).map(({ redemption }) => [redemption!['amountCents'], redemption!['balanceCents'], redemption!['coPaymentCents']]))
      .toEqual([[700, 300, 50], [250, 750, 0], [1_000, 0, 0], [300, 0, 0]]);
    expect(linesOf(body)[4]).toMatchObject({ details: { availableCents: 750 } });
  });

  it('refuses the lines that changed under its key, and no other', async () => {
    const { codes } = await scheme.batch(4);
    const key = uuidv7();
    const lines = codes.slice(0, 2).map((code) => ({ code }));
    await scheme.session(lines, {}, { key });
    expect(outcomes((await scheme.session([{ code: codes[2] }, lines[1]!, { code: codes[3] }], {}, { key })).body)).toEqual(['idempotency_key_reused', 'redeemed', 'redeemed']);
    expect(outcomes((await scheme.session(lines, { service: 'employment' }, { key })).body)).toEqual(['idempotency_key_reused', 'idempotency_key_reused']);
  });

  it('with a mistyped code is malformed as a whole and takes nothing; mended, it passes under the same key', async () => {
    const { codes } = await scheme.batch(2);
    const key = uuidv7();
    const bad = await scheme.session([{ code: codes[0] }, { code: codes[1]!.slice(1) }], {}, { key });
    expect([bad.status, bad.body.errors]).toEqual([400, [{ path: 'lines[1].code', message: 'a code has 18 characters' }]]);
    expect(outcomes((await scheme.session(codes.map((code) => ({ code })), {}, { key })).body)).toEqual(['redeemed', 'redeemed']);
  });

  it.each([
    ['of nobody', () => [], {}], ['of more than a hall', () => Array.from({ length: 101 }, () => ({ code: 'x' })), {}],
    ['of a service that no nomenclature has', () => [{ code: 'x' }], { service: 'gardening' }],
    ['of more than a day', () => [{ code: 'x' }], { durationMinutes: 1_441 }],
    ['of minus one', () => [{ code: 'x' }], { participants: -1 }],
    ['with a field of its own', () => [{ code: 'x', name: 'Ada' }], {}],
  ])('%s is malformed', async (_, lines, over) => {
    expect((await scheme.session(lines(), over)).status).toBe(400);
  });

  it('needs a key that can become its id, and a till', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const key = '01900000-0000-4000-8000-00000000000a';
    expect((await scheme.session([{ code }], {}, { key })).body.code).toBe('idempotency_key_malformed');
    expect((await scheme.session([{ code }], {}, { at: { ...scheme.till, token: scheme.operator } })).body.code).toBe('role_missing');
  });

  it('of a hundred is taken whole while another till takes the same hundred the other way round, each voucher once', async () => {
    const { codes } = await scheme.batch(100);
    const rival = await scheme.openTill();
    const lines = codes.map((code) => ({ code }));
    const [ours, theirs] = await Promise.all([scheme.session(lines), scheme.session([...lines].reverse(), {}, { at: rival })]);
    const words = outcomes(ours.body).map((word, at) => [word, outcomes(theirs.body)[99 - at]!].sort().join());
    expect(new Set(words)).toEqual(new Set(['redeemed,voucher_used']));
  });

  it('leaves what redemption can check alone in order', async () => {
    expect((await inspect(scheme.app.world.database.inspectorUrl)).broken.filter(({ invariant }) => /^(L3|L4|L5|L11|R)/.test(invariant))).toEqual([]);
  });
});

describe('what a till declares', () => {
  it('is any service of the nomenclature, for one voucher too, and the same attempt may not say otherwise', async () => {
    const { codes } = await scheme.batch(SERVICE_CODES.length);
    for (const [at, service] of SERVICE_CODES.entries()) {
      const key = uuidv7();
      const said = { service, durationMinutes: 30, participants: 1, firstVisit: false };
      const { status, body } = await scheme.redeem(codes[at]!, said, { key });
      expect([status, body]).toEqual([201, expect.objectContaining(said)]);
      expect((await scheme.redeem(codes[at]!, said, { key })).body).toEqual(body);
      expect((await scheme.redeem(codes[at]!, { ...said, firstVisit: 'unknown' }, { key })).status).toBe(422);
    }
  });

  it('as unknown is as if it had not been said', async () => {
    const { codes: [code] } = await scheme.batch(1);
    const key = uuidv7();
    const { body } = await scheme.redeem(code!, { firstVisit: 'unknown' }, { key });
    expect(body).not.toHaveProperty('firstVisit');
    expect((await scheme.redeem(code!, {}, { key })).body).toEqual(body);
  });

  it('is bounded by the database as well', async () => {
    for (const set of [`service = 'gardening'`, 'duration_minutes = 0', 'participants = 1001']) {
      await expect(scheme.app.world.admin.query(`begin; set local session_replication_role = replica; update redemption.redemption set ${set}`))
        .rejects.toMatchObject({ code: '23514' });
      await scheme.app.world.admin.query('rollback');
    }
  });
});
