// Links of mails, as the person meets them, and as somebody who has only the address, an old mail, or a copy of the database.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { until } from '#libs/testing';
import { IdentityWorld, OPERATOR, type Answer, type Credentials } from '../../../../test/builders/identity-world.js';
import { INVITATIONS_PER_DAY_MAX, LINKS_PER_HOUR_MAX } from '../limits.js';

jest.setTimeout(60_000);

let world: IdentityWorld;
let admin: pg.Client;
beforeAll(async () => {
  world = await IdentityWorld.create();
  admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await world.close();
});

type Someone = Credentials & Readonly<{ userId: string; organisationId: string }>;
/** Invited to a payer; with `joins` the password is chosen too. */
async function somebody({ joins }: { joins: boolean }): Promise<Someone> {
  const who = { email: `${uuidv7()}@payer.example`, name: 'Zoé Martin', password: 'a long password' };
  const organisation = { kind: 'payer', name: 'Ville témoin', partyId: `pyr_${uuidv7()}` };
  const { body: { organisationId } } = await world.command('/identity/organisations', await world.operator(), organisation);
  const { password: _, ...member } = who;
  const { body: { userId } } = await world.command('/identity/members', await world.operator(), { ...member, organisationId, roles: ['payer'] });
  if (joins) await world.accept(who);
  return { ...who, userId: String(userId), organisationId: String(organisationId) };
}
const choose = (link: string, password = 'a long password') => world.call('/identity/passwords', { body: { link, password } });
const look = (link: string) => world.call('/identity/links/looks', { body: { link } });
const ask = (email: string, purpose: string, from = uuidv7()) => world.call('/identity/links', { body: { email, purpose }, headers: { 'x-forwarded-for': from } });
const openBy = (link: string) => world.call('/identity/auth/sign-in/link', { body: { link } });
const codeOf = ({ body }: Answer) => body.code;
const subjects = (address: string) => world.mailsTo(address).map(({ subject }) => subject);
const cookieIn = ({ headers }: Answer) => headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');

describe('an invitation', () => {
  it('is mailed to who is invited, who chooses a password that nobody else knows, once', async () => {
    const { email, organisationId, userId } = await somebody({ joins: false });
    const link = await world.linkTo(email);
    const [mail] = world.mailsTo(email);
    expect(mail).toMatchObject({ subject: 'Ville témoin vous invite', text: expect.stringContaining(`http://127.0.0.1/invitation?link=${link}`) });
    expect((await world.signInFrom(email, 'a long password')).status).toBe(401);
    expect(await look(link)).toMatchObject({ status: 200, body: { purpose: 'invitation', email, name: 'Zoé Martin' } });
    expect((await choose(link, 'too short')).status).toBe(400);
    const [first, second] = await Promise.all([choose(link), choose(link, 'another password')]);
    expect([first.status, second.status].sort()).toEqual([201, 403]);
    const password = first.status === 201 ? 'a long password' : 'another password';
    expect((await world.signInFrom(email, password)).status).toBe(200);
    for (const answer of [await choose(link), await look(link)]) expect(codeOf(answer)).toBe('link_over');
    const again = { userId, organisationId };
    expect(codeOf(await world.command('/identity/members/invitations', await world.operator(), again))).toBe('invitation_over');
  });

  it('that is sent again opens by its newest link only; of somebody else nobody sends one', async () => {
    const { email, organisationId, userId } = await somebody({ joins: false });
    const old = await world.linkTo(email);
    const stranger = await world.bearerOf(await somebody({ joins: true }));
    const again = (bearer: string) => world.command('/identity/members/invitations', bearer, { userId, organisationId });
    expect(codeOf(await again(stranger))).toBe('member_not_found');
    expect((await again(await world.operator())).status).toBe(201);
    const link = await world.linkTo(email, 2);
    expect([codeOf(await choose(old)), (await choose(link)).status]).toEqual(['link_over', 201]);
  });

  it('opens for seven days, and nothing once it is withdrawn', async () => {
    const [late, withdrawn] = [await somebody({ joins: false }), await somebody({ joins: false })];
    const [lateLink, withdrawnLink] = [await world.linkTo(late.email), await world.linkTo(withdrawn.email)];
    const { rows: [row] } = await admin.query(
      `select extract(epoch from expires_at - made_at)::int as seconds from identity.mail_link where user_id = $1`, [late.userId.slice(4)]);
    expect(row.seconds).toBe(7 * 86_400);
    await admin.query(`update identity.mail_link set made_at = now() - interval '8 days', expires_at = now() - interval '1 second' where user_id = $1`, [late.userId.slice(4)]);
    const { userId, organisationId } = withdrawn;
    expect((await world.command('/identity/members/endings', await world.operator(), { userId, organisationId })).status).toBe(201);
    expect([codeOf(await choose(lateLink)), codeOf(await choose(withdrawnLink))]).toEqual(['link_over', 'link_over']);
  });

  it('to who has a password already is a mail without a link', async () => {
    const { email, name } = await somebody({ joins: true });
    const { body: { organisationId } } = await world.command('/identity/organisations', await world.operator(), { kind: 'auditor', name: 'Cabinet Faure' });
    await world.command('/identity/members', await world.operator(), { email, name, organisationId, roles: ['auditor'] });
    await until('the mail is there', async () => world.mailsTo(email).length === 2);
    expect(world.mailsTo(email)[1]).toMatchObject({ subject: 'Vous pouvez agir pour Cabinet Faure', text: expect.not.stringContaining('link=') });
  });
});

describe('a forgotten password', () => {
  it('is replaced by a link; every session ends, and the person is told', async () => {
    const person = await somebody({ joins: true });
    const cookie = await world.cookieOf(person);
    expect(await ask(person.email.toUpperCase(), 'password')).toMatchObject({ status: 202, body: { taken: true } });
    const link = await world.linkTo(person.email, 2);
    expect((await choose(link, 'a new long password')).status).toBe(201);
    expect((await world.tokenFor(cookie)).status).toBe(401);
    expect([(await world.signInFrom(person.email, person.password)).status, (await world.signInFrom(person.email, 'a new long password')).status]).toEqual([401, 200]);
    await until('the person is told', async () => subjects(person.email).includes('Votre mot de passe a changé'));
  });

  it('is answered alike for an address that nobody has, and mails nothing there', async () => {
    const person = await somebody({ joins: true });
    const [known, unknown] = [await ask(person.email, 'password'), await ask('nobody@payer.example', 'password')];
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    await world.linkTo(person.email, 2);
    expect(world.mailsTo('nobody@payer.example')).toEqual([]);
  });

  it('is not asked for without end, from one place or from many', async () => {
    const person = await somebody({ joins: true });
    const fromHere = [];
    for (let times = 0; times < 7; times += 1) fromHere.push((await ask('other@payer.example', 'password', '198.51.100.9')).status);
    expect(fromHere).toEqual([202, 202, 202, 202, 202, 429, 429]);
    for (let times = 0; times < LINKS_PER_HOUR_MAX + 3; times += 1) await ask(person.email, times % 2 ? 'password' : 'sign_in');
    await world.linkTo(person.email, 1 + LINKS_PER_HOUR_MAX);
    const { rows: [row] } = await admin.query(`select count(*)::int as count from identity.notice where account_id = $1 and name in ('password_forgotten', 'sign_in_asked')`, [person.userId.slice(4)]);
    expect(row.count).toBe(LINKS_PER_HOUR_MAX);
  });
});

describe('invitations', () => {
  it('reach one mailbox five times a day, by whichever of its addresses, and are refused beyond', async () => {
    const person = await somebody({ joins: false });
    const again = () => world.operator().then((bearer) => world.command('/identity/members/invitations', bearer, { userId: person.userId, organisationId: person.organisationId }));
    for (let times = 1; times < INVITATIONS_PER_DAY_MAX; times += 1) expect((await again()).status).toBe(201);
    expect([(await again()).status, codeOf(await again())]).toEqual([409, 'invitations_too_many']);
    const [name, domain] = person.email.split('@');
    const tagged = { organisationId: person.organisationId, name: 'Another', email: `${name}+2@${domain}`, roles: ['payer'] };
    expect(codeOf(await world.command('/identity/members', await world.operator(), tagged))).toBe('invitations_too_many');
    await world.linkTo(person.email, INVITATIONS_PER_DAY_MAX);
    await admin.query('set session_replication_role = replica');
    await admin.query(`update identity.notice set told_at = told_at - interval '25 hours' where account_id = $1`, [person.userId.slice(4)]);
    await admin.query('set session_replication_role = origin');
    expect((await again()).status).toBe(201);
  });
});

describe('a link to sign in', () => {
  it('is mailed again as it is where it is asked for again, so that nobody ends it by asking; and replaced shortly before its end', async () => {
    const person = await somebody({ joins: true });
    await ask(person.email, 'sign_in');
    const link = await world.linkTo(person.email, 2);
    await ask(person.email, 'sign_in');
    expect(await world.linkTo(person.email, 3)).toBe(link);
    await admin.query('set session_replication_role = replica');
    await admin.query(`update identity.mail_link set expires_at = now() + interval '4 minutes' where id = $1`, [link.split('.')[0]]);
    await admin.query('set session_replication_role = origin');
    await ask(person.email, 'sign_in');
    const other = await world.linkTo(person.email, 4);
    expect(other).not.toBe(link);
    expect([codeOf(await openBy(link)), (await openBy(other)).status]).toEqual(['link_over', 200]);
  });

  it('opens a session once, and is good for nothing else', async () => {
    const person = await somebody({ joins: true });
    await ask(person.email, 'sign_in');
    const link = await world.linkTo(person.email, 2);
    expect(codeOf(await choose(link))).toBe('link_over');
    const opened = await openBy(link);
    expect([opened.status, (await world.tokenFor(cookieIn(opened))).status]).toEqual([200, 200]);
    expect(codeOf(await openBy(link))).toBe('link_over');
    const password = await (async () => { await ask(person.email, 'password'); return world.linkTo(person.email, 3); })();
    expect(codeOf(await openBy(password))).toBe('link_over');
  });

  it('is not enough for staff, whose second factor is asked all the same', async () => {
    await world.operator();
    await ask(OPERATOR.email, 'sign_in');
    const opened = await openBy(await world.linkTo(OPERATOR.email));
    expect(await world.tokenFor(cookieIn(opened))).toMatchObject({ status: 403, body: { code: 'second_factor_asked' } });
  });
});

describe('the database', () => {
  it('holds nothing by which a link could be made, and lets none be used twice or too late', async () => {
    const { email, userId } = await somebody({ joins: false });
    const link = await world.linkTo(email);
    const [linkId, secret] = link.split('.') as [string, string];
    const { rows } = await admin.query(`select l::text || coalesce((select string_agg(n::text, '') from identity.notice n where n.link_id = l.id), '') as row
      from identity.mail_link l where user_id = $1`, [userId.slice(4)]);
    expect(rows[0].row).toContain(linkId);
    expect(rows[0].row).not.toContain(secret);
    for (const forged of [`${linkId}.${'A'.repeat(32)}`, `${uuidv7()}.${secret}`, linkId, `${link}x`]) expect(codeOf(await choose(forged))).toBe('link_over');
    const late = admin.query(`update identity.mail_link set ended_at = expires_at + interval '1 second', ending = 'used' where id = $1`, [linkId]);
    await expect(late).rejects.toMatchObject({ code: '23514' });
    await admin.query(`update identity.mail_link set ended_at = now(), ending = 'used' where id = $1`, [linkId]);
    await expect(admin.query(`update identity.mail_link set ended_at = null, ending = null where id = $1`, [linkId])).rejects.toMatchObject({ code: '23514' });
  });
});

describe('identity', () => {
  it('logged no fault and no link in all of this', () => {
    expect(world.logged).toEqual([]);
  });
});
