// Notices against a real database: whom they reach, once, in whose language, and what a mail server that is away, or a
// process that dies, must not change.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { VintageNoticeDueV1 } from '#libs/contracts';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { FileMail, type Mail, type MailMessage } from '#libs/mail';
import { poolConfig } from '#libs/persistence';
import { fixedClock, testDatabase, type MovableClock, type TestDatabase } from '#libs/testing';
import { PrismaClient } from '../../../../prisma/generated/identity/client.js';
import { IdentityWork } from '../identity.work.js';
import type { Notice, VintageNotice } from './notice.decision.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import { NoticeSender } from './notice-sender.js';
import { MeanNotice } from './send-notices.command.js';
import { MeanNoticeHandler } from './send-notices.handler.js';

const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: [] });
const SENDER = { baseUrl: 'https://rail.example', links: new MailLinkDesk(keyring) };
let database: TestDatabase;
let admin: pg.Client;
let works: IdentityWork[];
let clock: MovableClock;
let folder: string;
let mail: FileMail;
/** Two processes. */
let senders: NoticeSender[];

beforeAll(async () => {
  database = await testDatabase();
  clock = fixedClock('2026-12-16T09:00:00.000Z');
  works = [1, 2].map(() => new IdentityWork(
    new PrismaClient({ adapter: new PrismaPg(poolConfig(database.urlFor('identity'), 'test')) }), { schema: 'identity', clock, ids: { next: () => uuidv7() } }));
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mereau-notices-'));
  mail = new FileMail({ folder, from: 'notices@mereau.example', now: () => new Date('2026-12-16T09:00:00Z') });
  senders = works.map((work) => new NoticeSender(work, mail, SENDER));
});
afterAll(async () => {
  await Promise.all([admin.end(), ...works.map((work) => work.client.$disconnect())]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Party = VintageNotice['parties'][number];
const partyOf = async (kind: Party['kind'], ...people: readonly Readonly<{ email?: string; language?: string; optional?: boolean; userId?: string }>[]): Promise<Party> => {
  const [partyId, organisationId] = [uuidv7(), uuidv7()];
  await admin.query(`insert into identity.organisation (id, kind, name, party_id, created_by) values ($1, $2, 'An organisation', $3, 'test')`, [organisationId, kind, partyId]);
  for (const { userId = uuidv7(), email = `${userId}@party.example`, language, optional = true } of people) {
    await admin.query(`insert into identity."user" (id, name, email) values ($1, 'A person', $2) on conflict do nothing`, [userId, email]);
    await admin.query(`insert into identity.membership (user_id, organisation_id, kind, roles, created_by) values ($1, $2, $3, array[$3], 'test')`, [userId, organisationId, kind]);
    if (language) await admin.query(`insert into identity.notice_choice values ($1, $2, $3, now())`, [userId, language, optional]);
  }
  return { kind, partyId };
};
const notice = (parties: readonly Party[], over: Partial<VintageNotice> = {}): VintageNotice =>
  ({ ...VintageNoticeDueV1.sample, programmeId: uuidv7(), ...over, parties: [...parties] });
const mean = async (body: Notice) => new MeanNoticeHandler(works[0]!, senders[0]!).execute(
  new MeanNotice(body, { kind: 'process', name: 'test', correlationId: 'test' } as never));
const send = (sender = senders[0]!) => sender.sendAll(() => false, () => undefined);
const mails = () => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
const to = (address: string) => mails().filter((source) => source.includes(`To: ${address}\r\n`));
const outcomes = async (programmeId: string) => (await admin.query<{ outcome: string; code: string | null }>(
  `select coalesce(o.outcome, 'waiting') as outcome, o.code from identity.notice_mail m join identity.notice n on n.id = m.notice_id
   left join identity.notice_outcome o on o.mail_id = m.id where n.programme_id = $1 order by m.meant_at, m.id`, [programmeId])).rows.map(({ outcome }) => outcome);

describe('a notice', () => {
  it('reaches each person of each party once, in the language that they chose, however often and by whomever it is told', async () => {
    const both = uuidv7();
    const body = notice([
      await partyOf('payer', { email: 'fr@party.example' }, { email: 'en@party.example', language: 'en' }, { userId: both, email: 'both@party.example' }),
      await partyOf('distributor', { userId: both, email: 'both@party.example' }),
    ]);
    await mean(body);
    await mean(body);
    await Promise.all([...senders, ...senders].map(send));
    await mean({ ...body, programmeName: 'Another batch of the vintage' });
    await send();
    expect(mails()).toHaveLength(3);
    const text = (address: string) => { expect(to(address)).toHaveLength(1); return to(address)[0]!; };
    expect(text('fr@party.example')).toContain('Veuillez valider');
    expect(text('en@party.example')).toContain('Please sign off');
    expect(text('both@party.example')).toContain('https://rail.example');
    expect(await outcomes(body.programmeId)).toEqual(['taken', 'taken', 'taken']);
  });

  it('to many people is handed to the server once each, by eight rivals at a time', async () => {
    const asked: string[] = [];
    const counting = { send: async (message: MailMessage) => { asked.push(message.to); return { kind: 'taken', messageId: message.to } as const; } };
    const rivals = [...works, ...works, ...works, ...works].map((work) => new NoticeSender(work, counting as unknown as Mail, SENDER));
    const body = notice([await partyOf('payer', ...Array.from({ length: 200 }, () => ({})))]);
    await mean(body);
    await Promise.all(rivals.map(send));
    expect([asked.length, new Set(asked).size]).toEqual([200, 200]);
    expect(await outcomes(body.programmeId)).toEqual(Array.from({ length: 200 }, () => 'taken'));
  });

  it('that asks nothing is not sent to who declined it, and one that asks to act is', async () => {
    const party = await partyOf('payer', { language: 'fr', optional: false });
    const told = notice([party], { notice: 'ends_in_thirty_days' });
    await mean(told);
    await mean({ ...told, notice: 'sign_off_due' });
    await send();
    expect(await outcomes(told.programmeId)).toEqual(['declined', 'taken']);
    const [{ rows: [first] }] = [await admin.query<{ id: string }>(
      `select m.id from identity.notice_mail m join identity.notice n on n.id = m.notice_id where n.programme_id = $1 and n.name = 'sign_off_due'`, [told.programmeId])];
    await admin.query('begin; set local session_replication_role = replica');
    await admin.query('delete from identity.notice_outcome where mail_id = $1', [first!.id]);
    await admin.query('commit');
    await expect(admin.query(`insert into identity.notice_outcome values ($1, 'declined', null, null, now())`, [first!.id])).rejects.toMatchObject({ code: '23514' });
    await send();
    expect(mails()).toHaveLength(1);
  });

  it('of another end of the same programme is another notice', async () => {
    const party = await partyOf('payer', {});
    const first = notice([party]);
    await mean(first);
    await mean({ ...first, usableUntil: '2027-06-30', claimableUntil: '2027-07-31' });
    await send();
    expect(mails()).toHaveLength(2);
  });

  it('to a party in which nobody can sign in is kept as one that nobody got', async () => {
    const body = notice([await partyOf('distributor')]);
    await mean(body);
    const { rows } = await admin.query('select p.people from identity.notice_party p join identity.notice n on n.id = p.notice_id where n.programme_id = $1', [body.programmeId]);
    expect(rows).toEqual([{ people: 0 }]);
  });
});

describe('a mail server', () => {
  /** Away for some tries, then there; refuses one address for good. */
  class Moody implements Pick<Mail, 'send'> {
    readonly asked: MailMessage[] = [];
    constructor(private away: number) {}
    async send(message: MailMessage) {
      this.asked.push(message);
      if ((this.away -= 1) >= 0) throw new Error('away');
      if (message.to.startsWith('never')) return { kind: 'rejected', code: 'recipient_refused', details: {} } as const;
      return mail.send(message);
    }
  }

  it('that is away is asked again later, under the same key, and one look asks it once', async () => {
    const [server, failed] = [new Moody(2), [] as unknown[]];
    const sender = new NoticeSender(works[0]!, server as unknown as Mail, SENDER);
    const body = notice([await partyOf('payer', { email: 'one@later.example' }, { email: 'two@later.example' })]);
    await mean(body);
    const look = () => sender.sendAll(() => false, (error) => failed.push(error));
    expect(await look()).toBe('server away');
    expect(await look()).toBe('server away');
    expect([server.asked.length, failed.length, mails().length]).toEqual([2, 2, 0]);
    expect(await look()).toBe('nothing left');
    expect(mails()).toHaveLength(0);
    clock.set('2026-12-16T09:02:00.000Z');
    expect(await look()).toBe('nothing left');
    expect(await outcomes(body.programmeId)).toEqual(['taken', 'taken']);
    const keys = server.asked.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('that never takes an address is told so once', async () => {
    const server = new Moody(0);
    const sender = new NoticeSender(works[0]!, server as unknown as Mail, SENDER);
    const body = notice([await partyOf('payer', { email: 'never@refused.example' })]);
    await mean(body);
    await sender.sendAll(() => false, () => undefined);
    await sender.sendAll(() => false, () => undefined);
    expect([server.asked.length, await outcomes(body.programmeId)]).toEqual([1, ['refused']]);
  });

  it('keeps one mail where a process dies after the server took it and before that was noted', async () => {
    const body = notice([await partyOf('payer', { email: 'killed@once.example' })]);
    await mean(body);
    const dying = { send: async (message: MailMessage) => { await mail.send(message); throw new Error('killed'); } };
    await new NoticeSender(works[0]!, dying as unknown as Mail, SENDER).sendAll(() => false, () => undefined);
    expect(await outcomes(body.programmeId)).toEqual(['waiting']);
    clock.set('2026-12-16T10:02:00.000Z');
    await send();
    expect([to('killed@once.example').length, await outcomes(body.programmeId)]).toEqual([1, ['taken']]);
  });
});
