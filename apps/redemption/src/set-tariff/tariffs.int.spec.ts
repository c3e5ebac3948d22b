// Tariffs through the routes, from their declaration to what redemptions keep of them.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { SERVICE_CODES, TariffPublishedV1, VoucherRedeemedV1 } from '#libs/contracts';
import { inspect } from '#libs/invariants';
import { RedemptionScheme, type Till } from '../../../../test/builders/redemption-scheme.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(() => scheme.close());

const plain = (id: unknown): string => String(id).slice(4);
const EMPLOYMENT = { service: 'employment' } as const;
const prices = async ({ placeId }: Till) => ((await scheme.app.call(`places/${placeId}/prices`, { method: 'GET' })).body['items'] as Record<string, unknown>[])
  .map(({ tariffVersion, from, priceCents, state }) => [tariffVersion, from, priceCents, state]);
const listed = async (token: string, query = '') => (await scheme.app.get(`tariffs${query}`, token)).body['items'] as Record<string, unknown>[];
const money = async (cents = 1_000) => (await scheme.batch(1, { kind: 'balance' })).codes.map((code) => ({ code, amountCents: cents }))[0]!;
const pay = async (at: Till, over: object = {}) => {
  const { code, amountCents } = await money(300);
  return (await scheme.redeem(code, { amountCents, ...EMPLOYMENT, ...over }, { at })).body;
};
const watched = () => scheme.programme(true, { tariffRaiseNeedsApproval: true });
const approve = (tariffId: unknown, key = uuidv7()) => scheme.app.call(`tariffs/${String(tariffId)}/approval`, { token: scheme.operator, key, body: {} });

describe('the nomenclature', () => {
  it('is public, in two languages', async () => {
    const { status, body } = await scheme.app.call('services', { method: 'GET' });
    const items = body['items'] as { service: string; names: { fr: string; en: string } }[];
    expect([status, items.map(({ service }) => service)]).toEqual([200, SERVICE_CODES]);
    expect(items[0]!.names).toEqual({ fr: 'Aide aux démarches administratives', en: 'Help with administrative steps' });
    expect(new Set(items.flatMap(({ names }) => [names.fr, names.en])).size).toBe(2 * SERVICE_CODES.length);
  });

  it('is the same in the database', async () => {
    const { rows: [row] } = await scheme.app.world.inspector.query<{ check: string }>(
      `select pg_get_constraintdef(oid) as check from pg_constraint where conname = 'tariff_service_check'`);
    expect([...row!.check.matchAll(/'(\w+)'/g)].map(([, code]) => code)).toEqual(SERVICE_CODES);
  });
});

describe('a tariff', () => {
  it('is composed from what a session costs, shown as a price to everybody and whole to those who judge it', async () => {
    const at = await scheme.openTill();
    const components = {
      preparationCents: 2_000, renderingMinutes: 90, hourlyCostCents: 4_000, premisesCents: 1_500, travelCents: 400, otherCents: 150,
      otherName: 'Supports imprimés', groupSize: 8,
    };
    const { status, body } = await scheme.app.call('tariffs', { token: at.token, body: { ...EMPLOYMENT, components } });
    expect([status, body]).toEqual([201, {
      tariffId: expect.stringMatching(/^trf_/), placeId: at.placeId, ...EMPLOYMENT, tariffVersion: 1, from: '2026-03-10', priceCents: 1_257,
      currency: 'EUR', needsApproval: false,
    }]);
    expect(await prices(at)).toEqual([[1, '2026-03-10', 1_257, 'in_force']]);
    expect(await listed(at.token)).toEqual([expect.objectContaining({ components, placeId: at.placeId, declaredAt: NOON })]);
    const told = (await scheme.app.emitted(TariffPublishedV1)).filter(({ placeId }) => placeId === plain(at.placeId));
    expect(told).toEqual([{
      tariffId: plain(body['tariffId']), placeId: plain(at.placeId), ...EMPLOYMENT, version: 1, from: '2026-03-10', priceCents: 1_257, currency: 'EUR',
    }]);
  });

  it('is ended by the next one, which counts from its own day and may replace one to come', async () => {
    const at = await scheme.openTill();
    for (const [priceCents, from] of [[1_000, undefined], [2_000, '2026-06-01'], [1_500, '2026-05-01'], [3_000, '2026-07-01']] as const) {
      await scheme.tariff({ ...EMPLOYMENT, priceCents, ...(from && { from }) }, at);
    }
    expect(await prices(at)).toEqual([[4, '2026-07-01', 3_000, 'to_come'], [3, '2026-05-01', 1_500, 'to_come'], [1, '2026-03-10', 1_000, 'in_force']]);
    expect((await listed(at.token, '?state=past')).map(({ tariffVersion }) => tariffVersion)).toEqual([2]);
  });

  it('is its place\'s own: no other till sees what it is composed of, and nobody but a till declares one', async () => {
    const [at, other] = [await scheme.openTill(), await scheme.openTill()];
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 1_000 }, at);
    expect([(await listed(other.token, `?placeId=${at.placeId}`)).length, (await listed(scheme.operator, `?placeId=${at.placeId}`)).length]).toEqual([0, 1]);
    const body = { ...EMPLOYMENT, components: { premisesCents: 1, groupSize: 1 } };
    expect((await scheme.app.call('tariffs', { token: scheme.operator, body })).status).toBe(403);
    expect((await scheme.app.call('tariffs', { body })).status).toBe(401);
    expect((await scheme.app.call('tariffs', { token: await scheme.app.tillToken(uuidv7()), body })).body.code).toBe('place_not_registered');
    expect((await scheme.app.call(`places/plc_${uuidv7()}/prices`, { method: 'GET' })).body.code).toBe('place_not_found');
  });

  it.each<[string, object, string]>([
    ['yesterday', { from: '2026-03-09', components: { premisesCents: 1, groupSize: 1 } }, 'tariff_in_past'],
    ['no price', { components: { groupSize: 1 } }, 'tariff_without_price'],
    ['other costs without a name', { components: { otherCents: 1, groupSize: 1 } }, 'request_malformed'],
    ['a price that it says itself', { priceCents: 1_000, components: { premisesCents: 1, groupSize: 1 } }, 'request_malformed'],
    ['a group of nobody', { components: { premisesCents: 1, groupSize: 0 } }, 'request_malformed'],
    ['half a cent', { components: { premisesCents: 0.5, groupSize: 1 } }, 'request_malformed'],
    ['a service of no nomenclature', { service: 'plumbing', components: { premisesCents: 1, groupSize: 1 } }, 'request_malformed'],
  ])('does not have %s', async (_, over, code) => {
    const { body } = await scheme.app.call('tariffs', { token: scheme.till.token, body: { ...EMPLOYMENT, ...over } });
    expect(body.code).toBe(code);
  });

  it('has versions without gap or double, though many are declared at once', async () => {
    const at = await scheme.openTill();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((priceCents) => scheme.tariff({ ...EMPLOYMENT, priceCents }, at)));
    expect(answers.map(({ body }) => body['tariffVersion'] as number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const key = uuidv7();
    const twice = await Promise.all([0, 1].map(() => scheme.tariff({ ...EMPLOYMENT, priceCents: 7 }, at, key)));
    expect(twice.map(({ body }) => body['tariffVersion'])).toEqual([7, 7]);
  });
});

describe('a raise of a place that is accredited where raises are watched', () => {
  it('waits for the operator, who approves the latest only; a till goes by the old price until then', async () => {
    const at = await scheme.openTill([scheme.programmeId, await watched()]);
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 1_000 }, at);
    const first = await scheme.tariff({ ...EMPLOYMENT, priceCents: 1_001 }, at);
    const second = await scheme.tariff({ ...EMPLOYMENT, priceCents: 1_200 }, at);
    expect([first.body['needsApproval'], second.body['needsApproval']]).toEqual([true, true]);
    expect((await listed(scheme.operator, `?state=waiting&placeId=${at.placeId}`)).map(({ tariffVersion }) => tariffVersion)).toEqual([3]);
    expect(await pay(at)).toMatchObject({ tariffVersion: 1, tariffCents: 1_000 });
    expect((await approve(first.body['tariffId'])).body.code).toBe('tariff_superseded');
    const key = uuidv7();
    const approvals = await Promise.all([key, key, uuidv7()].map((one) => approve(second.body['tariffId'], one)));
    expect(approvals.map(({ status }) => status).sort()).toEqual(expect.arrayContaining([201, 409]));
    expect((await approve(second.body['tariffId'])).body.code).toBe('tariff_counts_already');
    expect((await approve(`trf_${uuidv7()}`)).body.code).toBe('tariff_not_found');
    expect(await prices(at)).toEqual([[3, '2026-03-10', 1_200, 'in_force']]);
    expect(await pay(at)).toMatchObject({ tariffVersion: 3, tariffCents: 1_200, placeContributionCents: 900 });
    const told = (await scheme.app.emitted(TariffPublishedV1)).filter(({ placeId }) => placeId === plain(at.placeId));
    expect(told.map(({ version }) => version).sort()).toEqual([1, 3]);
  });

  it('is free to fall, and free where no programme watches', async () => {
    const at = await scheme.openTill([await watched()]);
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 1_000 }, at);
    expect((await scheme.tariff({ ...EMPLOYMENT, priceCents: 900 }, at)).body['needsApproval']).toBe(false);
    const elsewhere = await scheme.openTill();
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 1_000 }, elsewhere);
    expect((await scheme.tariff({ ...EMPLOYMENT, priceCents: 9_000 }, elsewhere)).body['needsApproval']).toBe(false);
  });
});

describe('a redemption', () => {
  it('keeps the price of the day of its service for ever, and shows what the place gave', async () => {
    const at = await scheme.openTill();
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 2_000 }, at);
    const { code } = await money();
    const key = uuidv7();
    const ask = () => scheme.redeem(code, { amountCents: 700, coPaymentCents: 300, ...EMPLOYMENT }, { at, key });
    const { body } = await ask();
    expect(body).toMatchObject({ tariffVersion: 1, tariffCents: 2_000, placeContributionCents: 1_000 });
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 5_000 }, at);
    expect((await ask()).body).toEqual(body);
    expect(((await scheme.app.get('redemptions', at.token)).body['items'] as unknown[])[0]).toEqual(body);
    const told = (await scheme.app.emitted(VoucherRedeemedV1)).find(({ redemptionId }) => redemptionId === key);
    expect(told).toMatchObject({ tariffVersion: 1, tariffCents: 2_000 });
    expect(await pay(at)).toMatchObject({ tariffVersion: 2, tariffCents: 5_000 });
    // Rendered before the first tariff: nobody said then what it cost.
    expect(await pay(at, { serviceDate: '2026-03-09' })).not.toHaveProperty('tariffCents');
    expect(await pay(at, { service: 'safe_use' })).not.toHaveProperty('placeContributionCents');
  });

  it('of a workshop is judged line by line, each the participation of one person', async () => {
    const at = await scheme.openTill();
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 800 }, at);
    const lines = [await money(800), { ...await money(700), coPaymentCents: 101 }, await money(801)];
    const { body } = await scheme.session(lines, EMPLOYMENT, { at });
    const answers = body['lines'] as { code?: string; redemption?: Record<string, unknown> }[];
    expect(answers.map(({ code, redemption }) => code ?? redemption!['placeContributionCents'])).toEqual([0, 'price_over_tariff', 'price_over_tariff']);
  });

  it('follows the tariff that is replaced while tills redeem, one or the other, never a price of neither', async () => {
    const at = await scheme.openTill();
    await scheme.tariff({ ...EMPLOYMENT, priceCents: 1_000 }, at);
    const tries = await Promise.all(Array.from({ length: 12 }, async (_, turn) =>
      (turn === 5 ? (await scheme.tariff({ ...EMPLOYMENT, priceCents: 2_000 }, at)).body : pay(at))));
    const seen = tries.filter((body) => 'redemptionId' in body).map((body) => `${String(body['tariffVersion'])}:${String(body['tariffCents'])}`);
    expect(seen).toHaveLength(11);
    expect(new Set(seen)).toEqual(new Set(seen.filter((one) => one === '1:1000' || one === '2:2000')));
    expect(await pay(at)).toMatchObject({ tariffVersion: 2, tariffCents: 2_000 });
  });

  it('is priced by what the vouchers were sold with, not by rules of later', async () => {
    const programmeId = await scheme.programme();
    const at = await scheme.openTill([programmeId]);
    const bounds = { servicePrices: [{ ...EMPLOYMENT, priceCentsMax: 500 }] };
    const { codes: [bound] } = await scheme.batch(1, { kind: 'balance', ...bounds }, programmeId);
    const { codes: [free] } = await scheme.batch(1, { kind: 'balance' }, programmeId);
    await scheme.revise(programmeId, 2, bounds);
    expect((await scheme.redeem(bound!, { amountCents: 501, ...EMPLOYMENT }, { at })).body).toMatchObject({ code: 'price_over_bound', details: { priceCentsMax: 500 } });
    expect((await scheme.redeem(bound!, { amountCents: 100 }, { at })).body.code).toBe('service_missing');
    expect((await scheme.redeem(free!, { amountCents: 501, ...EMPLOYMENT }, { at })).status).toBe(201);
  });
});

describe('ranges of prices', () => {
  const ranges = async (token: string) => (await scheme.app.get('price-ranges?from=2026-03-10&to=2026-03-10', token)).body['items'] as Record<string, unknown>[];
  const paidAt = async (prices: readonly number[], service: string) => {
    const ids: string[] = [];
    for (const priceCents of prices) {
      const at = await scheme.openTill();
      await scheme.tariff({ service: service as 'safe_use', priceCents }, at);
      ids.push(String((await pay(at, { service }))['redemptionId']));
    }
    return ids;
  };

  it('are of eleven and more, without what was undone, and name prices that were asked', async () => {
    const [undone] = await paidAt([100_000], 'safe_use');
    await paidAt([1_000, 1_100, 1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800, 1_900], 'safe_use');
    expect((await ranges(scheme.operator)).filter(({ service }) => service === 'safe_use')).toEqual([{
      service: 'safe_use', departement: null, count: 11, firstQuartileCents: 1_200, medianCents: 1_500, thirdQuartileCents: 1_800,
      givenCents: 111_200,
    }]);
    expect((await scheme.undo(undone!, scheme.operator)).status).toBe(200);
    expect((await ranges(await scheme.app.auditorToken())).filter(({ service }) => service === 'safe_use')).toEqual([]);
  });

  it('are of a year at most, and not for tills', async () => {
    const ask = (days: string, token: string) => scheme.app.get(`price-ranges?${days}`, token);
    expect((await ask('from=2025-01-01&to=2026-01-02', scheme.operator)).status).toBe(400);
    expect((await ask('from=2026-01-02&to=2026-01-01', scheme.operator)).status).toBe(400);
    expect((await ask('from=2026-01-01&to=2026-01-02', scheme.till.token)).status).toBe(403);
  });
});

describe('price texts', () => {
  it('are read in the order given, with a report, and become no tariff', async () => {
    const { status, body } = await scheme.app.call('price-texts/readings', {
      token: scheme.operator, body: { texts: ['10 € l\'heure', 'Se renseigner', 'Gratuit', 'Payant'] },
    });
    expect([status, body]).toEqual([200, {
      report: { understood: 2, understoodInPart: 1, notUnderstood: 1 },
      readings: [
        { outcome: 'understood', statements: [expect.objectContaining({ kind: 'price', priceCentsMin: 1_000, priceCentsMax: 1_000, unit: 'hour' })] },
        { outcome: 'not_understood', statements: [] },
        { outcome: 'understood', statements: [expect.objectContaining({ kind: 'free', priceCentsMin: null, unit: null })] },
        { outcome: 'understood_in_part', statements: [expect.objectContaining({ kind: 'paid' })] },
      ],
    }]);
  });
});

describe('the database', () => {
  const refusedAs = (sql: string) => scheme.app.world.service.query(sql).then(() => 'done', (error: { code: string; constraint?: string }) => error.constraint ?? error.code);
  const columns = `id, place_id, service, version, from_day, preparation, rendering_minutes, hourly_cost, premises, travel, other, group_size, price,
    currency, needs_approval, declared_by, declared_at`;
  const copied = (over: Record<string, string>) => `insert into redemption.tariff (${columns}) select ${columns.split(',').map((one) => one.trim())
    .map((one) => ({ id: 'gen_random_uuid()', version: '99', ...over }[one] ?? one)).join(', ')} from redemption.tariff where other = 0 limit 1`;

  it.each<[string, Record<string, string>, string]>([
    ['a price that its components do not explain', { price: 'price + 1' }, 'price_is_composed'],
    ['a first day in the past', { from_day: `'2026-03-08'` }, 'not_backdated'],
    ['other costs without a name', { other: 'other + group_size', price: 'price + 1' }, 'other_is_named'],
  ])('refuses %s', async (_, over, constraint) => {
    expect(await refusedAs(copied(over))).toBe(constraint);
  });

  it('refuses an approval of what waits for none', async () => {
    expect(await refusedAs(`insert into redemption.tariff_approval select id, from_day, 'x', now() from redemption.tariff where not needs_approval limit 1`))
      .toBe('23514');
  });

  it('holds what the invariants say of prices', async () => {
    const { broken } = await inspect(scheme.app.world.database.inspectorUrl);
    expect(broken.filter(({ invariant }) => /^(L3|L5|R|P[12])/.test(invariant))).toEqual([]);
  });
});
