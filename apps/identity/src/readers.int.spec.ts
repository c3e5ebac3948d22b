// What the database itself shows to whoever reads identity for an organisation or a person, whatever the query above it forgot to ask.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { readAs } from '#libs/persistence';
import { IdentityWorld } from '../../../test/builders/identity-world.js';
import { tablesAsRead, tablesOfNobody } from '../../../test/builders/readers.js';
import { IdentityWork } from './identity.work.js';

jest.setTimeout(120_000);

const plain = (id: unknown): string => String(id).slice(4);
type Member = Readonly<{ organisationId: string; userId: string; bearer: string }>;
let world: IdentityWorld;
let work: IdentityWork;
let [own, other]: Member[] = [];

/** An organisation with one member, who made a key and keeps a view. */
async function member(): Promise<Member> {
  const { body } = await world.command('/identity/organisations', await world.operator(), { kind: 'place', name: 'A place', partyId: `plc_${uuidv7()}` });
  const organisationId = String(body['organisationId']);
  const who = { email: `${uuidv7()}@team.example`, name: 'A manager', password: 'a long password' };
  const userId = await world.join({ ...who, organisationId, roles: ['manager'] });
  const bearer = await world.bearerOf(who);
  expect((await world.command('/identity/api-keys', bearer, { label: 'Our program', scopes: ['redemptions.read'], days: 30 })).status).toBe(201);
  expect((await world.command('/identity/me/notice-choice', bearer, { language: 'fr', optional: true })).status).toBeLessThan(300);
  return { organisationId: plain(organisationId), userId: plain(userId), bearer };
}

beforeAll(async () => {
  world = await IdentityWorld.create();
  work = world.app.get(IdentityWork, { strict: false });
  [own, other] = [await member(), await member()];
});
afterAll(() => world.close());

const listed = async (path: string, bearer: string) => (await world.call(path, { method: 'GET', headers: { authorization: bearer } })).body;

describe('a reader', () => {
  it('of an organisation or of its member sees no row that another one sees, of any table, and nothing for nobody', async () => {
    const sideOf = ({ organisationId, userId }: Member): string[] => [organisationId, userId];
    const { wrong, seen } = await tablesAsRead(work, { own: sideOf(own!), other: sideOf(other!) });
    expect(wrong).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(['api_key', 'mail_link', 'membership', 'notice_choice', 'organisation', 'session', 'user']));
  });

  it('may read none without a policy, but whether somebody has a password and a second factor', async () => {
    expect(await tablesOfNobody(work)).toEqual(['sign_in_means']);
  });

  it.each(['identity.credential', 'identity.verification'])('may not read %s at all', async (table) => {
    await expect(readAs(work, own!.organisationId, (sql) => sql.$queryRawUnsafe(`select 1 from ${table}`))).rejects.toThrow('permission denied');
  });

  it.each([['session', 'token'], ['api_key', 'key_sha256'], ['mail_link', 'key_id']])('may not read of %s its %s', async (table, column) => {
    await expect(readAs(work, own!.userId, (sql) => sql.$queryRawUnsafe(`select ${column} from identity.${table}`))).rejects.toThrow('permission denied');
  });

  it('has its people, its keys and its own settings as before', async () => {
    expect(await listed('/identity/members', own!.bearer)).toMatchObject({ items: [{ name: 'A manager', state: 'in_force' }] });
    expect(await listed('/identity/api-keys', own!.bearer)).toMatchObject({ items: [{ label: 'Our program', madeBy: 'A manager' }] });
    expect(await listed('/identity/me/notice-choice', own!.bearer)).toMatchObject({ language: 'fr', optional: true });
    expect(await listed('/identity/me', own!.bearer)).toMatchObject({ memberships: [{ kind: 'place' }] });
  });
});
