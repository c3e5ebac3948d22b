// Several vouchers of one person for one participation, from the request to what is kept, told, undone and drawn on a sheet.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { RedemptionUndoneV1, VoucherRedeemedV1 } from '#libs/contracts';
import { inspect } from '#libs/invariants';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { lineIdOf } from './line-id.js';

jest.setTimeout(60_000);

type View = Record<string, unknown>;
type Line = { outcome: string; code?: string; details?: View; redemption?: View; with?: View[] };

let scheme: RedemptionScheme;
let at: Till;
beforeAll(async () => {
  scheme = await RedemptionScheme.create();
  at = await scheme.openTill();
  expect((await scheme.tariff({ service: 'employment', priceCents: 3_500 }, at)).status).toBe(201);
});
afterAll(() => scheme.close());

const EMPLOYMENT = { service: 'employment', durationMinutes: 90, participants: 4 } as const;
const linesOf = ({ body }: { body: View }) => body['lines'] as Line[];
type Asked = Readonly<{ key?: string; over?: object; codes?: readonly string[] }>;
const together = async (count: number, { key = uuidv7(), over = {}, codes }: Asked = {}) => {
  const [code, ...others] = codes ?? (await scheme.batch(count)).codes;
  const line = { code: code!, with: others.map((other) => ({ code: other })), ...over };
  return { key, codes: [code!, ...others], answer: await scheme.session([line], EMPLOYMENT, { key, at }) };
};
const said = async (key: string) => (await scheme.app.emitted(VoucherRedeemedV1)).filter(({ sessionId }) => sessionId === key);
const balances = async (...ids: unknown[]) => (await scheme.app.world.inspector.query<{ balance: string }>(
  `select v.balance from redemption.redemption r join redemption.voucher v on v.id = r.voucher_id where r.id = any($1)`, [ids.map((id) => String(id).slice(4))])).rows;

describe('three vouchers of one person', () => {
  it('pay for one participation: one line of the receipt, one gift of the place, each voucher traced by itself', async () => {
    const { key, answer } = await together(3, { over: { coPaymentCents: 200, firstVisit: true } });
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ redeemedCount: 1, refusedCount: 0, amountCents: 3_000 })]);
    const [{ redemption, with: others }] = linesOf(answer) as [Line];
    expect(redemption).toMatchObject({ redemptionId: `red_${lineIdOf(key, 0)}`, besideCents: 2_000, tariffCents: 3_500, placeContributionCents: 300, coPaymentCents: 200 });
    expect(others).toHaveLength(2);
    for (const other of others!) {
      expect(other).toMatchObject({ participationOf: redemption!['redemptionId'], amountCents: 1_000, service: 'employment', coPaymentCents: 0 });
      expect(Object.keys(other)).not.toEqual(expect.arrayContaining(['tariffCents', 'durationMinutes', 'firstVisit']));
    }
    const told = await said(key);
    expect(told).toHaveLength(3);
    expect(told.filter(({ besideCents }) => besideCents === 2_000)).toHaveLength(1);
    expect(told.filter(({ participationId }) => participationId === lineIdOf(key, 0))).toHaveLength(2);
    for (const one of told) VoucherRedeemedV1.schema.parse(one);
  });

  it('are told again as they were, and not as fewer, more, others or one', async () => {
    const { key, codes, answer } = await together(3);
    expect((await together(3, { key, codes })).answer.body).toEqual(answer.body);
    const { codes: [fresh] } = await scheme.batch(1);
    for (const changed of [codes.slice(0, 2), [...codes, fresh!], [codes[0]!, codes[2]!, codes[1]!], [codes[0]!, codes[1]!, fresh!]]) {
      expect(linesOf((await together(3, { key, codes: changed })).answer)[0]!.code).toBe('idempotency_key_reused');
    }
    expect(linesOf(await scheme.session([{ code: codes[0] }], EMPLOYMENT, { key, at }))[0]!.code).toBe('idempotency_key_reused');
    expect((await scheme.redeem(codes[1]!, { service: 'employment' }, { key: lineIdOf(lineIdOf(key, 0), 0), at })).body['code']).toBe('idempotency_key_reused');
  });

  it('are refused as a whole, whichever is at fault, and the same again; what is sound stays whole', async () => {
    const { codes } = await scheme.batch(3);
    await scheme.redeem(codes[2]!, {}, { at });
    const { key, answer } = await together(3, { codes });
    // Its own place is told when it used it.
    expect(linesOf(answer)[0]).toMatchObject({ outcome: 'refused', code: 'voucher_used', details: { voucher: 2, siteId: at.siteId } });
    expect((await together(3, { key, codes })).answer.body).toEqual(answer.body);
    expect(linesOf((await together(2, { key, codes: codes.slice(0, 2) })).answer)[0]!.code).toBe('idempotency_key_reused');
    expect(linesOf((await together(2, { codes: codes.slice(0, 2) })).answer)[0]!.outcome).toBe('redeemed');
  });

  it('come to no more than the place asks', async () => {
    expect(linesOf((await together(4)).answer)[0]).toMatchObject({ code: 'price_over_tariff', details: { tariffCents: 3_500, voucher: 0 } });
  });

  it('stand among other people of the same workshop, in any order of rivals, each voucher once', async () => {
    const { codes } = await scheme.batch(6);
    const [a, b, c, d, e, f] = codes as [string, string, string, string, string, string];
    const ours = [{ code: a, with: [{ code: b }] }, { code: c }, { code: d, with: [{ code: e }, { code: f }] }];
    const theirs = [{ code: f, with: [{ code: d }] }, { code: e }, { code: b, with: [{ code: c }, { code: a }] }];
    await Promise.all([scheme.session(ours, EMPLOYMENT, { at }), scheme.session(theirs, EMPLOYMENT, { at: await scheme.openTill() })]);
    const { rows } = await scheme.app.world.inspector.query<{ count: number }>(
      `select count(*)::int as count from redemption.redemption r group by voucher_id having count(*) > 1`);
    expect(rows).toEqual([]);
  });

  it.each([
    ['with one voucher twice', (code: string) => [{ code, with: [{ code }] }], 'lines[0].with', 'one voucher stands here twice'],
    ['with a mistyped one', (code: string) => [{ code, with: [{ code: code.slice(1) }] }], 'lines[0].with[0].code', 'a code has 18 characters'],
  ])('%s are malformed, and take nothing', async (_, lines, path, message) => {
    const { codes: [code] } = await scheme.batch(1);
    const { status, body } = await scheme.session(lines(code!), EMPLOYMENT, { at });
    expect([status, body['errors']]).toEqual([400, [{ path, message }]]);
  });

  it('and ninety-eight more are more than a hall', async () => {
    const { codes } = await scheme.batch(101);
    const [first, other, ...rest] = codes;
    const lines = [{ code: first, with: [{ code: other }] }, ...rest.map((code) => ({ code }))];
    const { status, body } = await scheme.session(lines, EMPLOYMENT, { at });
    expect([status, body['errors']]).toEqual([400, [{ path: 'lines', message: 'more than 100 vouchers' }]]);
  });
});

describe('a participation', () => {
  it('is undone as a whole by any of its vouchers, once', async () => {
    const { answer } = await together(3);
    const [{ redemption, with: others }] = linesOf(answer) as [Line];
    const ids = [redemption!, ...others!].map(({ redemptionId }) => String(redemptionId));
    const { status, body } = await scheme.undo(ids[1]!, at.token);
    expect([status, body]).toEqual([200, expect.objectContaining({ redemptionId: ids[1], amountCents: 1_000, balanceCents: 1_000 })]);
    expect((body['with'] as View[]).map(({ redemptionId }) => redemptionId).sort()).toEqual([ids[0], ids[2]].sort());
    expect(await balances(...ids)).toEqual([{ balance: '1000' }, { balance: '1000' }, { balance: '1000' }]);
    const told = (await scheme.app.emitted(RedemptionUndoneV1)).filter(({ redemptionId }) => ids.includes(`red_${redemptionId}`));
    expect(told).toHaveLength(3);
    for (const id of ids) expect((await scheme.undo(id, at.token)).body['code']).toBe('redemption_undone');
  });

  it('of another place does not exist', async () => {
    const { answer } = await together(2);
    const [{ redemption }] = linesOf(answer) as [Line];
    expect((await scheme.undo(String(redemption!['redemptionId']), (await scheme.openTill()).token)).body['code']).toBe('redemption_not_found');
  });

  it('leaves what redemption can check alone in order, prices of participations too', async () => {
    const { broken } = await inspect(scheme.app.world.database.inspectorUrl);
    expect(broken.filter(({ invariant }) => /^(L3|L4|L5|L11|R|P1|P2|P4)/.test(invariant))).toEqual([]);
  });

  it('is kept from nonsense by the database as well', async () => {
    for (const set of ['participation_id = id', 'paid_beside = 0', `participation_id = gen_random_uuid(), co_payment = 1`, 'paid_beside = 3501, tariff_price = 3500']) {
      await expect(scheme.app.world.admin.query(`begin; set local session_replication_role = replica; update redemption.redemption set ${set}`))
        .rejects.toMatchObject({ code: '23514' });
      await scheme.app.world.admin.query('rollback');
    }
  });
});
