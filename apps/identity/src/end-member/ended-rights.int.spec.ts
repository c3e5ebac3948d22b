// Rights and sign-ins that end: a token that stands on one of them is refused within seconds, by identity as by every other service.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { until } from '#libs/testing';
import { APPROVER, IdentityWorld, OPERATOR, type Answer, type Credentials } from '../../../../test/builders/identity-world.js';
import { SESSIONS_MAX } from '../limits.js';

jest.setTimeout(60_000);

let world: IdentityWorld;
let organisationId: string;
let manager: Someone;
/** Of the manager, for all specs: a code counts once. */
let theirBearer: string;
beforeAll(async () => {
  world = await IdentityWorld.create();
  const place = { kind: 'place', name: 'Médiathèque', partyId: `plc_${uuidv7()}` };
  organisationId = String((await world.command('/identity/organisations', await world.operator(), place)).body['organisationId']);
  manager = await join(['till', 'manager']);
  theirBearer = await world.bearerOf(manager);
});
afterAll(() => world.close());

type Someone = Credentials & Readonly<{ userId: string }>;
async function join(roles: readonly string[]): Promise<Someone> {
  const who = { email: `${uuidv7()}@place.example`, name: 'Somebody', password: 'a long password' };
  return { ...who, userId: await world.join({ ...who, organisationId, roles }) };
}
const codeOf = ({ body }: Answer) => body.code;
const me = async (authorization: string) => world.call('/identity/me', { method: 'GET', headers: { authorization } });
const refused = (bearer: string) => until('the token is refused', async () => codeOf(await me(bearer)) === 'token_revoked');
const member = (userId: string, more: object = {}) => ({ userId, organisationId, ...more });
const end = async (bearer: string, userId: string) => world.command('/identity/members/endings', bearer, member(userId));
const change = async (bearer: string, userId: string, roles: readonly string[]) => world.command('/identity/members/roles', bearer, member(userId, { roles }));
const sessions = (cookie: string) => world.call('/identity/sessions', { method: 'GET', headers: { cookie } });
const endSession = (cookie: string, body: object) => world.call('/identity/sessions/endings', { body, headers: { cookie } });
type Listed = { sessionId: string; isThis: boolean; userAgent: string | null; seenAt: string | null };

describe('the sign-ins of a person', () => {
  it('are bounded: the oldest end, and their tokens with them', async () => {
    const someone = await join(['till']);
    const first = await world.cookieOf(someone);
    const bearer = await world.bearerFor(first);
    // Those between are made in the database: each real one takes its tenth of a second.
    const client = new pg.Client(world.database.adminUrl);
    await client.connect();
    await client.query(`insert into identity.session (id, token, user_id, expires_at, created_at, updated_at)
      select gen_random_uuid(), gen_random_uuid()::text, $1, now() + interval '1 hour', now(), now() from generate_series(1, $2::int)`, [someone.userId.slice(4), SESSIONS_MAX - 1]);
    expect((await me(bearer)).status).toBe(200);
    const last = await world.cookieOf(someone);
    await refused(bearer);
    expect([(await world.tokenFor(first)).status, (await world.tokenFor(last)).status]).toEqual([401, 200]);
    const { rows: [row] } = await client.query('select count(*)::int as count from identity.session where user_id = $1', [someone.userId.slice(4)]);
    await client.end();
    expect(row.count).toBe(SESSIONS_MAX);
  });
});

describe('a membership', () => {
  it('that is ended ends its tokens within seconds, and leaves the others', async () => {
    const [till, other] = [await join(['till']), await join(['till'])];
    const [bearer, stays] = [await world.bearerOf(till), await world.bearerOf(other)];
    expect([(await me(bearer)).status, (await me(stays)).status]).toEqual([200, 200]);
    const began = performance.now();
    expect((await end(theirBearer, till.userId)).status).toBe(201);
    await refused(bearer);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect((await me(stays)).status).toBe(200);
    expect(codeOf(await world.tokenFor(await world.cookieOf(till)))).toBe('membership_missing');
    expect(codeOf(await end(await world.operator(), till.userId))).toBe('member_not_found');
  });

  it('is taken neither by its own person nor by the manager of another place', async () => {
    expect(codeOf(await end(theirBearer, manager.userId))).toBe('member_is_caller');
    const elsewhere = { kind: 'place', name: 'Ailleurs', partyId: `plc_${uuidv7()}` };
    const { body } = await world.command('/identity/organisations', await world.operator(), elsewhere);
    const other = { email: `${uuidv7()}@place.example`, name: 'Other', password: 'a long password' };
    await world.join({ ...other, organisationId: String(body['organisationId']), roles: ['manager'] });
    const stranger = await world.bearerOf(other);
    const till = await join(['till']);
    expect([codeOf(await end(stranger, till.userId)), codeOf(await change(stranger, till.userId, ['manager']))]).toEqual(['member_not_found', 'member_not_found']);
    expect(codeOf(await end(await world.bearerOf(till), manager.userId))).toBe('role_missing');
  });

  it('with other roles is another: tokens with those of before end', async () => {
    const till = await join(['till']);
    const bearer = await world.bearerOf(till);
    expect(codeOf(await change(await world.aged(theirBearer), till.userId, ['manager']))).toBe('second_factor_stale');
    expect(codeOf(await change(theirBearer, till.userId, ['till']))).toBe('member_exists');
    expect(codeOf(await change(theirBearer, till.userId, ['approver']))).toBe('role_not_of_organisation');
    expect((await change(await world.operator(), till.userId, ['till', 'manager'])).status).toBe(201);
    await refused(bearer);
    expect(decodeJwt((await world.bearerOf(till)).slice(7))).toMatchObject({ roles: ['till', 'manager'] });
  });

  it('of the operator is ended by one, and given by two: roles are not changed by anybody alone', async () => {
    const bearer = await world.bearerOf(APPROVER);
    const { body: { userId, organisationId: ours } } = await me(bearer);
    const asked = { userId, organisationId: ours, roles: ['operator', 'approver'] };
    expect(codeOf(await world.command('/identity/members/roles', await world.operator(), asked))).toBe('roles_need_confirmation');
    const ending = async () => world.command('/identity/members/endings', await world.operator(), { userId, organisationId: ours });
    expect(codeOf(await ending())).toBe('operator_would_be_locked');
    const second = { organisationId: ours, email: `${uuidv7()}@mereau.example`, name: 'Second', roles: ['approver'] };
    const { body: proposed } = await world.command('/identity/members', await world.operator(), second);
    // Who is proposed and not confirmed counts for nobody.
    expect(codeOf(await ending())).toBe('operator_would_be_locked');
    const confirmed = await world.command('/identity/members/confirmations', bearer, { userId: proposed['userId'], roles: ['approver'] });
    expect([confirmed.status, (await ending()).status]).toEqual([201, 201]);
    await refused(bearer);
    const again = await world.command('/identity/members', await world.operator(), { organisationId: ours, email: APPROVER.email, name: APPROVER.name, roles: ['approver'] });
    expect(again.status).toBe(201);
    expect(codeOf(await world.tokenFor(await world.cookieOf(APPROVER)))).toBe('membership_missing');
  });

  it('that ended is told to audit, and stays in the database as it was', async () => {
    const till = await join(['till']);
    await end(await world.operator(), till.userId);
    const client = new pg.Client(world.database.adminUrl);
    await client.connect();
    try {
      const { rows } = await client.query<{ type: string }>(`
        select m ->> 'type' as type from identity.outbox, jsonb_array_elements(messages) m where m ->> 'subject' = $1
        union all select m ->> 'type' from identity.sent_batch, jsonb_array_elements(messages) m where receiver = 'audit' and m ->> 'subject' = $1`, [`user:${till.userId.slice(4)}`]);
      expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(['member.added.v1', 'member.removed.v1']));
      const mine = 'where user_id = $1';
      await expect(client.query(`update identity.membership set ended_at = null, ended_by = null ${mine}`, [till.userId.slice(4)])).rejects.toMatchObject({ code: '23514' });
      await expect(client.query(`delete from identity.membership ${mine}`, [till.userId.slice(4)])).rejects.toThrow(/append-only/);
      const own = client.query(`update identity.membership set ended_at = now(), ended_by = user_id::text where user_id = (select id from identity."user" where email = $1)`, [OPERATOR.email]);
      await expect(own).rejects.toMatchObject({ code: '23514' });
    } finally {
      await client.end();
    }
  });
});

describe('the people of an organisation', () => {
  it('are shown to its manager with what they may do and whether they have come', async () => {
    const till = await join(['till']);
    const invited = { email: `${uuidv7()}@place.example`, name: 'Invited', roles: ['till'], organisationId };
    const bearer = theirBearer;
    expect((await world.command('/identity/members', bearer, invited)).status).toBe(201);
    expect(codeOf(await world.command('/identity/members', await world.aged(bearer), { ...invited, email: `x${invited.email}` }))).toBe('second_factor_stale');
    const { body } = await world.call('/identity/members', { method: 'GET', headers: { authorization: bearer } });
    expect(body['items']).toEqual(expect.arrayContaining([
      expect.objectContaining({ email: till.email, roles: ['till'], state: 'in_force', hasSecondFactor: false }),
      expect.objectContaining({ email: invited.email, state: 'invited', invitedUntil: expect.any(String) }),
      expect.objectContaining({ email: manager.email, hasSecondFactor: true }),
    ]));
    expect(codeOf(await world.call('/identity/members', { method: 'GET', headers: { authorization: await world.bearerOf(till) } }))).toBe('role_missing');
  });
});

describe('a sign-in', () => {
  it('is listed with its device, and its tokens end with it', async () => {
    const till = await join(['till']);
    const [here, there] = [await world.cookieOf(till), await world.cookieOf(till)];
    const lost = await world.bearerFor(there);
    const items = (await sessions(here)).body['items'] as Listed[];
    expect(items.map(({ isThis, seenAt }) => [isThis, seenAt !== null]).sort()).toEqual([[false, true], [true, false]]);
    expect(items[0]!.userAgent).toMatch(/node/);
    const { sessionId } = items.find(({ isThis }) => !isThis)!;
    expect((await me(lost)).status).toBe(200);
    const stranger = await world.cookieOf(await join(['till']));
    expect(codeOf(await endSession(stranger, { sessionId }))).toBe('session_not_found');
    expect(await endSession(here, { sessionId })).toMatchObject({ status: 200, body: { ended: 1 } });
    await refused(lost);
    expect((await world.tokenFor(there)).status).toBe(401);
    expect((await world.tokenFor(here)).status).toBe(200);
  });

  it('is left alone when all others are ended, and ends its tokens when it signs out', async () => {
    const till = await join(['till']);
    const [here, , third] = [await world.cookieOf(till), await world.cookieOf(till), await world.cookieOf(till)];
    const [kept, gone] = [await world.bearerFor(here), await world.bearerFor(third)];
    expect((await endSession(here, {})).body).toEqual({ ended: 2 });
    await refused(gone);
    expect((await me(kept)).status).toBe(200);
    await world.call('/identity/auth/sign-out', { body: {}, headers: { cookie: here } });
    await refused(kept);
  });

  it('is nobody’s without a cookie', async () => {
    expect([codeOf(await sessions('')), codeOf(await endSession('', {}))]).toEqual(['session_missing', 'session_missing']);
  });
});

describe('the list of what ended', () => {
  it('is signed, is no token, and forgets what no token can stand on any more', async () => {
    const { list } = (await world.call('/identity/revocations.json', { method: 'GET' })).body as unknown as { list: string };
    expect(decodeJwt(list)).toMatchObject({ iss: 'mereau', aud: 'mereau-revocations', ids: expect.arrayContaining([expect.any(String)]) });
    expect(codeOf(await me(`Bearer ${list}`))).toBe('token_invalid');
    const client = new pg.Client(world.database.adminUrl);
    await client.connect();
    const [old, young] = [uuidv7(), uuidv7()];
    await client.query(`insert into identity.revocation (id, what, at) values ($1, 'session', now() - interval '7 minutes'), ($2, 'session', now() - interval '5 minutes')`, [old, young]);
    await expect(client.query('delete from identity.revocation')).rejects.toThrow();
    await client.end();
    const later = (await world.call('/identity/revocations.json', { method: 'GET' })).body as unknown as { list: string };
    expect(decodeJwt(later.list)['ids']).toContain(young);
    expect(decodeJwt(later.list)['ids']).not.toContain(old);
  });
});
