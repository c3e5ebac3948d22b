// Identity whole: a real database, real HTTP, real signatures. What may go wrong at a door is listed here.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { decodeJwt, SignJWT } from 'jose';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { claimsOf, routesWithoutWho, type Principal } from '#libs/auth';
import { buildOpenApi } from '#libs/http';
import type { Keyring } from '#libs/keys';
import type { RunningApp } from '#libs/service';
import type { TestDatabase } from '#libs/testing';
import { IdentityWorld } from '../../../test/builders/identity-world.js';
import { createFirstApprover, createFirstOperator } from './identity.module.js';
import { IdentityWork } from './identity.work.js';
import { SIGN_IN_ADDRESS_MAX } from './limits.js';
import { AddressCount } from './sign-in/address-count.js';

jest.setTimeout(60_000);

const CANDIDATES = ['first', 'second'].map((name) => ({ email: `${name}@mereau.example`, password: 'correct horse battery', name: `The ${name}` }));
/** The one of the two that became the first operator. */
let OPERATOR: (typeof CANDIDATES)[number];
let operators: unknown[];
let APPROVER = { email: 'approver@mereau.example', password: 'another correct horse', name: 'The approver' };
let approvers: unknown[];
const PLACE = uuidv7();
const PAYER = uuidv7();

let world: IdentityWorld;
let database: TestDatabase;
let keyring: Keyring;
let app: NestFastifyApplication;
let running: RunningApp;
let logged: readonly string[];

beforeAll(async () => {
  world = await IdentityWorld.empty();
  ({ database, keyring, app, running, logged } = world);
  operators = await Promise.all(CANDIDATES.map((candidate) => createFirstOperator(app, candidate)));
  OPERATOR = CANDIDATES[operators.findIndex(Boolean)]!;
  approvers = await Promise.all([APPROVER, { ...APPROVER, email: 'other-approver@mereau.example' }].map((one) => createFirstApprover(app, one)));
  APPROVER = { ...APPROVER, email: approvers[0] ? APPROVER.email : 'other-approver@mereau.example' };
});
afterAll(() => world.close());

const call: IdentityWorld['call'] = (...asked) => world.call(...asked);
const signInFrom: IdentityWorld['signInFrom'] = (...asked) => world.signInFrom(...asked);
const cookieOf = (email: string, password: string) => world.cookieOf({ email, password });
const tokenFor: IdentityWorld['tokenFor'] = (...asked) => world.tokenFor(...asked);
const bearerOf = (email: string, password: string) => world.bearerOf({ email, password });
const command: IdentityWorld['command'] = (...asked) => world.command(...asked);
const me = (authorization?: string) => call('/identity/me', { method: 'GET', headers: authorization ? { authorization } : {} });
/** One sign-in for all specs: a token outlives them. */
let operatorBearer: Promise<string> | undefined;
const operator = () => (operatorBearer ??= bearerOf(OPERATOR.email, OPERATOR.password));
/** A member from the invitation to the password, as the operator of this world makes it. */
async function join(member: object, email: string, password: string): Promise<string> {
  const { status, body } = await command('/identity/members', await operator(), { ...member, email });
  expect(status).toBe(201);
  await world.accept({ email, password });
  return String(body['userId']);
}
async function organisationOf(kind: string, party?: string): Promise<string> {
  const body = { kind, name: `An ${kind}`, ...(party && { partyId: party }) };
  const created = await command('/identity/organisations', await operator(), body);
  expect([created.status, created.body]).toEqual([201, { organisationId: expect.stringMatching(/^org_/) }]);
  return String(created.body['organisationId']);
}

describe('the first operator', () => {
  it('is made once, even by two starts at the same moment', async () => {
    expect(operators.filter(Boolean)).toHaveLength(1);
    expect(await createFirstOperator(app, { ...OPERATOR, email: 'late@mereau.example' })).toBeUndefined();
  });

  it('needs a password of 12 characters', async () => {
    await expect(createFirstOperator(app, { ...OPERATOR, password: 'short' })).rejects.toThrow();
  });
});

describe('the first approver', () => {
  it('is made once, beside the first operator, even by two starts at the same moment', async () => {
    expect(approvers.filter(Boolean)).toHaveLength(1);
    expect(await createFirstApprover(app, { ...APPROVER, email: 'late@mereau.example' })).toBeUndefined();
  });
});

describe('signing in', () => {
  it('sets a cookie that scripts and other sites cannot use, and keeps no network address', async () => {
    const { status, headers, body } = await signInFrom(OPERATOR.email, OPERATOR.password);
    expect([status, body]).toEqual([200, { signedIn: true }]);
    const cookie = headers.getSetCookie().find((line) => line.startsWith('mereau.session_token='))!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    const client = new pg.Client(database.inspectorUrl);
    await client.connect();
    const { rows } = await client.query('select ip_address, password from identity.session, identity.credential');
    await client.end();
    expect(rows[0].ip_address ?? '').toBe('');
    expect(rows[0].password).not.toContain(OPERATOR.password);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await signInFrom(OPERATOR.email, 'wrong password');
    const unknown = await signInFrom('nobody@mereau.example', 'wrong password');
    expect(wrong.status).toBe(401);
    expect(wrong.body).toMatchObject({ code: 'sign_in_failed', status: 401 });
    expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('stops guessing after five attempts from one place, and only from there', async () => {
    const guess = () => signInFrom('guessed@mereau.example', 'wrong password', '198.51.100.7');
    const answers = await Promise.all(Array.from({ length: 8 }, guess));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    const stopped = answers.find(({ status }) => status === 429)!;
    expect(stopped.body.code).toBe('sign_in_throttled');
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await signInFrom('guessed@mereau.example', 'wrong password')).status).toBe(401);
  });

  it('stops one password on many accounts from one place, and counts no right one', async () => {
    const from = '198.51.100.77';
    for (let times = 0; times < 3; times += 1) expect((await signInFrom(APPROVER.email, APPROVER.password, from)).status).toBe(200);
    // Another process, or this one before a restart, counts on the same rows: all but three of what is let through.
    const count = new AddressCount(app.get(IdentityWork), keyring);
    for (let times = 3; times < SIGN_IN_ADDRESS_MAX; times += 1) expect(await count.begin(from)).toBeUndefined();
    const guesses = await Promise.all(Array.from({ length: 6 }, (_, at) => signInFrom(`guess-${at}@mereau.example`, 'wrong password', from)));
    expect(guesses.map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429, 429]);
    expect([await count.begin(from), await count.begin('198.51.100.78')]).toEqual([expect.any(Number), undefined]);
    const client = new pg.Client(database.inspectorUrl);
    await client.connect();
    const { rows } = await client.query('select c::text as row from identity.sign_in_count c');
    await client.end();
    expect(JSON.stringify(rows)).not.toContain(from);
  });

  it.each([
    ['no password', { password: undefined }],
    ['an object for a password', { password: { $ne: '' } }],
    ['a redirect', { callbackURL: 'https://elsewhere.example' }],
    ['NUL', { email: 'a\0@b.c' }],
    ['an endless password', { password: 'x'.repeat(129) }],
  ])('refuses %s as malformed', async (_, change) => {
    const body = { email: OPERATOR.email, password: OPERATOR.password, ...change };
    expect((await call('/identity/auth/sign-in/email', { body })).status).toBe(400);
  });

  it('cannot be posted by the form of another site', async () => {
    const response = await fetch(`${running.url}/identity/auth/sign-in/email`, {
      method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `email=${OPERATOR.email}&password=x`,
    });
    expect(response.status).toBe(415);
  });

  it.each(['/identity/auth/sign-up/email', '/identity/auth/update-user', '/identity/auth/list-sessions', '/identity/auth/ok'])('has no %s', async (path) => {
    expect((await call(path, { body: { email: 'x@y.example', password: 'correct horse battery', name: 'x' } })).status).toBe(404);
  });
});

describe('a session', () => {
  it('becomes a token with the claims of its person, which identity itself takes', async () => {
    const { status, headers, body } = await tokenFor(await world.provedCookieOf(OPERATOR));
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const claims = decodeJwt(String(body['token']));
    expect(claims).toMatchObject({
      iss: 'mereau', aud: 'mereau', kind: 'operator', party: null, roles: ['operator'], name: OPERATOR.name, amr: ['pwd', 'otp'],
    });
    expect(claims.exp! - claims.iat!).toBe(300);
    expect(Math.abs(Number(claims['auth_time']) - Date.now() / 1_000)).toBeLessThan(30);
    const answer = await me(`Bearer ${String(body['token'])}`);
    expect(answer.body).toMatchObject({ email: OPERATOR.email, memberships: [{ kind: 'operator', roles: ['operator'] }] });
  });

  it('is needed', async () => {
    expect(await tokenFor('')).toMatchObject({ status: 401, body: { code: 'session_missing' } });
  });

  it('of somebody else cannot be taken by knowing or altering its name', async () => {
    const cookie = await cookieOf(OPERATOR.email, OPERATOR.password);
    const [name, value] = cookie.split('=') as [string, string];
    const [sessionToken, signature] = decodeURIComponent(value).split('.') as [string, string];
    for (const forged of [sessionToken, `${sessionToken}.`, `${sessionToken}.${Buffer.alloc(32).toString('base64')}`, `${'x'.repeat(32)}.${signature}`, 'x']) {
      expect((await tokenFor(`${name}=${encodeURIComponent(forged)}`)).body.code).toBe('session_missing');
    }
    // What is asked of who is signed in: the cookie itself is good.
    expect((await tokenFor(`${name}=${encodeURIComponent(`${sessionToken}.${signature}`)}`)).body.code).toMatch(/^second_factor_/);
  });

  it('ends with signing out', async () => {
    const cookie = await cookieOf(OPERATOR.email, OPERATOR.password);
    expect((await call('/identity/auth/sign-out', { body: {}, headers: { cookie } })).body).toEqual({ signedIn: false });
    expect((await tokenFor(cookie)).status).toBe(401);
  });

  it('ends after its time', async () => {
    const cookie = await cookieOf(OPERATOR.email, OPERATOR.password);
    const client = new pg.Client(database.adminUrl);
    await client.connect();
    await client.query(`update identity.session set expires_at = now() - interval '1 second'`);
    await client.end();
    expect((await tokenFor(cookie)).status).toBe(401);
  });
});

describe('a token', () => {
  const principal = async (): Promise<Principal> => {
    const claims = decodeJwt((await operator()).slice(7)) as Record<string, unknown>;
    return {
      userId: String(claims['sub']), organisationId: String(claims['org']), organisationKind: 'operator', partyId: null,
      roles: ['operator'], name: 'x', amr: [], authTime: 1, secondFactorTime: null,
    };
  };
  const signed = async (change: (jwt: SignJWT) => SignJWT) => {
    const { keyId, privateKey } = keyring.signingKey('identity-token');
    const jwt = new SignJWT(claimsOf(await principal())).setProtectedHeader({ alg: 'EdDSA', kid: keyId })
      .setIssuer('mereau').setAudience('mereau').setIssuedAt().setExpirationTime('5m');
    return `Bearer ${await change(jwt).sign(privateKey)}`;
  };

  it('signed by our key passes, so that the next cases fail for their own reason', async () => {
    expect((await me(await signed((jwt) => jwt))).status).toBe(200);
  });

  it.each<[string, (jwt: SignJWT) => SignJWT, string]>([
    ['that ran out', (jwt) => jwt.setExpirationTime('-10s'), 'token_expired'],
    ['for another audience', (jwt) => jwt.setAudience('elsewhere'), 'token_invalid'],
    ['from another issuer', (jwt) => jwt.setIssuer('elsewhere'), 'token_invalid'],
  ])('%s is refused', async (_, change, code) => {
    expect(await me(await signed(change))).toMatchObject({ status: 401, body: { code } });
  });

  it('is needed where a role is', async () => {
    expect(await me()).toMatchObject({ status: 401, body: { code: 'token_missing' } });
  });
});

describe('organisations and members', () => {
  it('a place gets its organisation once, and its till its role and no other', async () => {
    const organisationId = await organisationOf('place', `plc_${PLACE}`);
    expect((await command('/identity/organisations', await operator(), { kind: 'operator', name: 'A second one' })).status).toBe(400);
    const again = await command('/identity/organisations', await operator(), { kind: 'place', name: 'Twice', partyId: `plc_${PLACE}` });
    expect(again).toMatchObject({ status: 409, body: { code: 'organisation_exists' } });
    const member = { organisationId, email: 'Till@place.example', name: 'Till', roles: ['till'] };
    expect(await command('/identity/members', await operator(), member)).toMatchObject({ status: 201, body: { userId: expect.stringMatching(/^usr_/) } });
    await world.accept({ email: 'till@place.example', password: 'a till password' });
    const bearer = await bearerOf('till@place.example', 'a till password');
    expect(decodeJwt(bearer.slice(7))).toMatchObject({ kind: 'place', party: PLACE, roles: ['till'] });
    expect((await me(bearer)).body).toMatchObject({ memberships: [{ partyId: `plc_${PLACE}` }] });
    expect(await command('/identity/organisations', bearer, { kind: 'auditor', name: 'Mine' })).toMatchObject({ status: 403, body: { code: 'role_missing' } });
  });

  it('a distributor gets its organisation, and its people their role and no other', async () => {
    const distributor = 'dst_01900000-0000-7000-8000-0000000000d1';
    const organisationId = await organisationOf('distributor', distributor);
    const member = { organisationId, email: 'stock@distributor.example', name: 'Stock' };
    const wrong = await command('/identity/members', await operator(), { ...member, roles: ['till'] });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'role_not_of_organisation' } });
    await join({ ...member, roles: ['distributor'] }, member.email, 'a stock password');
    const bearer = await bearerOf(member.email, 'a stock password');
    expect(decodeJwt(bearer.slice(7))).toMatchObject({ kind: 'distributor', party: distributor.slice(4), roles: ['distributor'] });
    expect((await me(bearer)).body).toMatchObject({ memberships: [{ kind: 'distributor', partyId: distributor }] });
  });

  it('a place has a manager, who may serve at its till too', async () => {
    const organisationId = await organisationOf('place', 'plc_01900000-0000-7000-8000-0000000000d2');
    await join({ organisationId, name: 'Manager', roles: ['till', 'manager'] }, 'manager@place.example', 'a manager password');
    expect(decodeJwt((await bearerOf('manager@place.example', 'a manager password')).slice(7))).toMatchObject({ kind: 'place', roles: ['till', 'manager'] });
  });

  it('one person may act for two organisations, and for no third', async () => {
    const payer = await organisationOf('payer', `pyr_${PAYER}`);
    const auditor = await organisationOf('auditor');
    const other = await organisationOf('auditor');
    const person = { email: 'both@mereau.example', name: 'Both' };
    await join({ name: person.name, organisationId: payer, roles: ['payer'] }, person.email, 'first password');
    expect((await command('/identity/members', await operator(), { ...person, organisationId: auditor, roles: ['auditor'] })).status).toBe(201);
    const cookie = await world.provedCookieOf({ email: person.email, password: 'first password' });
    expect((await tokenFor(cookie)).body['membership']).toMatchObject({ kind: 'payer' });
    expect((await tokenFor(cookie, auditor)).body).toMatchObject({ membership: { kind: 'auditor', roles: ['auditor'] }, memberships: [{}, {}] });
    expect(await tokenFor(cookie, other)).toMatchObject({ status: 403, body: { code: 'membership_missing' } });
  });

  it('nobody who acts for the operator acts for anybody else, in whichever order it is tried', async () => {
    const place = await organisationOf('place', `plc_${uuidv7()}`);
    const operators = decodeJwt((await operator()).slice(7))['org'];
    const [till, colleague] = [{ email: 'till-first@mereau.example', name: 'Till' }, { email: 'operator-first@mereau.example', name: 'Operator' }];
    const add = async (body: object) => command('/identity/members', await operator(), body);
    const ours = { organisationId: `org_${String(operators)}`, roles: ['approver'] };
    await add({ ...till, organisationId: place, roles: ['till'] });
    await add({ ...colleague, ...ours });
    expect((await add({ ...till, ...ours })).body).toMatchObject({ code: 'member_of_other_side' });
    expect((await add({ ...colleague, organisationId: place, roles: ['till'] })).body).toMatchObject({ code: 'member_of_other_side' });
  });

  it('a mailbox has one account at the operator, also where two are proposed at once', async () => {
    const organisationId = `org_${String(decodeJwt((await operator()).slice(7))['org'])}`;
    const place = await organisationOf('place', `plc_${uuidv7()}`);
    const bearer = await operator();
    const add = async (email: string, over: object = {}) => (await command('/identity/members', bearer, { email, name: 'Mila', organisationId, roles: ['approver'], ...over }));
    const answers = await Promise.all(['', '+second', '+third'].map((tag) => add(`mila${tag}@mereau.example`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body['code'])).toEqual(['mailbox_of_member', 'mailbox_of_member']);
    expect((await add('mila+place@mereau.example', { organisationId: place, roles: ['till'] })).body).toMatchObject({ code: 'mailbox_of_member' });
    expect((await add('mila@other.example')).status).toBe(201);
  });

  it('a repeated command makes one member and is told the same answer; a changed name under its key is seen', async () => {
    const organisationId = await organisationOf('auditor');
    const member = { organisationId, email: 'once@mereau.example', name: 'Once', roles: ['auditor'] };
    const key = uuidv7();
    const bearer = await operator();
    const answers = await Promise.all([1, 2, 3].map(() => command('/identity/members', bearer, member, key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body['userId'])}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(201);
    const changed = await command('/identity/members', bearer, { ...member, name: 'Twice' }, key);
    expect(changed).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('one new person asked for eight times at once is made once', async () => {
    const member = { organisationId: await organisationOf('auditor'), email: 'race@mereau.example', roles: ['auditor'] };
    const bearer = await operator();
    const rivals = await Promise.all(Array.from({ length: 8 }, (_, index) => command('/identity/members', bearer, { ...member, name: `Race ${index}` })));
    expect(rivals.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it.each<[string, object, number, string]>([
    ['a role of another kind', { roles: ['till'] }, 409, 'role_not_of_organisation'],
    ['an approver of an auditing body', { roles: ['approver', 'auditor'] }, 409, 'role_not_of_organisation'],
    ['an organisation that does not exist', { organisationId: `org_${uuidv7()}` }, 404, 'organisation_not_found'],
    ['a password chosen for somebody else', { password: 'a chosen password' }, 400, 'request_malformed'],
    ['an address that is none', { email: 'nobody' }, 400, 'request_malformed'],
    ['a role twice', { roles: ['auditor', 'auditor'] }, 400, 'request_malformed'],
    ['a role that does not exist', { roles: ['root'] }, 400, 'request_malformed'],
  ])('%s is refused', async (_, change, status, code) => {
    const organisationId = await organisationOf('auditor');
    const member = { organisationId, email: `${uuidv7()}@mereau.example`, name: 'New', roles: ['auditor'], ...change };
    expect(await command('/identity/members', await operator(), member)).toMatchObject({ status, body: { code } });
  });

  it('nobody gives rights to themselves', async () => {
    const member = { organisationId: await organisationOf('auditor'), name: 'New', roles: ['auditor'] };
    const oneself = await command('/identity/members', await operator(), { ...member, email: OPERATOR.email });
    expect(oneself).toMatchObject({ status: 409, body: { code: 'member_is_caller' } });
  });

  it('a role of another kind is refused by the database too', async () => {
    const client = new pg.Client(database.adminUrl);
    await client.connect();
    const organisationId = (await organisationOf('auditor')).slice(4);
    const given = client.query(`insert into identity.membership (user_id, organisation_id, kind, roles, created_by)
      select id, $1, 'auditor', array['approver'], 'test' from identity."user" limit 1`, [organisationId]);
    await expect(given).rejects.toMatchObject({ code: '23514' });
    await client.end();
  });
});

describe('a new member of the operator', () => {
  const operatorOrganisation = async () => String((await me(await operator())).body['organisationId']);
  const propose = async (roles: readonly string[] = ['operator']) => {
    const email = `${uuidv7()}@mereau.example`;
    const member = { organisationId: await operatorOrganisation(), email, name: 'Colleague', roles };
    const { body } = await command('/identity/members', await operator(), member);
    await world.accept({ email, password: 'a new password' });
    return { email, userId: String(body['userId']) };
  };
  const confirm = (bearer: string, userId: string, roles: readonly string[] = ['operator']) =>
    command('/identity/members/confirmations', bearer, { userId, roles });
  let approverBearer: Promise<string> | undefined;
  const approver = () => (approverBearer ??= world.bearerOf(APPROVER));

  it('cannot act before somebody else has confirmed it, and can then', async () => {
    const { email, userId } = await propose();
    const cookie = await cookieOf(email, 'a new password');
    expect(await tokenFor(cookie)).toMatchObject({ status: 403, body: { code: 'membership_missing' } });
    const waiting = await call('/identity/members/proposed', { method: 'GET', headers: { authorization: await approver() } });
    expect(waiting.body['items']).toContainEqual(expect.objectContaining({ userId, email, roles: ['operator'] }));
    expect((await confirm(await approver(), userId)).status).toBe(201);
    expect((await tokenFor(cookie)).body.code).toBe('second_factor_missing');
    await world.enrol(cookie, 'a new password');
    expect((await tokenFor(cookie)).status).toBe(200);
    expect(await confirm(await approver(), userId)).toMatchObject({ status: 409, body: { code: 'member_confirmed' } });
  });

  it('is not confirmed for other roles than its proposal has now', async () => {
    const { userId } = await propose(['operator', 'approver']);
    expect(await confirm(await approver(), userId, ['operator'])).toMatchObject({ status: 409, body: { code: 'member_roles_changed' } });
    expect((await confirm(await approver(), userId, ['approver', 'operator'])).status).toBe(201);
  });

  it('is not confirmed by the operator who proposed it, nor as an approver by itself', async () => {
    const { email, userId } = await propose(['approver']);
    expect(await confirm(await operator(), userId)).toMatchObject({ status: 403, body: { code: 'role_missing' } });
    expect((await tokenFor(await cookieOf(email, 'a new password'))).body.code).toBe('membership_missing');
  });

  it('is not confirmed by an approver whose code is older than ten minutes', async () => {
    const { userId } = await propose();
    expect(await confirm(await world.aged(await approver()), userId)).toMatchObject({ status: 403, body: { code: 'second_factor_stale' } });
  });

  it('of another organisation, or nobody, is not there to be confirmed', async () => {
    const person = { email: `${uuidv7()}@mereau.example`, name: 'Elsewhere', roles: ['auditor'] };
    const added = await command('/identity/members', await operator(), { ...person, organisationId: await organisationOf('auditor') });
    for (const userId of [String(added.body['userId']), `usr_${uuidv7()}`]) {
      expect(await confirm(await approver(), userId)).toMatchObject({ status: 404, body: { code: 'member_not_found' } });
    }
  });

  it.each<[string, (member: { userId: string; proposedBy: string }) => string]>([
    ['its proposer', ({ proposedBy }) => proposedBy], ['itself', ({ userId }) => userId], ['nobody known', () => uuidv7()],
    ['the machine, which had its two', () => 'machine'],
  ])("is not confirmed by %s in the database either, under the service's role", async (_, by) => {
    const userId = (await propose()).userId.slice(4);
    const client = new pg.Client(database.urlFor('identity'));
    await client.connect();
    try {
      const { rows: [row] } = await client.query('select organisation_id, created_by from identity.membership where user_id = $1', [userId]);
      const confirmed = client.query(
        'insert into identity.membership_confirmation (user_id, organisation_id, confirmed_by, confirmed_at) values ($1, $2, $3, now())',
        [userId, row.organisation_id, by({ userId, proposedBy: row.created_by })]);
      await expect(confirmed).rejects.toMatchObject({ code: '23514' });
    } finally {
      await client.end();
    }
  });
});

describe('identity as a whole', () => {
  it('says of every route who may call it', () => {
    expect(routesWithoutWho(app)).toEqual([]);
    expect(Object.keys(buildOpenApi(app).paths)).toEqual(expect.arrayContaining([
      '/identity/auth/sign-in/email', '/identity/auth/sign-out', '/identity/tokens', '/identity/jwks.json', '/identity/organisations',
      '/identity/members', '/identity/members/confirmations', '/identity/members/proposed', '/identity/me',
    ]));
  });

  it('shows its queues and dead letters to the operator', async () => {
    const headers = { authorization: await operator() };
    expect((await call('/identity/dead-letters?totals=true', { method: 'GET', headers })).body).toEqual({ items: [], nextCursor: null, totals: { count: 0, sums: {} } });
    expect((await call('/identity/queues', { method: 'GET', headers })).status).toBe(200);
  });

  it('publishes the public halves of its keys and nothing more', async () => {
    const { body } = await call('/identity/jwks.json', { method: 'GET' });
    const [key] = body['keys'] as Record<string, string>[];
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
    expect(key).not.toHaveProperty('d');
  });

  it('logged no fault, no password and no token in all of this', () => {
    expect(logged).toEqual([]);
  });
});
