// The second factor, as a person meets it and as somebody with a stolen password would.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { codeNow } from '../../../cli/src/world/authenticator.js';
import { SIGN_IN_PAIRS_MAX } from '../limits.js';
import { SignInAttempts } from '../sign-in/sign-in-attempts.js';
import { APPROVER, IdentityWorld, type Answer, type Credentials } from '../../../../test/builders/identity-world.js';

jest.setTimeout(60_000);

let world: IdentityWorld;
beforeAll(async () => { world = await IdentityWorld.create(); });
afterAll(() => world.close());

type Someone = Credentials & Readonly<{ userId: string }>;
async function somebody(): Promise<Someone> {
  const person = { email: `${uuidv7()}@mereau.example`, name: 'Somebody', password: 'a long password' };
  const { body: { organisationId } } = await world.command('/identity/organisations', await world.operator(), { kind: 'payer', name: 'A payer', partyId: `pyr_${uuidv7()}` });
  return { ...person, userId: await world.join({ ...person, organisationId: String(organisationId), roles: ['payer'] }) };
}
const begin = (cookie: string, password: string) => world.withCookie(cookie, '', { password });
const confirm = (cookie: string, code: string) => world.withCookie(cookie, '/confirmations', { code });
const enter = (cookie: string, code: string) => world.withCookie(cookie, '/codes', { code });
const stateOf = async (cookie: string) => (await world.call('/identity/second-factors', { method: 'GET', headers: { cookie } })).body;
const claimsIn = async (cookie: string) => decodeJwt(String((await world.tokenFor(cookie)).body['token']));
const codeOf = ({ body }: Answer) => body.code;
/** Another than the right ones of now, whatever they are. */
async function wrongCode(secret: string): Promise<string> {
  const right = await Promise.all([-2, -1, 0, 1, 2].map((ahead) => codeNow(secret, ahead)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code))!;
}

describe('a second factor', () => {
  it('is begun with the password, confirmed by its first code, and told in tokens of that sign-in only', async () => {
    const person = await somebody();
    const [cookie, elsewhere] = [await world.cookieOf(person), await world.cookieOf(person)];
    expect(await stateOf(cookie)).toEqual({ state: 'none', recoveryCodesLeft: null, passkeys: 0 });
    expect(await claimsIn(cookie)).toMatchObject({ amr: ['pwd'], second_factor_time: null });
    const begun = await begin(cookie, person.password);
    expect(begun).toMatchObject({ status: 201, body: { uri: expect.stringMatching(/^otpauth:\/\/totp\/M%C3%A9reau:/) } });
    expect(begun.headers.get('cache-control')).toBe('no-store');
    expect(await stateOf(cookie)).toEqual({ state: 'begun', recoveryCodesLeft: null, passkeys: 0 });
    const { status, body } = await confirm(cookie, await codeNow(String(begun.body['secret'])));
    expect([status, new Set(body['recoveryCodes'] as string[]).size]).toEqual([200, 8]);
    expect(await stateOf(cookie)).toEqual({ state: 'in_force', recoveryCodesLeft: 8, passkeys: 0 });
    expect(await claimsIn(cookie)).toMatchObject({ amr: ['pwd', 'otp'], second_factor_time: expect.any(Number) });
    expect(await claimsIn(elsewhere)).toMatchObject({ amr: ['pwd'], second_factor_time: null });
  });

  it('is not begun with a wrong password, or without a session', async () => {
    const person = await somebody();
    expect(codeOf(await begin(await world.cookieOf(person), 'not the password'))).toBe('password_wrong');
    for (const path of ['', '/confirmations', '/codes']) {
      const body = path === '' ? { password: person.password } : { code: '000000' };
      expect(await world.withCookie('mereau.session_token=forged.forged', path, body)).toMatchObject({ status: 401, body: { code: 'session_missing' } });
    }
  });

  it('has nothing to confirm or to enter before it is begun', async () => {
    const cookie = await world.cookieOf(await somebody());
    expect(codeOf(await confirm(cookie, '000000'))).toBe('second_factor_not_begun');
    expect(codeOf(await enter(cookie, '000000'))).toBe('second_factor_missing');
  });

  it('takes a code once, in whatever sign-in, even when it comes ten times at once', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    const secret = await world.enrol(cookie, person.password);
    const others = await Promise.all(Array.from({ length: 4 }, () => world.cookieOf(person)));
    const code = await codeNow(secret, 1);
    const answers = await Promise.all(others.map((other) => enter(other, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
    expect(answers.filter(({ status }) => status === 403).map(codeOf)).toEqual(['code_used', 'code_used', 'code_used']);
    const claims = await Promise.all(others.map(claimsIn));
    expect(claims.filter((claim) => claim['second_factor_time'] !== null)).toHaveLength(1);
  });

  it('takes the codes of a phone whose clock is one step off, and no others', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    const secret = await world.enrol(cookie, person.password);
    // Whichever step now is by the time that it arrives, this one is two away at least.
    expect(codeOf(await enter(cookie, await codeNow(secret, -3)))).toBe('code_wrong');
    expect(codeOf(await enter(cookie, await codeNow(secret, 3)))).toBe('code_wrong');
    expect(codeOf(await enter(cookie, await wrongCode(secret)))).toBe('code_wrong');
    expect((await enter(cookie, await codeNow(secret, 1))).status).toBe(200);
  });

  it('is guessed five times, from wherever, and then not for a while', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    const secret = await world.enrol(cookie, person.password);
    const wrong = await wrongCode(secret);
    for (let guess = 0; guess < 5; guess += 1) expect(codeOf(await enter(await world.cookieOf(person), wrong))).toBe('code_wrong');
    expect(await enter(cookie, await codeNow(secret, 1))).toMatchObject({ status: 429, body: { code: 'sign_in_throttled' } });
    // Nor after as many strangers were tried at the door as are remembered there.
    const door = world.app.get(SignInAttempts, { strict: false });
    for (let stranger = 0; stranger < SIGN_IN_PAIRS_MAX; stranger += 1) door.begin('203.0.113.0', `${stranger}@mereau.example`);
    expect(await enter(cookie, await codeNow(secret, 1))).toMatchObject({ status: 429, body: { code: 'sign_in_throttled' } });
  });

  it('opens by each recovery code once, however it is typed', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    const begun = await begin(cookie, person.password);
    const { body } = await confirm(cookie, await codeNow(String(begun.body['secret'])));
    const [first, second] = body['recoveryCodes'] as [string, string];
    const later = await world.cookieOf(person);
    expect(await enter(later, first)).toMatchObject({ status: 200, body: { recoveryCodesLeft: 7 } });
    expect(await claimsIn(later)).toMatchObject({ amr: ['pwd', 'otp'] });
    expect(codeOf(await enter(cookie, first))).toBe('code_used');
    const typed = second.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(await enter(cookie, typed)).toMatchObject({ status: 200, body: { recoveryCodesLeft: 6 } });
    expect(await stateOf(cookie)).toEqual({ state: 'in_force', recoveryCodesLeft: 6, passkeys: 0 });
  });

  it('is replaced only by who entered a code of it; the old one opens nothing after', async () => {
    const person = await somebody();
    const [cookie, thief] = [await world.cookieOf(person), await world.cookieOf(person)];
    const old = await world.enrol(cookie, person.password);
    expect(codeOf(await begin(thief, person.password))).toBe('second_factor_exists');
    const begun = await begin(cookie, person.password);
    expect(begun.status).toBe(201);
    expect((await stateOf(cookie))['state']).toBe('in_force');
    expect((await confirm(cookie, await codeNow(String(begun.body['secret'])))).status).toBe(200);
    expect(codeOf(await enter(thief, await codeNow(old, 1)))).toBe('code_wrong');
  });

  it('that was begun beside an open browser is not put in force from a sign-in that no code was entered in', async () => {
    const person = await somebody();
    const [cookie, thief] = [await world.cookieOf(person), await world.cookieOf(person)];
    const old = await world.enrol(cookie, person.password);
    const begun = await begin(cookie, person.password);
    expect(codeOf(await confirm(thief, await codeNow(String(begun.body['secret']))))).toBe('second_factor_exists');
    expect((await enter(thief, await codeNow(old, 1))).status).toBe(200);
  });

  it('that was begun twice has the second secret', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    const [first, second] = [await begin(cookie, person.password), await begin(cookie, person.password)];
    expect(first.body['secret']).not.toBe(second.body['secret']);
    expect(codeOf(await confirm(cookie, await codeNow(String(first.body['secret']))))).toBe('code_wrong');
    expect((await confirm(cookie, await codeNow(String(second.body['secret'])))).status).toBe(200);
  });
});

describe('a factor that was lost', () => {
  const reset = async (bearer: string, userId: string) => world.command('/identity/members/second-factor-resets', bearer, { userId });

  it('is taken away by an approver with a code of their own, and what it opened is shut', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    const secret = await world.enrol(cookie, person.password);
    expect(codeOf(await reset(await world.operator(), person.userId))).toBe('role_missing');
    const bearer = await world.bearerOf(APPROVER);
    expect(codeOf(await reset(await world.aged(bearer), person.userId))).toBe('second_factor_stale');
    expect(await reset(bearer, person.userId)).toMatchObject({ status: 201, body: { userId: person.userId } });
    // Whoever has the phone may be signed in with it: every sign-in of that person ends.
    expect((await world.tokenFor(cookie)).status).toBe(401);
    const again = await world.cookieOf(person);
    expect(await claimsIn(again)).toMatchObject({ amr: ['pwd'], second_factor_time: null });
    expect(codeOf(await enter(again, await codeNow(secret, 1)))).toBe('second_factor_missing');
    expect(codeOf(await reset(bearer, person.userId))).toBe('second_factor_missing');
    const me = await world.call('/identity/me', { method: 'GET', headers: { authorization: bearer } });
    expect(codeOf(await reset(bearer, String(me.body['userId'])))).toBe('second_factor_of_caller');
    // Each step was told by mail to whom it belongs and to nobody else, who cannot decline it; and to audit, without the address.
    const client = new pg.Client(world.database.adminUrl);
    await client.connect();
    try {
      const { rows: mails } = await client.query<{ name: string; kind: string; address: string; id: string }>(
        `select n.name, m.kind, m.address, m.id from identity.notice_mail m join identity.notice n on n.id = m.notice_id
          join identity.second_factor f on f.id = n.factor_id where f.user_id = $1 order by n.told_at`, [person.userId.slice(4)]);
      expect(mails.map(({ name, kind, address }) => [name, kind, address])).toEqual(
        ['begun', 'confirmed', 'reset'].map((step) => [`second_factor_${step}`, 'person', person.email]));
      await expect(client.query(`insert into identity.notice_outcome values ($1, 'declined', null, null, now())`, [mails[0]!.id])).rejects.toMatchObject({ code: '23514' });
      await expect(client.query(`insert into identity.notice_mail select gen_random_uuid(), notice_id, (select id from identity."user" where email = $2), kind, address,
        language, meant_at, 0, meant_at from identity.notice_mail where id = $1`, [mails[0]!.id, APPROVER.email])).rejects.toMatchObject({ code: '23514' });
      const { rows: told } = await client.query<{ message: { body: { step: string } } }>(
        `select m as message from identity.outbox, jsonb_array_elements(messages) m where m ->> 'type' = 'second_factor.changed.v1' and m -> 'body' ->> 'userId' = $1
        union all select m from identity.sent_batch, jsonb_array_elements(messages) m where receiver = 'audit' and m ->> 'type' = 'second_factor.changed.v1'
          and m -> 'body' ->> 'userId' = $1`, [person.userId.slice(4)]);
      expect(told.map(({ message }) => message.body.step).sort()).toEqual(['begun', 'confirmed', 'reset']);
      expect(JSON.stringify(told)).not.toContain(person.email);
    } finally {
      await client.end();
    }
  });
});

describe('the database, under the role of the service', () => {
  it('lets a code be used once, keeps what was used, and lets nobody end their own factor for nothing', async () => {
    const person = await somebody();
    const cookie = await world.cookieOf(person);
    await world.enrol(cookie, person.password);
    const client = new pg.Client(world.database.urlFor('identity'));
    await client.connect();
    try {
      const { rows: [use] } = await client.query(
        `select u.* from identity.second_factor_use u join identity.second_factor f on f.id = u.factor_id where f.user_id = $1`, [person.userId.slice(4)]);
      await expect(client.query('insert into identity.second_factor_use select ($1::identity.second_factor_use).*',
        [`(${use.factor_id},step,${use.number},${uuidv7()},2026-01-01)`])).rejects.toMatchObject({ code: '23505' });
      await expect(client.query('delete from identity.second_factor_use')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('update identity.second_factor set user_id = user_id')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('update identity.second_factor set ended_at = now(), ended_by = user_id::text where id = $1', [use.factor_id]))
        .rejects.toMatchObject({ code: '23514' });
      await expect(client.query('update identity.second_factor set confirmed_at = null where id = $1', [use.factor_id])).rejects.toMatchObject({ code: '23514' });
    } finally {
      await client.end();
    }
  });
});
