// Somebody of the operator looks as an organisation: who may, what it opens, how it ends, who is told, and what stays written.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { until } from '#libs/testing';
import { APPROVER, IdentityWorld, type Answer } from '../../../../test/builders/identity-world.js';

jest.setTimeout(120_000);

let world: IdentityWorld;
let admin: pg.Client;
let place: Organisation;
let other: Organisation;
let operatorOrganisation: string;
let approver: string;
beforeAll(async () => {
  world = await IdentityWorld.create();
  admin = new pg.Client(world.database.adminUrl);
  await admin.connect();
  operatorOrganisation = String(decodeJwt((await world.operator()).slice(7))['org']);
  approver = await world.bearerOf(APPROVER);
  [place, other] = [await organisation('Médiathèque du Port'), await organisation('Bibliothèque du Lac')];
});
afterAll(async () => {
  await admin.end();
  await world.close();
});

type Someone = Readonly<{ email: string; userId: string; bearer: string; cookie: string }>;
type Organisation = Readonly<{ organisationId: string; manager: Someone; till: Someone }>;
const session = async (who: { email: string; password: string }) => {
  const cookie = await world.provedCookieOf(who);
  return { cookie, bearer: await world.bearerFor(cookie) };
};
async function member(organisationId: string, role: string): Promise<Someone> {
  const who = { email: `${uuidv7()}@place.example`, name: `A ${role}`, password: 'a long password' };
  return { email: who.email, userId: await world.join({ ...who, organisationId, roles: [role] }), ...await session(who) };
}
async function organisation(name: string): Promise<Organisation> {
  const { body } = await world.command('/identity/organisations', await world.operator(), { kind: 'place', name, partyId: `plc_${uuidv7()}` });
  const organisationId = String(body['organisationId']);
  return { organisationId, manager: await member(organisationId, 'manager'), till: await member(organisationId, 'till') };
}
/** Proposed by one, confirmed by another, as everybody of the operator. */
async function helper(roles: readonly string[] = ['helper']): Promise<Someone> {
  const who = { email: `${uuidv7()}@helpers.example`, name: 'Aïcha, helper', password: 'a long password' };
  const userId = await world.join({ ...who, organisationId: `org_${operatorOrganisation}`, roles });
  expect((await world.command('/identity/members/confirmations', approver, { userId, roles })).status).toBe(201);
  return { email: who.email, userId, ...await session(who) };
}
const codeOf = ({ status, body }: Answer) => [status, body.code];
const asked = (more: object = {}) => ({ organisationId: place.organisationId, role: 'manager', reason: 'They cannot find their statement', minutes: 15, ...more });
const begin = (bearer: string, more: object = {}) => world.command('/identity/impersonations', bearer, asked(more));
const tokenBy = (cookie: string, impersonationId: unknown) => world.call('/identity/impersonations/tokens', { body: { impersonationId }, headers: { cookie } });
const end = (cookie: string, impersonationId: unknown) => world.call('/identity/impersonations/endings', { body: { impersonationId }, headers: { cookie } });
const get = (path: string, authorization: string) => world.call(path, { method: 'GET', headers: { authorization } });
const looking = async (by: Someone, more: object = {}) => {
  const { status, body } = await begin(by.bearer, more);
  expect(status).toBe(201);
  const token = await tokenBy(by.cookie, body['impersonationId']);
  expect(token.status).toBe(200);
  return { id: String(body['impersonationId']), bearer: `Bearer ${String(token.body['token'])}`, token };
};
const refused = (bearer: string) => until('its token is refused', async () => (await get('/identity/me', bearer)).body.code === 'token_revoked');
const items = ({ body }: Answer) => body['items'] as Record<string, unknown>[];

describe('looking as an organisation', () => {
  it('is for a helper of the operator, with a fresh code, a reason and a few minutes, and never as the operator or an auditor', async () => {
    const [aicha, auditor] = [await helper(), await world.command('/identity/organisations', await world.operator(), { kind: 'auditor', name: 'A body' })];
    expect(codeOf(await begin(await world.operator()))).toEqual([403, 'role_missing']);
    expect(codeOf(await begin(approver))).toEqual([403, 'role_missing']);
    expect(codeOf(await begin(place.manager.bearer))).toEqual([403, 'role_missing']);
    expect(codeOf(await begin(await world.aged(aicha.bearer)))).toEqual([403, 'second_factor_stale']);
    expect(codeOf(await begin(aicha.bearer, { organisationId: `org_${uuidv7()}` }))).toEqual([404, 'organisation_not_found']);
    expect(codeOf(await begin(aicha.bearer, { organisationId: `org_${operatorOrganisation}`, role: 'operator' }))).toEqual([409, 'impersonation_not_of_kind']);
    expect(codeOf(await begin(aicha.bearer, { organisationId: auditor.body['organisationId'], role: 'auditor' }))).toEqual([409, 'impersonation_not_of_kind']);
    expect(codeOf(await begin(aicha.bearer, { role: 'payer' }))).toEqual([409, 'role_not_of_organisation']);
    for (const over of [{ reason: 'test' }, { minutes: 31 }, { minutes: 4 }, { role: 'root' }]) expect(codeOf(await begin(aicha.bearer, over))).toEqual([400, 'request_malformed']);
    const found = await get('/identity/organisations?named=port', aicha.bearer);
    expect(items(found)).toEqual([{ organisationId: place.organisationId, kind: 'place', name: 'Médiathèque du Port' }]);
    expect(codeOf(await get('/identity/organisations?named=port', place.manager.bearer))).toEqual([403, 'role_missing']);
  });

  it('reads what the role reads, tells who really asks, and writes nothing', async () => {
    const aicha = await helper();
    const { bearer, token } = await looking(aicha);
    expect(decodeJwt(bearer.slice(7))).toMatchObject({ aud: 'mereau-impersonations', sub: aicha.userId.slice(4), kind: 'place', roles: ['manager'] });
    expect(token.body).toMatchObject({ membership: { organisationId: place.organisationId, kind: 'place', roles: ['manager'] } });
    const members = await get('/identity/members', bearer);
    expect(items(members).map(({ email }) => email)).toEqual(expect.arrayContaining([place.manager.email, place.till.email]));
    const invited = { organisationId: place.organisationId, name: 'X', email: 'x@x.example', roles: ['till'] };
    expect(codeOf(await world.command('/identity/members', bearer, invited))).toEqual([403, 'impersonation_reads_only']);
    expect(codeOf(await world.command('/identity/members/endings', bearer, { userId: place.till.userId, organisationId: place.organisationId }))).toEqual([403, 'impersonation_reads_only']);
    // Neither nested in itself, nor by the person's own token beside it.
    expect(codeOf(await begin(bearer, { organisationId: other.organisationId }))).toEqual([403, 'impersonation_reads_only']);
    expect(codeOf(await begin(aicha.bearer, { organisationId: other.organisationId }))).toEqual([409, 'impersonation_open']);
  });

  it('as a till shows what a till sees and no more', async () => {
    const { bearer } = await looking(await helper(), { role: 'till' });
    expect(codeOf(await get('/identity/members', bearer))).toEqual([403, 'role_missing']);
  });

  it('begun twice at a time begins once', async () => {
    const aicha = await helper();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => begin(aicha.bearer)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('is told by mail to the managers, with who, why and until when, and to audit without a name or the reason', async () => {
    const { id } = await looking(await helper(), { reason: 'A very private reason' });
    const mails = () => world.mailsTo(place.manager.email).filter(({ text }) => text.includes('A very private reason'));
    await until('the manager is told', async () => mails().length === 1);
    expect(mails()[0]!.text).toMatch(/Aïcha, helper, de l’opérateur.*Médiathèque du Port/s);
    expect(world.mailsTo(place.till.email).some(({ text }) => text.includes('private reason'))).toBe(false);
    const { rows } = await admin.query<{ m: object }>(`
      select m from identity.outbox, jsonb_array_elements(messages) m where m ->> 'subject' = $1
      union all select m from identity.sent_batch, jsonb_array_elements(messages) m where receiver = 'audit' and m ->> 'subject' = $1`, [`impersonation:${id.slice(4)}`]);
    expect(rows.map(({ m }) => m)).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'impersonation.begun.v1' })]));
    expect(JSON.stringify(rows)).not.toMatch(/private reason|Aïcha/);
  });
});

describe('an impersonation', () => {
  it('is of its sign-in: neither another one of the person, nor somebody else, gets a token', async () => {
    const aicha = await helper();
    const { id } = await looking(aicha);
    expect(codeOf(await tokenBy((await helper()).cookie, id))).toEqual([403, 'impersonation_over']);
    expect(codeOf(await tokenBy(place.manager.cookie, id))).toEqual([403, 'impersonation_over']);
    expect((await world.call('/identity/impersonations/tokens', { body: { impersonationId: id } })).status).toBe(401);
  });

  it('is ended by its person, once, and its token within seconds', async () => {
    const aicha = await helper();
    const { id, bearer } = await looking(aicha);
    expect(codeOf(await end(place.manager.cookie, id))).toEqual([403, 'impersonation_over']);
    expect((await end(aicha.cookie, id)).status).toBe(200);
    expect(codeOf(await end(aicha.cookie, id))).toEqual([403, 'impersonation_over']);
    await refused(bearer);
    expect(codeOf(await tokenBy(aicha.cookie, id))).toEqual([403, 'impersonation_over']);
    expect((await get('/identity/me', aicha.bearer)).status).toBe(200);
  });

  it('ends with the sign-in, and with the membership', async () => {
    const [leaves, goes] = [await helper(), await helper()];
    const [first, second] = [await looking(leaves), await looking(goes)];
    await world.call('/identity/auth/sign-out', { body: {}, headers: { cookie: leaves.cookie } });
    expect((await world.command('/identity/members/endings', await world.operator(), { userId: goes.userId, organisationId: `org_${operatorOrganisation}` })).status).toBe(201);
    await refused(first.bearer);
    await refused(second.bearer);
    expect(codeOf(await tokenBy(goes.cookie, second.id))).toEqual([403, 'impersonation_over']);
    const { rows } = await admin.query(`select id, ended_by from identity.impersonation where id = any ($1::uuid[]) order by begun_at`, [[first.id, second.id].map((id) => id.slice(4))]);
    expect(rows.map(({ ended_by: by }) => by)).toEqual(['sign_out', 'right']);
  });

  it('runs out: no token lasts longer than it', async () => {
    const aicha = await helper();
    const { body } = await begin(aicha.bearer, { minutes: 5 });
    const token = await tokenBy(aicha.cookie, body['impersonationId']);
    expect(Date.parse(String(token.body['expiresAt']))).toBeLessThanOrEqual(Date.parse(String(body['expiresAt'])));
    await admin.query('set session_replication_role = replica');
    await admin.query(`update identity.impersonation set begun_at = begun_at - interval '1 hour', expires_at = expires_at - interval '1 hour' where id = $1`, [String(body['impersonationId']).slice(4)]);
    await admin.query('set session_replication_role = origin');
    expect(codeOf(await tokenBy(aicha.cookie, body['impersonationId']))).toEqual([403, 'impersonation_over']);
    expect((await begin(aicha.bearer)).status).toBe(201);
  });

  it('leaves a row for each reading before it is answered, which its organisation reads and no other', async () => {
    const aicha = await helper();
    const { id, bearer } = await looking(aicha);
    await get('/identity/members', bearer);
    await get('/identity/me/saved-views?list=%2Fpayments%3Fname%3DDurand', bearer);
    const readings = (authorization: string) => get(`/identity/impersonations/${id}/readings`, authorization);
    expect(items(await readings(place.manager.bearer)).map(({ asked: what }) => what)).toEqual(['/identity/members', '/identity/me/saved-views?…']);
    expect(items(await readings(other.manager.bearer))).toEqual([]);
    expect(items(await readings(await world.operator()))).toHaveLength(2);
    const [listed] = items(await get('/identity/impersonations?limit=1', place.manager.bearer));
    expect(listed).toMatchObject({ impersonationId: id, userName: 'Aïcha, helper', reason: asked().reason, role: 'manager', isOpen: true, readingCount: 2 });
    expect(items(await get('/identity/impersonations', other.manager.bearer))).toEqual([]);
    expect(codeOf(await get('/identity/impersonations', place.till.bearer))).toEqual([403, 'role_missing']);
    const { rows } = await admin.query(`select m from identity.outbox, jsonb_array_elements(messages) m where m ->> 'type' = 'impersonation.read.v1' and m -> 'body' ->> 'impersonationId' = $1
      union all select m from identity.sent_batch, jsonb_array_elements(messages) m where receiver = 'audit' and m -> 'body' ->> 'impersonationId' = $1 and m ->> 'type' = 'impersonation.read.v1'`, [id.slice(4)]);
    expect(rows).toHaveLength(2);
  });

  it('that cannot be noted is not answered', async () => {
    const { bearer } = await looking(await helper());
    await admin.query('revoke insert on identity.impersonation_reading from mereau_identity');
    try {
      expect((await get('/identity/members', bearer)).status).toBe(500);
    } finally {
      await admin.query('grant insert on identity.impersonation_reading to mereau_identity');
    }
    expect((await get('/identity/members', bearer)).status).toBe(200);
  });
});

describe('the database', () => {
  it('holds who may begin one, that it is short and stays as it was, and ends once', async () => {
    const { id, bearer } = await looking(await helper());
    const row = `(select i from identity.impersonation i where id = '${id.slice(4)}')`;
    const again = (changed: string) => admin.query(`insert into identity.impersonation select (jsonb_populate_record(${row}, '${changed}'::jsonb)).*`);
    await expect(again(JSON.stringify({ id: uuidv7() }))).rejects.toThrow(/already/);
    await expect(again(JSON.stringify({ id: uuidv7(), user_id: place.manager.userId.slice(4) }))).rejects.toThrow(/may not look/);
    await expect(admin.query(`update identity.impersonation set expires_at = expires_at + interval '1 minute' where id = $1`, [id.slice(4)])).rejects.toThrow(/stays as it was/);
    await expect(admin.query('delete from identity.impersonation where id = $1', [id.slice(4)])).rejects.toThrow(/append-only/);
    await get('/identity/me', bearer);
    await expect(admin.query('delete from identity.impersonation_reading')).rejects.toThrow(/append-only/);
    await admin.query(`update identity.impersonation set ended_at = clock_timestamp(), ended_by = 'right' where id = $1`, [id.slice(4)]);
    await expect(admin.query(`update identity.impersonation set ended_at = clock_timestamp(), ended_by = 'person' where id = $1`, [id.slice(4)])).rejects.toThrow(/has ended/);
  });
});
