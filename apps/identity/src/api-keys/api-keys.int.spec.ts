// Keys of organisations, attacked: foreign, ended, too old, spoiled and taken for a person's; and what their tokens open.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { until } from '#libs/testing';
import { APPROVER, IdentityWorld, type Answer } from '../../../../test/builders/identity-world.js';
import { API_KEYS_MAX, KEY_TOKENS_MAX } from '../limits.js';
import { SignInAttempts } from '../sign-in/sign-in-attempts.js';
import { makeKey } from './api-key-secret.js';

jest.setTimeout(120_000);

let world: IdentityWorld;
let admin: pg.Client;
let place: Organisation;
let other: Organisation;
let payer: Organisation;
/** A till of the first place. */
let till: string;
beforeAll(async () => {
  world = await IdentityWorld.create();
  admin = new pg.Client(world.database.adminUrl);
  await admin.connect();
  [place, other, payer] = [await organisation('place', 'plc', 'manager'), await organisation('place', 'plc', 'manager'), await organisation('payer', 'pyr', 'payer')];
  till = (await person(place.organisationId, 'till')).bearer;
});
afterAll(async () => {
  await admin.end();
  await world.close();
});

type Organisation = Readonly<{ organisationId: string; partyId: string; bearer: string; userId: string; email: string }>;
async function person(organisationId: string, role: string) {
  const who = { email: `${uuidv7()}@team.example`, name: `A ${role}`, password: 'a long password' };
  const userId = await world.join({ ...who, organisationId, roles: [role] });
  return { userId, email: who.email, bearer: await world.bearerOf(who) };
}
async function organisation(kind: string, prefix: string, role: string): Promise<Organisation> {
  const partyId = `${prefix}_${uuidv7()}`;
  const { body } = await world.command('/identity/organisations', await world.operator(), { kind, name: 'An organisation', partyId });
  const organisationId = String(body['organisationId']);
  return { organisationId, partyId, ...await person(organisationId, role) };
}
const codeOf = ({ status, body }: Answer) => [status, body.code];
const plain = (id: unknown) => String(id).slice(4);
const asked = { label: 'Our till program', scopes: ['redemptions.read', 'vouchers.redeem'], days: 30 };
const make = (bearer: string, more: object = {}, key?: string) => world.command('/identity/api-keys', bearer, { ...asked, ...more }, key);
const end = (bearer: string, keyId: unknown) => world.command('/identity/api-keys/endings', bearer, { keyId });
const list = async (bearer: string) => world.call('/identity/api-keys', { method: 'GET', headers: { authorization: bearer } });
let addresses = 0;
const exchange = (key: unknown, from = `198.51.100.${addresses = (addresses + 1) % 250}`) =>
  world.call('/identity/api-keys/tokens', { body: { key }, headers: { 'x-forwarded-for': from } });
const tokenOf = async (key: unknown) => {
  const { status, body } = await exchange(key);
  expect(status).toBe(200);
  return String(body['token']);
};
const get = (path: string, authorization: string) => world.call(path, { method: 'GET', headers: { authorization } });
type Listed = { keyId: string; state: string; lastUsedAt: string | null; label: string };

describe('a key', () => {
  it('is shown once, and stands in the database as nothing that opens', async () => {
    const command = uuidv7();
    const made = await make(place.bearer, {}, command);
    expect(made.status).toBe(201);
    const key = String(made.body['key']);
    expect(key).toMatch(new RegExp(`^mereau_${String(made.body['prefix'])}_[\\w-]{43}$`));
    expect((await make(place.bearer, {}, command)).body).toEqual({ ...made.body, key: null });
    const tables = await admin.query<{ name: string }>(`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
      where table_schema = 'identity' and table_type = 'BASE TABLE'`);
    for (const { name } of tables.rows) {
      const { rows } = await admin.query<{ text: string }>(`select t::text as text from ${name} t`);
      expect(rows.map(({ text }) => text).join('\n')).not.toContain(key.slice(18));
    }
    expect(JSON.stringify((await list(place.bearer)).body)).not.toContain(key.slice(18));
    expect(world.logged.join('\n')).not.toContain(key.slice(18));
  });

  it('is made by who answers for the organisation, with a fresh code, and has what its kind may have', async () => {
    expect(codeOf(await make(till))).toEqual([403, 'role_missing']);
    expect(codeOf(await make(await world.operator()))).toEqual([403, 'role_missing']);
    expect(codeOf(await make(await world.aged(place.bearer)))).toEqual([403, 'second_factor_stale']);
    expect(codeOf(await make(place.bearer, { scopes: ['orders.read'] }))).toEqual([409, 'scope_not_of_organisation']);
    expect(codeOf(await make(payer.bearer, { scopes: ['orders.read', 'vouchers.redeem'] }))).toEqual([409, 'scope_not_of_organisation']);
    for (const over of [{ scopes: [] }, { scopes: ['everything'] }, { days: 366 }, { days: 0 }, { label: ' ' }, { scopes: ['redemptions.read', 'redemptions.read'] }, { organisationId: place.organisationId }]) {
      expect(codeOf(await make(place.bearer, over))).toEqual([400, 'request_malformed']);
    }
    expect((await make(payer.bearer, { scopes: ['orders.read'] })).status).toBe(201);
  });

  it('is one of a few', async () => {
    const many = await organisation('payer', 'pyr', 'payer');
    const made = await Promise.all(Array.from({ length: API_KEYS_MAX + 3 }, () => make(many.bearer, { scopes: ['orders.read'] })));
    expect(made.filter(({ status }) => status === 201)).toHaveLength(API_KEYS_MAX);
    expect(codeOf(made.find(({ status }) => status !== 201)!)).toEqual([409, 'api_keys_too_many']);
  });

  it('is told to audit when it is made and when it ends, by whom', async () => {
    const { body: { keyId } } = await make(place.bearer);
    await end(place.bearer, keyId);
    const { rows } = await admin.query<{ m: { type: string; actor: unknown; body: object } }>(`
      select m from identity.outbox, jsonb_array_elements(messages) m where m ->> 'subject' = $1
      union all select m from identity.sent_batch, jsonb_array_elements(messages) m where receiver = 'audit' and m ->> 'subject' = $1`, [`api_key:${plain(keyId)}`]);
    expect(rows.map(({ m }) => m)).toEqual(expect.arrayContaining(['api_key.made.v1', 'api_key.ended.v1'].map((type) => expect.objectContaining({
      type, actor: { kind: 'user', id: plain(place.userId) }, body: expect.objectContaining({ apiKeyId: plain(keyId), organisationId: plain(place.organisationId) }),
    }))));
  });

  it('stays as it was made, and the database takes none that is good for longer or stands for another', async () => {
    const { body: { keyId } } = await make(place.bearer);
    const id = plain(keyId);
    for (const set of [`scopes = '{redemptions.read,statements.read}'`, `expires_at = expires_at + interval '1 day'`, `key_sha256 = sha256('x')`, `label = 'x'`]) {
      await expect(admin.query(`update identity.api_key set ${set} where id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
    }
    await expect(admin.query('delete from identity.api_key where id = $1', [id])).rejects.toThrow(/append-only/);
    await expect(plant(place, { days: 400 })).rejects.toMatchObject({ code: '23514', constraint: 'api_key_lasts_a_year' });
    await expect(plant(place, { scopes: '{orders.read}' })).rejects.toMatchObject({ code: '23514', constraint: 'api_key_scopes_of_kind' });
    await expect(plant(place, { madeBy: other.userId })).rejects.toMatchObject({ code: '23514' });
  });
});

/** A key as the owner of the database may write it: of another time. */
async function plant(of: Organisation, { madeDaysAgo = 0, days = 30, scopes = '{redemptions.read}', madeBy = of.userId } = {}): Promise<string> {
  const { key, prefix, sha256 } = makeKey();
  await admin.query(`insert into identity.api_key (id, organisation_id, kind, label, prefix, key_sha256, scopes, made_by, made_at, expires_at)
    select $1, $2, 'place', 'planted', $3, $4, $5, $6, m, m + make_interval(days => $8) from (select now() - make_interval(days => $7) as m) t`,
  [uuidv7(), plain(of.organisationId), prefix, Buffer.from(sha256), scopes, plain(madeBy), madeDaysAgo, days]);
  return key;
}

describe('what a key is exchanged for', () => {
  it('is a token of minutes, of another audience and type than a person’s, with the scopes and no more', async () => {
    const { body: { key, keyId } } = await make(place.bearer, { scopes: ['redemptions.read'] });
    const { body, headers } = await exchange(key);
    expect(body).toEqual({ token: expect.any(String), expiresAt: expect.any(String), scopes: ['redemptions.read'] });
    expect(headers.get('cache-control')).toBe('no-store');
    const claims = decodeJwt(String(body['token']));
    expect(claims).toEqual({
      iss: 'mereau', aud: 'mereau-keys', sub: plain(keyId), org: plain(place.organisationId), kind: 'place', party: plain(place.partyId), scopes: ['redemptions.read'],
      name: asked.label, iat: expect.any(Number), exp: claims.iat! + 300,
    });
    expect(decodeProtectedHeader(String(body['token']))).toMatchObject({ typ: 'key+jwt' });
  });

  it('leaves the hour of its last use, and no more', async () => {
    const { body: { key, keyId } } = await make(place.bearer);
    const held = async () => ((await list(place.bearer)).body['items'] as Listed[]).find((one) => one.keyId === keyId)!;
    expect((await held()).lastUsedAt).toBeNull();
    await exchange(key);
    expect((await held()).lastUsedAt).toMatch(/:00:00\.000Z$/);
  });

  it('is nothing for a key that is spoiled, unknown, ended or too old: one answer for all', async () => {
    const { body: { key, keyId } } = await make(place.bearer);
    const old = await plant(place, { madeDaysAgo: 31 });
    expect((await exchange(await plant(place, { madeDaysAgo: 29 }))).status).toBe(200);
    expect((await end(place.bearer, keyId)).status).toBe(201);
    const spoiled = String(key).slice(0, -1) + (String(key).endsWith('A') ? 'B' : 'A');
    const answers = [];
    for (const brought of [key, old, spoiled, makeKey().key, 'mereau_', 'x']) answers.push(await exchange(brought));
    const said = answers.map(({ status, body: { instance: _, ...rest } }) => JSON.stringify([status, rest]));
    expect(new Set(said).size).toBe(1);
    expect(codeOf(answers[0]!)).toEqual([403, 'api_key_over']);
  });

  it('ends no later than the key', async () => {
    const key = await plant(place, { madeDaysAgo: 30, days: 31 });
    await admin.query('alter table identity.api_key disable trigger ends_once');
    await admin.query(`update identity.api_key set expires_at = now() + interval '90 seconds' where prefix = $1`, [key.slice(7, 17)]);
    await admin.query('alter table identity.api_key enable trigger ends_once');
    const { iat, exp } = decodeJwt(await tokenOf(key));
    expect(exp! - iat!).toBeLessThanOrEqual(90);
  });

  it('is given some times in a quarter of an hour, however often it is asked for', async () => {
    const { body: { key, keyId } } = await make(other.bearer);
    await admin.query(`update identity.api_key set token_count = $2, token_window = date_bin('15 minutes', clock_timestamp(), timestamptz '2000-01-01') where id = $1`, [plain(keyId), KEY_TOKENS_MAX - 1]);
    const both = [await exchange(key), await exchange(key)];
    expect(both.map(codeOf)).toEqual([[200, undefined], [429, 'api_key_throttled']]);
    expect(Number(both[1]!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is guessed a hundred times from one address, which keeps nobody of that address from signing in', async () => {
    const from = '192.0.2.77';
    const guesses = [];
    for (let guess = 0; guess < 101; guess += 1) guesses.push((await exchange(makeKey().key, from)).body.code);
    expect([guesses[99], guesses[100]]).toEqual(['api_key_over', 'sign_in_throttled']);
    world.app.get(SignInAttempts, { strict: false }).succeed(from, place.email);
    expect((await world.signInFrom(place.email, 'a long password', from)).status).toBe(200);
  });
});

describe('the token of a key', () => {
  let token: string;
  let bearer: string;
  beforeAll(async () => {
    token = await tokenOf((await make(place.bearer, { scopes: ['redemptions.read', 'vouchers.redeem', 'statements.read'] })).body['key']);
    bearer = `Bearer ${token}`;
  });

  it('opens nothing of identity: neither its people nor its keys, nor itself', async () => {
    for (const path of ['/identity/me', '/identity/members', '/identity/api-keys', '/identity/key-requests', '/identity/mandates']) {
      expect([path, ...codeOf(await get(path, bearer))]).toEqual([path, 403, 'key_scope_missing']);
    }
    expect(codeOf(await make(bearer))).toEqual([403, 'key_scope_missing']);
    expect(codeOf(await end(bearer, `key_${uuidv7()}`))).toEqual([403, 'key_scope_missing']);
    expect(codeOf(await world.command('/identity/members', bearer, {}))).toEqual([403, 'key_scope_missing']);
  });

  it('is no cookie of a person, and a person’s is no key', async () => {
    for (const cookie of [`mereau.session_token=${token}`, `__Secure-mereau.session_token=${token}`]) {
      expect(codeOf(await world.tokenFor(cookie))).toEqual([401, 'session_missing']);
      expect(codeOf(await world.call('/identity/sessions', { method: 'GET', headers: { cookie } }))).toEqual([401, 'session_missing']);
      expect(codeOf(await world.withCookie(cookie, '/codes', { code: '123456' }))).toEqual([401, 'session_missing']);
    }
    expect(codeOf(await exchange(token.slice(0, 90)))).toEqual([403, 'api_key_over']);
    expect(codeOf(await get('/identity/me', `Bearer ${makeKey().key}`))).toEqual([401, 'token_invalid']);
  });

  it('that is tampered with, or dressed as a person’s, is none', async () => {
    const [head, body, signature] = token.split('.') as [string, string, string];
    const wider = Buffer.from(JSON.stringify({ ...decodeJwt(token), scopes: ['orders.read'], kind: 'payer' })).toString('base64url');
    const { keyId, privateKey } = world.keyring.signingKey('identity-token');
    const dressed = (claims: object, typ: string) => new SignJWT({ ...decodeJwt(token), ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ }).sign(privateKey);
    const person = decodeJwt(place.bearer.slice(7));
    const bad = [
      `${head}.${wider}.${signature}`, `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      // Even signed by identity itself: an audience of one and the type of the other, roles beside the scopes, a scope of another kind.
      await dressed({ aud: 'mereau' }, 'key+jwt'), await dressed({ aud: 'mereau' }, 'JWT'), await dressed({}, 'JWT'), await dressed({ ...person, aud: 'mereau' }, 'key+jwt'),
      await dressed({ aud: ['mereau', 'mereau-keys'] }, 'key+jwt'), await dressed({ scopes: ['orders.read'] }, 'key+jwt'), await dressed({ scopes: [] }, 'key+jwt'), await dressed({ party: null }, 'key+jwt'),
    ];
    for (const one of bad) expect(codeOf(await get('/identity/me', `Bearer ${one}`))).toEqual([401, 'token_invalid']);
    expect(codeOf(await get('/identity/me', `Bearer ${await dressed({ roles: ['manager'], second_factor_time: Math.floor(Date.now() / 1_000) }, 'key+jwt')}`))).toEqual([403, 'key_scope_missing']);
  });

  it('ends with its key within seconds', async () => {
    const { body: { key, keyId } } = await make(place.bearer);
    const lost = `Bearer ${await tokenOf(key)}`;
    expect(codeOf(await get('/identity/me', lost))).toEqual([403, 'key_scope_missing']);
    expect(codeOf(await end(other.bearer, keyId))).toEqual([404, 'api_key_not_found']);
    expect(codeOf(await end(till, keyId))).toEqual([403, 'role_missing']);
    const began = performance.now();
    expect((await end(await world.aged(place.bearer), keyId)).status).toBe(201);
    await until('the token is refused', async () => (await get('/identity/me', lost)).body.code === 'token_revoked');
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(codeOf(await end(place.bearer, keyId))).toEqual([404, 'api_key_not_found']);
    expect(codeOf(await get('/identity/me', bearer))).toEqual([403, 'key_scope_missing']);
    await expect(admin.query('update identity.api_key set ended_at = null, ended_by = null where id = $1', [plain(keyId)])).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the keys of an organisation, and what they asked', () => {
  it('are shown to its own people only', async () => {
    const { body: { keyId } } = await make(other.bearer, { label: 'Theirs' });
    const idsOf = async (who: string) => ((await list(who)).body['items'] as Listed[]).map((one) => one.keyId);
    expect(await idsOf(other.bearer)).toContain(keyId);
    expect(await idsOf(place.bearer)).not.toContain(keyId);
    expect(codeOf(await list(till))).toEqual([403, 'role_missing']);
  });

  it('are listed and ended by the operator, too, who takes members out and makes no keys', async () => {
    const left = await organisation('place', 'plc', 'manager');
    const { body: { key, keyId } } = await make(left.bearer);
    const token = `Bearer ${await tokenOf(key)}`;
    const of = (bearer: string, organisationId: string) => get(`/identity/api-keys?organisationId=${organisationId}`, bearer);
    expect((await of(await world.operator(), left.organisationId)).body['items']).toEqual([expect.objectContaining({ keyId, state: 'in_force' })]);
    expect((await list(await world.operator())).body['items']).toEqual([]);
    expect((await of(left.bearer, left.organisationId)).body['items']).toHaveLength(1);
    for (const whose of [left.organisationId, `org_${uuidv7()}`]) expect(codeOf(await of(place.bearer, whose))).toEqual([404, 'organisation_not_found']);
    expect((await end(await world.bearerOf(APPROVER), keyId)).status).toBe(201);
    expect(codeOf(await end(await world.operator(), keyId))).toEqual([404, 'api_key_not_found']);
    expect(codeOf(await exchange(key))).toEqual([403, 'api_key_over']);
    await until('the token is refused', async () => (await get('/identity/me', token)).body.code === 'token_revoked');
  });

  it('are exchanged no more where nobody is left who could end them, and again when there is', async () => {
    const left = await organisation('place', 'plc', 'manager');
    await person(left.organisationId, 'till');
    const { body: { key } } = await make(left.bearer);
    expect((await exchange(key)).status).toBe(200);
    const ending = { userId: left.userId, organisationId: left.organisationId };
    expect((await world.command('/identity/members/endings', await world.operator(), ending)).status).toBe(201);
    expect(codeOf(await exchange(key))).toEqual([403, 'api_key_over']);
    await person(left.organisationId, 'manager');
    expect((await exchange(key)).status).toBe(200);
  });

  it('stand in a log of patterns, without the key, the token or the address', async () => {
    const { body: { key, keyId } } = await make(other.bearer);
    const token = await tokenOf(key);
    await get('/identity/members?secret=hush', `Bearer ${token}`);
    await end(other.bearer, keyId);
    expect(codeOf(await exchange(key))).toEqual([403, 'api_key_over']);
    const log = (who: string, question = '') => get(`/identity/key-requests?keyId=${String(keyId)}${question}`, who);
    await until('three requests are kept', async () => ((await log(other.bearer)).body['items'] as unknown[]).length === 3);
    const { body } = await log(other.bearer, '&sort=askedAt&totals=true');
    expect(body['items']).toEqual([
      { keyId, method: 'POST', route: '/identity/api-keys/tokens', status: 200, askedAt: expect.any(String), tookMs: expect.any(Number), requestId: expect.stringMatching(/^req_/) },
      expect.objectContaining({ method: 'GET', route: '/identity/members', status: 403 }), expect.objectContaining({ route: '/identity/api-keys/tokens', status: 403 }),
    ]);
    expect(body['totals']).toEqual({ count: 3, sums: {} });
    expect((await log(place.bearer)).body['items']).toEqual([]);
    expect(codeOf(await log(till))).toEqual([403, 'role_missing']);
    const { rows } = await admin.query<{ text: string }>('select r::text as text from identity.key_request r');
    for (const secret of [String(key).slice(18), token, 'hush']) expect(rows.map(({ text }) => text).join('\n')).not.toContain(secret);
    await expect(admin.query('delete from identity.key_request')).rejects.toThrow(/is kept for/);
  });
});
