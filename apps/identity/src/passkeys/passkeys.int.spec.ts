// Passkeys, as a person meets them and as somebody with a stolen password, a stolen device or a page of their own would.
import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { until } from '#libs/testing';
import { PASSKEYS_MAX } from '../limits.js';
import { codeNow } from '../../../cli/src/world/authenticator.js';
import { APPROVER, IdentityWorld, OPERATOR, type Answer, type Credentials } from '../../../../test/builders/identity-world.js';
import { MadeAuthenticator, type Creation, type Request, type Twist } from '../../../../test/builders/made-authenticator.js';

jest.setTimeout(60_000);

const ORIGIN = 'http://127.0.0.1';
let world: IdentityWorld;
let client: pg.Client;
beforeAll(async () => {
  world = await IdentityWorld.create();
  client = new pg.Client(world.database.adminUrl);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await world.close();
});

type Someone = Credentials & Readonly<{ userId: string; organisationId: string }>;
async function somebody(): Promise<Someone> {
  const person = { email: `${uuidv7()}@mereau.example`, name: 'Somebody', password: 'a long password' };
  const { body } = await world.command('/identity/organisations', await world.operator(), { kind: 'payer', name: 'A payer', partyId: `pyr_${uuidv7()}` });
  const organisationId = String(body['organisationId']);
  return { ...person, organisationId, userId: await world.join({ ...person, organisationId, roles: ['payer'] }) };
}
const codeOf = ({ status, body }: Answer) => (status < 300 ? 'taken' : body.code);
const own = (cookie: string, path: string, body: object) => world.call(`/identity/passkeys${path}`, { body, headers: { cookie } });
const begin = (cookie: string, password: string) => own(cookie, '/challenges', { password });
async function add(cookie: string, password: string, device: MadeAuthenticator, twist: Twist = {}): Promise<Answer> {
  const begun = await begin(cookie, password);
  expect([begun.status, begun.headers.get('cache-control')]).toEqual([201, 'no-store']);
  return own(cookie, '', { name: 'My phone', credential: device.create(begun.body as unknown as Creation, twist) });
}
const listOf = async (cookie: string) =>
  (await world.call('/identity/passkeys', { method: 'GET', headers: { cookie } })).body['items'] as { passkeyId: string; name: string; usedAt: string | null }[];
const claimsIn = async (cookie: string) => decodeJwt(String((await world.tokenFor(cookie)).body['token']));
const cookieIn = ({ headers }: Answer) => headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');

let places = 0;
const doorRequest = async () => (await world.call('/identity/auth/passkey-challenges', { body: {} })).body as unknown as Request;
const show = (credential: object, from = `198.51.100.${places += 1}`) =>
  world.call('/identity/auth/sign-in/passkey', { body: { credential }, headers: { 'x-forwarded-for': from, 'user-agent': 'A phone' } });
const signIn = async (device: MadeAuthenticator, twist: Twist = {}) => show(device.get(await doorRequest(), twist));
const ask = async (cookie: string) => (await world.withCookie(cookie, '/passkey-challenges', {})).body as unknown as Request;
const prove = async (cookie: string, device: MadeAuthenticator, twist: Twist = {}) =>
  world.withCookie(cookie, '/passkeys', { credential: device.get(await ask(cookie), twist) });

/** Somebody with a passkey that was added, whose device is at hand. */
async function keyed() {
  const [person, device] = [await somebody(), new MadeAuthenticator(ORIGIN)];
  const cookie = await world.cookieOf(person);
  const { status, body } = await add(cookie, person.password, device);
  expect(status).toBe(201);
  return { person, device, cookie, passkeyId: String(body['passkeyId']) };
}

describe('a passkey that is added', () => {
  it('is asked of a device that checks its person, for our site, with no word of who made it', async () => {
    const person = await somebody();
    const { body } = await begin(await world.cookieOf(person), person.password);
    expect(body).toMatchObject({
      rp: { id: '127.0.0.1', name: 'Méreau' }, user: { name: person.email }, attestation: 'none', excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  });

  it('counts as shown in that sign-in, is told by mail and to audit, and stands in the list', async () => {
    const { person, device, cookie, passkeyId } = await keyed();
    expect(await listOf(cookie)).toMatchObject([{ passkeyId, name: 'My phone', usedAt: expect.any(String) }]);
    expect(await claimsIn(cookie)).toMatchObject({ amr: ['pwd', 'pop', 'mfa'], second_factor_time: expect.any(Number) });
    const again = await begin(cookie, person.password);
    expect(again.body).toMatchObject({ excludeCredentials: [{ id: device.credentialId.toString('base64url'), transports: ['internal'] }] });
    expect(await told(person)).toEqual([['passkey_added'], ['added']]);
  });

  it.each<[string, string, Twist]>([
    ['the device did not check its person', 'passkey_unverified', { userVerified: false }],
    ['another page asked the device', 'passkey_not_taken', { origin: 'https://mereau.example.evil' }],
    ['the key is for another site', 'passkey_not_taken', { host: 'evil.example' }],
    ['it is an assertion', 'passkey_not_taken', { type: 'webauthn.get' }],
    ['nobody asked for it', 'passkey_challenge_over', { challenge: 'bm90IG91cnM' }],
    ['certificates come with it, which nobody asked for', 'passkey_not_taken', {
      attestation: { format: 'packed', statement: new Map<string, string | number | Uint8Array | Uint8Array[]>([['alg', -7], ['sig', new Uint8Array(8)], ['x5c', [new Uint8Array(8)]]]) },
    }],
  ])('is refused where %s', async (_, code, twist) => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    expect(codeOf(await add(cookie, person.password, new MadeAuthenticator(ORIGIN), twist))).toBe(code);
    expect(await listOf(cookie)).toEqual([]);
  });

  it('is of one challenge, in the sign-in and of the person that it was made for', async () => {
    const person = await somebody();
    const [cookie, elsewhere] = [await world.cookieOf(person), await world.cookieOf(person)];
    const stranger = await world.cookieOf(await somebody());
    const creation = (await begin(cookie, person.password)).body as unknown as Creation;
    const post = (where: string, device: MadeAuthenticator) => own(where, '', { name: 'x', credential: device.create(creation) });
    expect(codeOf(await post(elsewhere, new MadeAuthenticator(ORIGIN)))).toBe('passkey_challenge_over');
    expect(codeOf(await post(stranger, new MadeAuthenticator(ORIGIN)))).toBe('passkey_challenge_over');
    expect(codeOf(await post(cookie, new MadeAuthenticator(ORIGIN)))).toBe('taken');
    expect(codeOf(await post(cookie, new MadeAuthenticator(ORIGIN)))).toBe('passkey_challenge_over');
  });

  it('is not added twice, whoever brings it', async () => {
    const { device } = await keyed();
    const thief = await somebody();
    expect(codeOf(await add(await world.cookieOf(thief), thief.password, device))).toBe('passkey_exists');
  });

  it('needs the password, and the second factor of who has one, whichever it is', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    expect(codeOf(await begin(cookie, 'not the password'))).toBe('password_wrong');
    const secret = await world.enrol(cookie, person.password);
    const thief = await world.cookieOf(person);
    expect(codeOf(await begin(thief, person.password))).toBe('second_factor_asked');
    expect((await world.withCookie(thief, '/codes', { code: await codeNow(secret, 1) })).status).toBe(200);
    expect(codeOf(await begin(thief, person.password))).toBe('taken');
    const other = await keyed();
    const stolen = await world.cookieOf(other.person);
    expect(codeOf(await begin(stolen, other.person.password))).toBe('second_factor_asked');
    // Nor is an authenticator begun beside it, by which a thief would get in all the same.
    expect(codeOf(await world.withCookie(stolen, '', { password: other.person.password }))).toBe('second_factor_exists');
    expect(codeOf(await begin('mereau.session_token=forged.forged', 'x'))).toBe('session_missing');
  });

  it('that was begun while there was no factor is not added once there is one', async () => {
    const person = await somebody();
    const [cookie, thief] = [await world.cookieOf(person), await world.cookieOf(person)];
    const creation = (await begin(thief, person.password)).body as unknown as Creation;
    await world.enrol(cookie, person.password);
    expect(codeOf(await own(thief, '', { name: 'x', credential: new MadeAuthenticator(ORIGIN).create(creation) }))).toBe('second_factor_asked');
  });

  it('is one of ten at most', async () => {
    const { person, cookie } = await keyed();
    const creation = (await begin(cookie, person.password)).body as unknown as Creation;
    for (let count = 1; count < PASSKEYS_MAX; count += 1) {
      expect(codeOf(await add(cookie, person.password, new MadeAuthenticator(ORIGIN)))).toBe('taken');
    }
    expect(codeOf(await begin(cookie, person.password))).toBe('passkeys_too_many');
    expect(codeOf(await own(cookie, '', { name: 'x', credential: new MadeAuthenticator(ORIGIN).create(creation) }))).toBe('passkeys_too_many');
  });

  it('is guessed at five times, and then not for a while', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    for (let guess = 0; guess < 5; guess += 1) expect(codeOf(await begin(cookie, 'not the password'))).toBe('password_wrong');
    expect(await begin(cookie, person.password)).toMatchObject({ status: 429, body: { code: 'sign_in_throttled' } });
    expect(codeOf(await own(cookie, '', { name: 'x', credential: new MadeAuthenticator(ORIGIN).create({ challenge: 'AAAA', rp: { id: 'x' }, user: { id: 'AA' } }) }))).toBe('sign_in_throttled');
  });
});

describe('signing in by a passkey', () => {
  it('opens without a password, is two factors, and says so', async () => {
    const { device, person } = await keyed();
    const request = await doorRequest();
    expect(request).toMatchObject({ rpId: '127.0.0.1', userVerification: 'required', allowCredentials: [] });
    const answer = await show(device.get(request));
    expect(answer).toMatchObject({ status: 200, body: { signedIn: true } });
    const cookie = cookieIn(answer);
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly; SameSite=Strict/);
    const claims = await claimsIn(cookie);
    expect(claims).toMatchObject({ sub: person.userId.slice(4), amr: ['pop', 'mfa'], second_factor_time: expect.any(Number) });
    // What asks for a fresh second factor takes it: another passkey is begun with the password alone.
    expect(codeOf(await begin(cookie, person.password))).toBe('taken');
  });

  it('lets staff in at once, and where money and rights ask for a fresh factor', async () => {
    const cookie = await world.provedCookieOf(APPROVER);
    const device = new MadeAuthenticator(ORIGIN);
    expect((await add(cookie, APPROVER.password, device)).status).toBe(201);
    expect(codeOf(await world.tokenFor(await world.cookieOf(APPROVER)))).toBe('second_factor_asked');
    const bearer = await world.bearerFor(cookieIn(await signIn(device)));
    const person = await somebody();
    expect(codeOf(await world.command('/identity/members/second-factor-resets', bearer, { userId: person.userId }))).toBe('second_factor_missing');
    expect(codeOf(await world.command('/identity/members/second-factor-resets', await world.aged(bearer), { userId: person.userId }))).toBe('second_factor_stale');
  });

  it.each<[string, string, Twist]>([
    ['the device did not check its person', 'passkey_unverified', { userVerified: false }],
    ['another page asked the device', 'passkey_not_taken', { origin: 'https://mereau.example.evil' }],
    ['it is for another site', 'passkey_not_taken', { host: 'evil.example' }],
    ['it is a registration', 'passkey_not_taken', { type: 'webauthn.create' }],
    ['it is signed by another key', 'passkey_not_taken', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    ['its counter stands still, as that of a copy would', 'passkey_not_taken', { counter: 1 }],
    ['its counter went back', 'passkey_not_taken', { counter: 0 }],
    ['its device does not say whose it is', 'passkey_not_taken', { userHandle: undefined }],
    ['its device says that it is of another person', 'passkey_not_taken', { userHandle: Buffer.alloc(16, 1).toString('base64url') }],
    ['nobody asked for it', 'passkey_challenge_over', { challenge: 'bm90IG91cnM' }],
  ])('is refused where %s, and opens after that', async (_, code, twist) => {
    const { device } = await keyed();
    const refused = await signIn(device, twist);
    expect([codeOf(refused), refused.headers.getSetCookie()]).toEqual([code, []]);
    expect(codeOf(await signIn(device))).toBe('taken');
  });

  it('knows nothing of a key that nobody added, in the same words', async () => {
    expect(codeOf(await signIn(new MadeAuthenticator(ORIGIN), { userHandle: Buffer.alloc(16, 1).toString('base64url') }))).toBe('passkey_not_taken');
  });

  it('takes an answer once, even when it comes ten times at once; and no answer to a question that was asked of somebody signed in', async () => {
    const { device, cookie } = await keyed();
    const answer = device.get(await doorRequest());
    const answers = await Promise.all(Array.from({ length: 10 }, () => show(answer)));
    expect(answers.map(codeOf).sort()).toEqual([...Array.from({ length: 9 }, () => expect.stringMatching(/^passkey_(challenge_over|not_taken)$/)), 'taken']);
    expect(codeOf(await show(device.get(await ask(cookie))))).toBe('passkey_challenge_over');
  });

  it('takes an answer of a device that does not count once, too', async () => {
    const [person, device] = [await somebody(), new MadeAuthenticator(ORIGIN)];
    const cookie = await world.cookieOf(person);
    expect((await add(cookie, person.password, device, { counter: 0 })).status).toBe(201);
    const answer = device.get(await doorRequest(), { counter: 0 });
    expect([codeOf(await show(answer)), codeOf(await show(answer)), codeOf(await signIn(device, { counter: 0 }))]).toEqual(['taken', 'passkey_challenge_over', 'taken']);
  });

  it('is tried five times from a place with one key, and a hundred times from a place with any', async () => {
    const { device } = await keyed();
    for (let guess = 0; guess < 5; guess += 1) expect(codeOf(await show(device.get(await doorRequest(), { userVerified: false }), '192.0.2.77'))).toBe('passkey_unverified');
    expect(await show(device.get(await doorRequest()), '192.0.2.77')).toMatchObject({ status: 429, body: { code: 'sign_in_throttled' } });
    expect(codeOf(await signIn(device))).toBe('taken');
    const wrong = new MadeAuthenticator(ORIGIN).get(await doorRequest(), { userHandle: undefined });
    for (let guess = 0; guess < 95; guess += 1) await show({ ...wrong, id: `${wrong.id}${guess + 100}` }, '192.0.2.77');
    expect(codeOf(await show({ ...wrong, id: `${wrong.id}xyz` }, '192.0.2.77'))).toBe('sign_in_throttled');
  });
});

describe('a passkey in the place of a code', () => {
  it('is shown in the sign-in that asks for it, and counts there only', async () => {
    const { person, device } = await keyed();
    const [cookie, elsewhere] = [await world.cookieOf(person), await world.cookieOf(person)];
    expect(await claimsIn(cookie)).toMatchObject({ amr: ['pwd'], second_factor_time: null });
    expect(await ask(cookie)).toMatchObject({ allowCredentials: [{ id: device.credentialId.toString('base64url') }] });
    const answer = device.get(await ask(cookie));
    expect(codeOf(await world.withCookie(elsewhere, '/passkeys', { credential: answer }))).toBe('passkey_challenge_over');
    expect(codeOf(await world.withCookie(cookie, '/passkeys', { credential: answer }))).toBe('taken');
    expect(codeOf(await world.withCookie(cookie, '/passkeys', { credential: answer }))).toMatch(/^passkey_(challenge_over|not_taken)$/);
    expect(await claimsIn(cookie)).toMatchObject({ amr: ['pwd', 'pop', 'mfa'], second_factor_time: expect.any(Number) });
    expect(await claimsIn(elsewhere)).toMatchObject({ amr: ['pwd'], second_factor_time: null });
  });

  it('is refused of another person, without a check of its person, and of who has none', async () => {
    const [mine, other] = [await keyed(), await keyed()];
    const cookie = await world.cookieOf(mine.person);
    expect(codeOf(await prove(cookie, other.device))).toBe('passkey_not_taken');
    expect(codeOf(await prove(cookie, mine.device, { userVerified: false }))).toBe('passkey_unverified');
    expect(await claimsIn(cookie)).toMatchObject({ second_factor_time: null });
    expect(codeOf(await world.withCookie(await world.cookieOf(await somebody()), '/passkey-challenges', {}))).toBe('second_factor_missing');
    for (const path of ['/passkeys', '/passkey-challenges']) {
      const body = path === '/passkeys' ? { credential: mine.device.get({ challenge: 'AAAA', rpId: 'x' }) } : {};
      expect(codeOf(await world.withCookie('mereau.session_token=forged.forged', path, body))).toBe('session_missing');
    }
    for (let guess = 0; guess < 3; guess += 1) await prove(cookie, other.device);
    expect(codeOf(await prove(cookie, mine.device))).toBe('sign_in_throttled');
  });
});

describe('a passkey that ends', () => {
  it('opens and proves nothing more, ends the sign-ins that stand on it and no others, and is told', async () => {
    const { person, device, cookie, passkeyId } = await keyed();
    const [opened, proved, untouched] = [cookieIn(await signIn(device)), await world.cookieOf(person), await world.cookieOf(person)];
    expect(codeOf(await prove(proved, device))).toBe('taken');
    // A question that was asked before it ended is answered after.
    const late = await doorRequest();
    expect(codeOf(await own(cookie, '/endings', { passkeyId }))).toBe('taken');
    expect(await listOf(cookie)).toEqual([]);
    expect(codeOf(await show(device.get(late)))).toBe('passkey_not_taken');
    const tokens = await Promise.all([opened, proved, untouched].map((one) => world.tokenFor(one)));
    expect(tokens.map(({ status }) => status)).toEqual([401, 401, 200]);
    expect(await claimsIn(cookie)).toMatchObject({ amr: ['pwd'], second_factor_time: null });
    expect(codeOf(await own(cookie, '/endings', { passkeyId }))).toBe('passkey_not_found');
    expect(await told(person)).toEqual([['passkey_added', 'passkey_ended'], ['added', 'ended']]);
    // Nothing is deleted.
    expect((await client.query('select ended_by from identity.passkey where id = $1', [passkeyId])).rows).toEqual([{ ended_by: person.userId.slice(4) }]);
  });

  it('from the sign-in that it opened leaves that one, without a second factor', async () => {
    const { device, passkeyId } = await keyed();
    const cookie = cookieIn(await signIn(device));
    expect(codeOf(await own(cookie, '/endings', { passkeyId }))).toBe('taken');
    expect(await claimsIn(cookie)).toMatchObject({ amr: ['pop'], second_factor_time: null });
  });

  it('is ended and named by its person, who has shown a second factor lately, and by nobody else', async () => {
    const [mine, other] = [await keyed(), await keyed()];
    expect(codeOf(await own(other.cookie, '/endings', { passkeyId: mine.passkeyId }))).toBe('passkey_not_found');
    expect(codeOf(await own(other.cookie, '/names', { passkeyId: mine.passkeyId, name: 'Mine now' }))).toBe('passkey_not_found');
    const thief = await world.cookieOf(mine.person);
    expect(codeOf(await own(thief, '/endings', { passkeyId: mine.passkeyId }))).toBe('second_factor_asked');
    expect(codeOf(await own(mine.cookie, '/names', { passkeyId: mine.passkeyId, name: ' Work phone ' }))).toBe('taken');
    expect(await listOf(mine.cookie)).toMatchObject([{ name: 'Work phone' }]);
    for (const [path, body] of [['/endings', {}], ['/names', { name: 'x' }]] as const) {
      expect(codeOf(await own('mereau.session_token=forged.forged', path, { passkeyId: mine.passkeyId, ...body }))).toBe('session_missing');
    }
  });

  it('ends with the second factor that an approver takes away, and with it every sign-in', async () => {
    const { person, device, cookie } = await keyed();
    const bearer = await world.bearerOf(APPROVER);
    expect((await world.command('/identity/members/second-factor-resets', bearer, { userId: person.userId })).status).toBe(201);
    expect([codeOf(await signIn(device)), (await world.tokenFor(cookie)).status]).toEqual(['passkey_not_taken', 401]);
    expect(codeOf(await begin(await world.cookieOf(person), person.password))).toBe('taken');
    expect(await told(person)).toEqual([['passkey_added', 'passkey_ended'], ['added', 'ended']]);
  });

  describe('with a forgotten password', () => {
    /** Whoever reads the mail of this person chooses this password. */
    async function forget(email: string, password: string): Promise<void> {
      const links = world.mailsTo(email).filter(({ text }) => text.includes('link=')).length;
      expect((await world.call('/identity/links', { body: { email, purpose: 'password' } })).status).toBe(202);
      expect((await world.call('/identity/passwords', { body: { link: await world.linkTo(email, links + 1), password } })).status).toBe(201);
    }

    it('ends where mail was the whole protection, so that a thief of the password keeps nothing and locks nobody out', async () => {
      const { person, device: ofThief, cookie, passkeyId } = await keyed();
      const opened = cookieIn(await signIn(ofThief));
      await forget(person.email, 'another long password');
      expect(codeOf(await signIn(ofThief))).toBe('passkey_not_taken');
      expect([(await world.tokenFor(cookie)).status, (await world.tokenFor(opened)).status]).toEqual([401, 401]);
      expect(await told(person)).toEqual([['passkey_added', 'passkey_ended'], ['added', 'ended']]);
      expect((await client.query('select ended_by from identity.passkey where id = $1', [passkeyId])).rows).toEqual([{ ended_by: person.userId.slice(4) }]);
      const mine = await world.cookieOf({ ...person, password: 'another long password' });
      expect(codeOf(await add(mine, 'another long password', new MadeAuthenticator(ORIGIN)))).toBe('taken');
    });

    it('stays beside an authenticator, which was shown before it was added', async () => {
      const [person, device] = [await somebody(), new MadeAuthenticator(ORIGIN)];
      const cookie = await world.cookieOf(person);
      const secret = await world.enrol(cookie, person.password);
      expect((await world.withCookie(cookie, '/codes', { code: await codeNow(secret, 1) })).status).toBe(200);
      expect(codeOf(await add(cookie, person.password, device))).toBe('taken');
      await forget(person.email, 'another long password');
      expect(codeOf(await signIn(device))).toBe('taken');
    });

    it('stays with staff, from whom mail alone takes no second factor away; an approver does', async () => {
      const { body } = await world.command('/identity/organisations', await world.operator(), { kind: 'auditor', name: 'An auditing body' });
      const person = { email: `${uuidv7()}@audit.example`, name: 'An auditor', password: 'a long password' };
      const userId = await world.join({ ...person, organisationId: String(body['organisationId']), roles: ['auditor'] });
      const device = new MadeAuthenticator(ORIGIN);
      expect(codeOf(await add(await world.cookieOf(person), person.password, device))).toBe('taken');
      await forget(person.email, 'another long password');
      expect(codeOf(await signIn(device))).toBe('taken');
      expect((await world.command('/identity/members/second-factor-resets', await world.bearerOf(APPROVER), { userId })).status).toBe(201);
      expect(codeOf(await signIn(device))).toBe('passkey_not_taken');
    });
  });

  it('ends with the last membership of its person, and not before', async () => {
    const { person, device } = await keyed();
    const { body: { organisationId: second } } = await world.command('/identity/organisations', await world.operator(), { kind: 'payer', name: 'Another', partyId: `pyr_${uuidv7()}` });
    const joined = await world.command('/identity/members', await world.operator(), { email: person.email, name: person.name, organisationId: String(second), roles: ['payer'] });
    expect(joined.status).toBe(201);
    const bearer = await world.bearerOf(OPERATOR);
    const leave = (organisationId: string) => world.command('/identity/members/endings', bearer, { userId: person.userId, organisationId });
    expect((await leave(person.organisationId)).status).toBe(201);
    expect(codeOf(await signIn(device))).toBe('taken');
    expect((await leave(String(second))).status).toBe(201);
    expect(codeOf(await signIn(device))).toBe('passkey_not_taken');
  });
});

describe('a sign-in says how it was opened', () => {
  it('by a mailed link, which is no password', async () => {
    const person = await somebody();
    await world.call('/identity/links', { body: { email: person.email, purpose: 'sign_in' } });
    const answer = await world.call('/identity/auth/sign-in/link', { body: { link: await world.linkTo(person.email, 2) } });
    expect(await claimsIn(cookieIn(answer))).toMatchObject({ amr: ['link'], second_factor_time: null });
  });
});

describe('the database, under the role of the service', () => {
  it('lets nothing of a passkey go back, end twice or open for somebody else', async () => {
    const [mine, other] = [await keyed(), await keyed()];
    const role = new pg.Client(world.database.urlFor('identity'));
    await role.connect();
    const id = mine.passkeyId;
    const refused = (sql: string, values: unknown[], code: string) => expect(role.query(sql, values)).rejects.toMatchObject({ code });
    const use = 'insert into identity.passkey_use (id, passkey_id, what, session_id, used_at) values ($1, $2, $3, $4, now())';
    try {
      await refused('update identity.passkey set counter = counter - 1 where id = $1', [id], '23514');
      await refused('update identity.passkey set user_id = user_id where id = $1', [id], '42501');
      await refused('update identity.passkey set ended_at = now() where id = $1', [id], '23514');
      await refused('delete from identity.passkey', [], '42501');
      await refused('delete from identity.passkey_use', [], '42501');
      await refused('insert into identity.passkey_use select * from identity.passkey_use where passkey_id = $1', [id], '23505');
      const { rows: [theirs] } = await role.query('select id from identity.session where user_id = $1 limit 1', [other.person.userId.slice(4)]);
      await refused(use, [uuidv7(), id, 'proof', theirs.id], '23514');
      await refused(use, [uuidv7(), id, 'proof', null], '23514');
      const shown = uuidv7();
      await role.query(use, [shown, id, 'sign_in', null]);
      const open = `insert into identity.session (id, token, user_id, expires_at, opened_by, opened_with) values ($1, $2, $3, now() + interval '1 hour', $4, $5)`;
      await refused(open, [uuidv7(), uuidv7(), other.person.userId.slice(4), 'passkey', shown], '23514');
      await refused(open, [uuidv7(), uuidv7(), mine.person.userId.slice(4), 'password', shown], '23514');
      await refused(open, [uuidv7(), uuidv7(), mine.person.userId.slice(4), 'passkey', null], '23514');
      await role.query(open, [uuidv7(), uuidv7(), mine.person.userId.slice(4), 'passkey', shown]);
      await refused(open, [uuidv7(), uuidv7(), mine.person.userId.slice(4), 'passkey', shown], '23505');
      await role.query(`update identity.passkey set ended_at = now(), ended_by = 'somebody' where id = $1`, [id]);
      await refused('update identity.passkey set ended_at = null, ended_by = null where id = $1', [id], '23514');
      await refused(use, [uuidv7(), id, 'sign_in', null], '23514');
    } finally {
      await role.end();
    }
  });

  describe('of a sign-in that is opened while its passkey ends', () => {
    const open = `insert into identity.session (id, token, user_id, expires_at, opened_by, opened_with) values ($1, $2, $3, now() + interval '1 hour', 'passkey', $4)`;
    let [opening, ending]: pg.Client[] = [];
    beforeEach(async () => {
      [opening, ending] = [new pg.Client(world.database.urlFor('identity')), new pg.Client(world.database.urlFor('identity'))];
      await Promise.all([opening.connect(), ending.connect()]);
    });
    afterEach(async () => { await Promise.all([opening!.end(), ending!.end()]); });
    /** Its answer is taken; the sign-in is not opened yet. */
    async function taken() {
      const { person, cookie, passkeyId } = await keyed();
      const [userId, shown] = [person.userId.slice(4), uuidv7()];
      await opening!.query(`insert into identity.passkey_use (id, passkey_id, what, used_at) values ($1, $2, 'sign_in', now())`, [shown, passkeyId]);
      return { cookie, passkeyId, userId, open: () => opening!.query(open, [uuidv7(), uuidv7(), userId, shown]) };
    }
    const opened = async (userId: string) => (await client.query(`select 1 from identity.session where user_id = $1 and opened_by = 'passkey'`, [userId])).rowCount;
    const isHeldUp = async () => (await client.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)).rowCount! > 0;

    it('lets none through behind the back of who ends both', async () => {
      const { passkeyId, userId, open: openIt } = await taken();
      await ending!.query('begin');
      await ending!.query(`update identity.passkey set ended_at = now(), ended_by = 'an approver' where id = $1`, [passkeyId]);
      await ending!.query('delete from identity.session where user_id = $1', [userId]);
      let outcome: string | undefined;
      const done = openIt().then(() => { outcome = 'opened'; }, ({ code }: { code: string }) => { outcome = code; });
      await until('it is held up, or opened', async () => outcome !== undefined || await isHeldUp());
      await ending!.query('commit');
      await done;
      expect([outcome, await opened(userId)]).toEqual(['23514', 0]);
    });

    it('shows the one that came first to who ends both after', async () => {
      const { cookie, passkeyId, userId, open: openIt } = await taken();
      await opening!.query('begin');
      await openIt();
      const ended = own(cookie, '/endings', { passkeyId });
      await until('the ending is held up', isHeldUp);
      await opening!.query('commit');
      expect([codeOf(await ended), await opened(userId)]).toEqual(['taken', 0]);
    });
  });
});

/** What its person hears by mail, and audit as a fact; neither with the name of the device. */
async function told(person: Someone): Promise<[mails: string[], steps: string[]]> {
  const userId = person.userId.slice(4);
  const { rows: mails } = await client.query<{ name: string; address: string }>(
    `select n.name, m.address from identity.notice_mail m join identity.notice n on n.id = m.notice_id where n.account_id = $1 and n.name like 'passkey%' order by n.told_at`, [userId]);
  expect(mails.every(({ address }) => address === person.email)).toBe(true);
  const { rows: facts } = await client.query<{ message: { occurredAt: string; body: { step: string } } }>(
    `select m as message from identity.outbox, jsonb_array_elements(messages) m where m ->> 'type' = 'passkey.changed.v1' and m -> 'body' ->> 'userId' = $1
    union select m from identity.sent_batch, jsonb_array_elements(messages) m where receiver = 'audit' and m ->> 'type' = 'passkey.changed.v1' and m -> 'body' ->> 'userId' = $1`, [userId]);
  expect(JSON.stringify(facts)).not.toMatch(/My phone|@/);
  return [mails.map(({ name }) => name), facts.map(({ message }) => message.body.step).sort()];
}
