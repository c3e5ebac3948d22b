// Redemption over HTTP, with real tokens: who may ask what, what an answer looks like, and what it never says.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { routesWithoutWho } from '#libs/auth';
import { BatchCreatedV1, ClosingDueV1, FeeRulePublishedV1, PlaceAccreditedV1, ProgrammePublishedV1, RangeActivatedV1, RedemptionPeriodTotalledV1, VoucherChunkMintedV1 } from '#libs/contracts';
import { buildOpenApi } from '#libs/http';
import { until } from '#libs/testing';
import { RedemptionApp, type Answer } from '../../../test/builders/redemption-app.js';
import { CUSTODY, NOON } from '../../../test/builders/redemption-world.js';
import { REFUSALS } from './refusals.js';

jest.setTimeout(60_000);

const SIRETS = ['73282932000074', '55208131766522', '35600000000048', '44306184100047'];
let app: RedemptionApp;
let operator: string;
let till: string;
let programmeId: string;
let place: { placeId: string; siteId: string };
let codes: string[];

beforeAll(async () => {
  app = await RedemptionApp.create();
  operator = await app.operatorToken();
  programmeId = await programme();
  place = await register();
  await accredit(place.placeId, programmeId);
  till = await app.tillToken(place.placeId);
  codes = [...await vouchers(programmeId, 40)];
});
afterAll(() => app.close());

async function programme(): Promise<string> {
  const id = uuidv7();
  await app.take(ProgrammePublishedV1, {
    programmeId: id, ruleVersion: 1, name: 'Numérique pour tous', kind: 'unit', faceCents: 1_000, currency: 'EUR',
    usableUntil: '2026-12-31', claimableUntil: '2027-01-31', custodyAccountId: CUSTODY,
  });
  await app.take(FeeRulePublishedV1, { programmeId: id, version: 1, from: '2026-01-01', feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 });
  return id;
}
async function vouchers(ofProgramme: string, count: number, { active = true, kind = 'unit' as 'unit' | 'balance' } = {}): Promise<readonly string[]> {
  const batchId = uuidv7();
  const minted = app.mint(batchId, [count]);
  await app.take(BatchCreatedV1, {
    batchId, orderId: uuidv7(), programmeId: ofProgramme, count, chunks: 1, faceCents: 1_000, currency: 'EUR', kind, usableUntil: '2026-12-31',
    claimableUntil: '2027-01-31', custodyAccountId: CUSTODY, pepperKeyId: app.keyring.pepperKeyId, serialPermutationId: 's1',
  });
  await app.take(VoucherChunkMintedV1, minted.chunks[0]!);
  const amountCents = count * 1_000;
  if (active) {
    const shares = [{ payerId: uuidv7(), amountCents }];
    await app.take(RangeActivatedV1, { activationId: uuidv7(), batchId, first: 0, last: count - 1, amountCents, currency: 'EUR', shares });
  }
  return minted.codes;
}
async function register(timeZone = 'Europe/Paris'): Promise<{ placeId: string; siteId: string }> {
  const { status, body } = await app.call('places', {
    token: operator, body: { siret: SIRETS.shift(), name: 'Médiathèque des Tilleuls', site: { name: 'Salle 1', timeZone } },
  });
  expect(status).toBe(201);
  return body as never;
}
const accredit = (placeId: string, toProgramme: string, over: object = {}): Promise<Answer> => app.call(`places/${placeId}/accreditations`, {
  token: operator, body: { programmeId: `prg_${toProgramme}`, from: '2026-01-01', to: '2026-12-31', ...over },
});
const redeem = (body: object, { token = till, key = uuidv7(), headers = {} } = {}): Promise<Answer> =>
  app.call('redemptions', { token, key, headers, body: { serviceDate: '2026-03-10', ...body } });
const nextCode = (): string => codes.pop()!;

describe('a redemption over HTTP', () => {
  it('answers 201 with ids that carry their prefix, and the same bytes when it is repeated', async () => {
    const [key, code] = [uuidv7(), nextCode()];
    const first = await redeem({ code, coPaymentCents: 150 }, { key });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      redemptionId: `red_${key}`, voucherId: expect.stringMatching(/^vch_/), programmeId: `prg_${programmeId}`, batchId: expect.stringMatching(/^bat_/),
      placeId: place.placeId, siteId: place.siteId, amountCents: 1_000, currency: 'EUR', coPaymentCents: 150, balanceCents: 0,
      serviceDate: '2026-03-10', redeemedAt: NOON,
    });
    const again = await redeem({ code: ` ${code.toLowerCase().replaceAll('-', ' ')}`, coPaymentCents: 150 }, { key });
    expect({ status: again.status, body: again.body }).toEqual({ status: 201, body: first.body });
  });

  it('takes the place from the token: a body that names one is malformed', async () => {
    const { status, body } = await redeem({ code: nextCode(), placeId: place.placeId });
    expect([status, body.code, body.errors]).toEqual([400, 'request_malformed', [{ path: 'placeId', message: 'unknown field' }]]);
  });

  it.each([
    ['no code', { code: undefined }, 'code'],
    ['a code that is too short', { code: 'ABCD' }, 'code'],
    ['a code with a wrong character', { code: '0000-0000-0000-0000-0!' }, 'code'],
    ['a code with wrong check characters', { code: '0000-0000-0000-0001-00' }, 'code'],
    ['a day that is none', { code: '0000-0000-0000-0000-00', serviceDate: '2026-02-30' }, 'serviceDate'],
    ['half a cent', { code: '0000-0000-0000-0000-00', amountCents: 0.5 }, 'amountCents'],
    ['nothing', { code: '0000-0000-0000-0000-00', amountCents: 0 }, 'amountCents'],
    ['a text for an amount', { code: '0000-0000-0000-0000-00', amountCents: '100' }, 'amountCents'],
    ['a co-payment below zero', { code: '0000-0000-0000-0000-00', coPaymentCents: -1 }, 'coPaymentCents'],
  ])('is malformed with %s, and the answer does not say what stood there', async (_, body, path) => {
    const answer = await redeem(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'request_malformed']);
    expect(answer.body.errors).toMatchObject([{ path }]);
    if (body.code) expect(JSON.stringify(answer.body)).not.toContain(body.code);
  });

  it.each([['missing', '', 'idempotency_key_missing'], ['no uuid', 'abc', 'idempotency_key_malformed'], ['a uuid of version 4', randomUUID(), 'idempotency_key_malformed']])(
    'is malformed when its key is %s', async (_, key, code) => {
      const answer = await redeem({ code: nextCode() }, { key });
      expect([answer.status, answer.body.code]).toEqual([400, code]);
    });

  it('is for tills only', async () => {
    const refusedTo = async (token: string | undefined) => (await app.call('redemptions', { ...(token && { token }), body: { code: nextCode(), serviceDate: '2026-03-10' } })).status;
    expect(await refusedTo(undefined)).toBe(401);
    expect(await refusedTo('not-a-token')).toBe(401);
    expect(await refusedTo(operator)).toBe(403);
    expect(await refusedTo(await app.tillToken(place.placeId, { partyId: null }))).toBe(403);
  });

  it('is refused with a problem that carries its code, and 422 for another content under its key', async () => {
    const [key, code] = [uuidv7(), nextCode()];
    expect((await redeem({ code })).status).toBe(201);
    const used = await redeem({ code }, { key });
    expect(used.headers.get('content-type')).toContain('application/problem+json');
    expect([used.status, used.body]).toMatchObject([409, {
      type: '/problems/voucher_used', code: 'voucher_used', retryable: false, detail: REFUSALS.voucher_used.sentence,
      details: { usedAt: NOON, siteId: place.siteId },
    }]);
    const other = await redeem({ code: nextCode() }, { key });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('tells unknown, not activated and foreign codes apart by nothing', async () => {
    const stranger = await register();
    await accredit(stranger.placeId, await programme(), { from: '2025-01-01', to: '2025-12-31' });
    const strangerTill = await app.tillToken(stranger.placeId);
    const [inactive] = await vouchers(programmeId, 1, { active: false });
    const unknown = app.mint(uuidv7(), [1]).codes[0]!;
    const foreign = await redeem({ code: nextCode() }, { token: strangerTill });
    const answers = [await redeem({ code: unknown }), await redeem({ code: inactive! }), foreign];
    const bare = answers.map(({ status, body: { instance: _, ...rest } }) => ({ status, rest }));
    expect(bare[0]).toMatchObject({ status: 404, rest: { code: 'voucher_not_found', details: {} } });
    expect(bare[1]).toEqual(bare[0]);
    expect(bare[2]).toEqual(bare[0]);
  });

  it('is told of no code to a till whose place was never accredited', async () => {
    const token = await app.tillToken(uuidv7());
    const codesAsked = [nextCode(), app.mint(uuidv7(), [1]).codes[0]!];
    for (const code of codesAsked) expect((await redeem({ code }, { token })).body.code).toBe('place_not_registered');
  });

  it('never lets a code into a log line, a message or a table', async () => {
    const code = nextCode();
    const bare = code.replaceAll('-', '');
    await redeem({ code });
    await redeem({ code });
    await redeem({ code: `${code.slice(0, -1)}!` });
    const { rows } = await app.world.inspector.query<{ text: string }>(
      `select o::text as text from redemption.outbox o union all select s::text from redemption.sent_batch s
       union all select v::text from redemption.voucher v union all select r::text from redemption.refused_redemption r`);
    const written = [...app.logged, ...rows.map(({ text }) => text)].join('\n');
    expect(written).toContain('voucher_used');
    for (const secret of [code, bare, bare.slice(0, 16)]) expect(written).not.toContain(secret);
  });

  it('is later, not refused, when the database does not answer', async () => {
    const [key, code] = [uuidv7(), nextCode()];
    const blocker = await app.world.connect(app.world.database.adminUrl);
    await blocker.query('begin');
    await blocker.query('lock table redemption.redemption in share mode');
    const answer = redeem({ code }, { key });
    await until('the till waits', async () => (await app.world.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'redemption till' and wait_event_type = 'Lock'
       and datname = current_database()`)).rowCount === 1);
    const { status, body, headers } = await answer;
    expect([status, body.code, body['retryable'], headers.get('retry-after')]).toEqual([503, 'unavailable', true, '5']);
    await blocker.query('commit');
    expect((await redeem({ code }, { key })).status).toBe(201);
  });
});

describe('a place', () => {
  it('is registered once per SIRET, and the same command twice is one', async () => {
    const [key, body] = [randomUUID(), { siret: '443 061 841 00047', name: 'Espace public numérique', site: { name: 'Accueil', timeZone: 'America/Cayenne' } }];
    const first = await app.call('places', { token: operator, body, key });
    expect(await app.call('places', { token: operator, body, key })).toMatchObject({ status: first.status, body: first.body });
    const again = await app.call('places', { token: operator, body });
    expect([first.status, again.status, again.body.code]).toEqual([201, 409, 'siret_taken']);
    SIRETS.splice(SIRETS.indexOf('44306184100047'), 1);
  });

  it.each([
    ['a SIRET with a wrong digit', { siret: '73282932000075' }, 'siret'],
    ['a zone that does not exist', { site: { name: 'a', timeZone: 'Europe/Atlantis' } }, 'site.timeZone'],
    ['no name', { name: ' ' }, 'name'],
  ])('is malformed with %s', async (_, over, path) => {
    const answer = await app.call('places', { token: operator, body: { siret: '73282932000074', name: 'a', site: { name: 'a', timeZone: 'Europe/Paris' }, ...over } });
    expect([answer.status, answer.body.errors]).toMatchObject([400, [{ path }]]);
  });

  it('is accredited in versions, each of which settlement hears', async () => {
    const other = await programme();
    const answers = await Promise.all([accredit(place.placeId, other), accredit(place.placeId, other, { to: '2026-06-30' })]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers.map(({ body }) => body['accreditationVersion']).sort()).toEqual([1, 2]);
    const told = (await app.emitted(PlaceAccreditedV1)).filter((body) => body.programmeId === other);
    expect(told.map(({ accreditationVersion }) => accreditationVersion).sort()).toEqual([1, 2]);
    expect(told[0]).toMatchObject({ placeId: place.placeId.slice(4), siteId: place.siteId.slice(4), siret: '73282932000074', timeZone: 'Europe/Paris' });
  });

  it('is not accredited when it or the programme is unknown', async () => {
    expect((await accredit(`plc_${uuidv7()}`, programmeId)).body.code).toBe('place_not_found');
    expect((await accredit(place.placeId, uuidv7())).body.code).toBe('programme_not_found');
    expect((await accredit(place.placeId, programmeId, { to: '2025-12-31' })).status).toBe(400);
  });

  it('is shown with its latest accreditations, page by page', async () => {
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await app.get(`places?limit=1${cursor && `&cursor=${cursor}`}`, operator);
      seen.push(...body['items'] as unknown[]);
      cursor = (body['nextCursor'] as string | null) ?? '';
    } while (cursor);
    expect(seen.map((item) => (item as { placeId: string }).placeId)).toContain(place.placeId);
    expect(new Set(seen.map((item) => (item as { placeId: string }).placeId)).size).toBe(seen.length);
    expect(seen.find((item) => (item as { placeId: string }).placeId === place.placeId)).toMatchObject({
      siret: '73282932000074', site: { siteId: place.siteId, timeZone: 'Europe/Paris' },
      accreditations: expect.arrayContaining([{ programmeId: `prg_${programmeId}`, accreditationVersion: 1, from: '2026-01-01', to: '2026-12-31', services: [] }]),
    });
  });
});

describe('what a place redeemed today', () => {
  it('is its own, newest first, and of the day that it is there', async () => {
    const cayenne = await register('America/Cayenne');
    await accredit(cayenne.placeId, programmeId);
    const token = await app.tillToken(cayenne.placeId);
    app.clock.set('2026-03-11T02:00:00Z');
    const first = await redeem({ code: nextCode() }, { token });
    app.clock.set('2026-03-11T03:30:00Z'); // 00:30 in Cayenne
    const keys = [uuidv7(), uuidv7()];
    for (const key of keys) expect((await redeem({ code: nextCode() }, { token, key })).status).toBe(201);
    const { body } = await app.get('redemptions', token);
    expect(body).toMatchObject({ day: '2026-03-11', count: 2, amountCents: 2_000, currency: 'EUR' });
    expect((body['items'] as { redemptionId: string }[]).map(({ redemptionId }) => redemptionId)).toEqual(keys.map((key) => `red_${key}`).reverse());
    expect(first.status).toBe(201);
    app.clock.set(NOON);
    expect((await app.get('redemptions', operator)).status).toBe(403);
    expect((await app.get('redemptions', await app.tillToken(uuidv7()))).body.code).toBe('place_not_registered');
  });
});

describe('a batch', () => {
  it('is shown with what is loaded, spendable and left', async () => {
    const [some] = await vouchers(programmeId, 3, { kind: 'balance' });
    expect((await redeem({ code: some!, amountCents: 400 })).body['balanceCents']).toBe(600);
    const { body } = await app.get('batches?limit=1', await app.auditorToken());
    expect(body['items']).toMatchObject([{
      programmeId: `prg_${programmeId}`, kind: 'balance', faceCents: 1_000, count: 3, loadedCount: 3, spendableCount: 3, activatedCents: 3_000, leftCents: 2_600,
    }]);
  });
});

describe('the close of a period', () => {
  it('says what was redeemed as far as it has message numbers: each place once, and nothing twice', async () => {
    await until('every redemption has its number', async () => (await app.world.inspector.query('select 1 from redemption.outbox')).rowCount === 0);
    const { rows: [before] } = await app.world.inspector.query<{ seq: string; count: number; cents: string }>(
      'select (select last_seq from redemption.relay_position) as seq, count(*)::int as count, sum(amount) as cents from redemption.redemption');
    const { status, body } = await app.call('period-closings', { token: operator, body: {} });
    expect([status, body]).toMatchObject([201, { upToSeq: Number(before!.seq), count: before!.count, amountCents: Number(before!.cents) }]);
    const totals = await app.get('totals', operator);
    const [told] = await app.emitted(RedemptionPeriodTotalledV1);
    expect(told).toMatchObject({ upToSeq: body['upToSeq'], part: 0, parts: 1 });
    expect((totals.body['places'] as { placeId: string; count: number }[]).map(({ placeId, ...rest }) => ({ placeId: placeId.slice(4), ...rest })))
      .toEqual(told!.places);
  });

  it('totals by itself when statements are due by their calendar', async () => {
    const before = (await app.emitted(RedemptionPeriodTotalledV1)).length;
    await app.take(ClosingDueV1, { periodEnd: '2026-04-30' });
    const told = await app.emitted(RedemptionPeriodTotalledV1);
    expect(told.length).toBe(before + 1);
    // Totals are messages too, and get their numbers when the relay comes by: what is numbered by now may be more.
    const [earlier = 0, upToSeq = 0] = told.slice(-2).map((total) => total.upToSeq);
    const numbered = Number((await app.get('totals', operator)).body['upToSeq']);
    expect([upToSeq >= earlier, upToSeq <= numbered]).toEqual([true, true]);
  });

  it('leaves out what has no number yet', async () => {
    const blocker = await app.world.connect(app.world.database.adminUrl);
    await blocker.query(`select pg_advisory_lock(hashtextextended('mereau.relay.redemption', 0))`);
    const before = await app.get('totals', operator);
    expect((await redeem({ code: nextCode() })).status).toBe(201);
    expect((await app.get('totals', operator)).body).toEqual(before.body);
    await blocker.query(`select pg_advisory_unlock(hashtextextended('mereau.relay.redemption', 0))`);
    await until('it has its number', async () => (await app.get('totals', operator)).body['upToSeq'] !== before.body['upToSeq']);
  });
});

describe('the routes', () => {
  it('all say who may call them, and stand in the OpenAPI document, the till\'s own among them', async () => {
    expect(routesWithoutWho(app.app)).toEqual([]);
    const paths = Object.fromEntries(Object.entries(buildOpenApi(app.app).paths).filter(([path]) => path.startsWith('/redemption/')));
    expect(Object.keys(paths).sort()).toEqual([
      '/redemption/accredited-places', '/redemption/appeals', '/redemption/appeals/{id}/answers', '/redemption/applications', '/redemption/applications/{id}/content',
      '/redemption/applications/{id}/decisions', '/redemption/applications/{id}/review', '/redemption/applications/{id}/submission',
      '/redemption/authorisations', '/redemption/authorisations/{id}/cancel', '/redemption/authorisations/{id}/confirm',
      '/redemption/batches', '/redemption/checks', '/redemption/control-totals', '/redemption/control-totals/events', '/redemption/dead-letters', '/redemption/dead-letters/{deadLetterId}/replays',
      '/redemption/departures', '/redemption/departures/{id}/taking-back', '/redemption/deserts', '/redemption/deserts-schema', '/redemption/deserts.csv', '/redemption/device-enrolments',
      '/redemption/device-rule', '/redemption/devices', '/redemption/devices/{id}/revocation', '/redemption/expiry-runs', '/redemption/key-requests',
      '/redemption/loss-reports', '/redemption/loss-reports/{id}/answers', '/redemption/lost-vouchers',
      '/redemption/measures', '/redemption/measures/{id}/appeals', '/redemption/offline-key', '/redemption/offline-redemptions',
      '/redemption/own-place', '/redemption/period-closings', '/redemption/place-imports',
      '/redemption/place-imports/dry-run', '/redemption/place-imports/preview', '/redemption/place-imports/{id}', '/redemption/place-imports/{id}/rows', '/redemption/places',
      '/redemption/places/{id}/accreditations', '/redemption/places/{id}/prices', '/redemption/places/{id}/reinstatements',
      '/redemption/places/{id}/suspensions', '/redemption/places/{id}/withdrawals', '/redemption/price-comparison', '/redemption/price-ranges',
      '/redemption/price-texts/readings', '/redemption/programmes/{id}/rules/simulate', '/redemption/questionnaires', '/redemption/queues',
      '/redemption/redemptions', '/redemption/redemptions/history', '/redemption/redemptions/{id}/undo', '/redemption/refusals/{id}/appeals', '/redemption/services',
      '/redemption/sessions', '/redemption/sessions/{id}/attendance-sheet', '/redemption/stops', '/redemption/tariffs',
      '/redemption/tariffs/{id}/approval', '/redemption/till-alarms', '/redemption/till-alarms/{id}/acknowledgement',
      '/redemption/totals', '/redemption/voucher-look-ups', '/redemption/voucher-receipts',
      '/redemption/zone-imports', '/redemption/zone-imports/{id}', '/redemption/zone-imports/{id}/acceptance', '/redemption/zone-imports/{id}/difference',
      '/redemption/zone-imports/{id}/rows', '/redemption/zone-imports/{id}/setting-aside', '/redemption/zones',
    ]);
    expect(paths['/redemption/redemptions']).toMatchObject({ get: { 'x-who': ['till', 'manager'] }, post: { 'x-who': ['till'], responses: { 201: {} } } });
    const documented = new Set(Object.values(paths).flatMap((path) => Object.values(path as object)).flatMap((route: { 'x-refusals': string[] }) => route['x-refusals']));
    expect(Object.keys(REFUSALS).filter((code) => !documented.has(code))).toEqual([]);
  });
});
