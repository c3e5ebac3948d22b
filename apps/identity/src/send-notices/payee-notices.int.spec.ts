// Notices to places (a bank account, changed fees, documents, a yearly charge) and of findings against a real database: whom they
// reach, once, in whose language; that nobody has declined them, by whatever means; and what the tables refuse.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import {
  FeeChangeAnnouncedV1, FindingFollowedV1, PAYEE_DOCUMENTS, PayeeBankChangedV1, PayeeDocumentsIssuedV1, PlaceChargeAnnouncedV1,
  type BodyOf, type Contract,
} from '#libs/contracts';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import type { Mail, MailMessage } from '#libs/mail';
import { poolConfig } from '#libs/persistence';
import { fixedClock, testDatabase, type TestDatabase } from '#libs/testing';
import { PrismaClient } from '../../../../prisma/generated/identity/client.js';
import { IdentityWork } from '../identity.work.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import { NoticeSender } from './notice-sender.js';
import type { MeanNotice } from './send-notices.command.js';
import { noticeConsumers } from './send-notices.consumer.js';
import { MeanNoticeHandler } from './send-notices.handler.js';

type Told = BodyOf<typeof PayeeBankChangedV1>;
const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent', signs: [] });
const SENDER = { baseUrl: 'https://rail.example', links: new MailLinkDesk(keyring) };
let database: TestDatabase;
let admin: pg.Client;
let works: IdentityWork[];
let taken: MailMessage[];
/** Two processes. */
let senders: NoticeSender[];

beforeAll(async () => {
  database = await testDatabase();
  const clock = fixedClock('2026-04-02T08:00:00.000Z');
  works = [1, 2].map(() => new IdentityWork(
    new PrismaClient({ adapter: new PrismaPg(poolConfig(database.urlFor('identity'), 'test')) }), { schema: 'identity', clock, ids: { next: () => uuidv7() } }));
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
beforeEach(() => {
  taken = [];
  const server = { send: async (message: MailMessage) => { taken.push(message); return { kind: 'taken', messageId: message.idempotencyKey } as const; } };
  senders = works.map((work) => new NoticeSender(work, server as unknown as Mail, SENDER));
});
afterAll(async () => {
  await Promise.all([admin.end(), ...works.map((work) => work.client.$disconnect())]);
  await database.drop();
});

type Someone = Readonly<{ userId?: string; email: string; role?: 'till' | 'manager'; language?: string; optional?: boolean }>;
async function placeOf(...people: readonly Someone[]): Promise<string> {
  const [placeId, organisationId] = [uuidv7(), uuidv7()];
  await admin.query(`insert into identity.organisation (id, kind, name, party_id, created_by) values ($1, 'place', 'A place', $2, 'test')`, [organisationId, placeId]);
  for (const { userId = uuidv7(), email, role = 'till', language, optional = true } of people) {
    await admin.query(`insert into identity."user" (id, name, email) values ($1, 'A person', $2) on conflict do nothing`, [userId, email]);
    await admin.query(`insert into identity.membership (user_id, organisation_id, kind, roles, created_by) values ($1, $2, 'place', array[$3], 'test')`, [userId, organisationId, role]);
    if (language) await admin.query(`insert into identity.notice_choice values ($1, $2, $3, now())`, [userId, language, optional]);
  }
  return placeId;
}
const change = (places: readonly string[], over: Partial<Told> = {}): Told =>
  ({ ...PayeeBankChangedV1.sample, payeeId: uuidv7(), ...over, places: [...places] });
/** As the consumer host takes the message; a second one with the same body is the relay's repetition under another id. */
const mean = (body: Told) => take(PayeeBankChangedV1, body);
async function take<C extends Contract>(contract: C, body: BodyOf<C>): Promise<void> {
  const actor = { kind: 'service', id: 'test' } as const;
  const handler = new MeanNoticeHandler(works[0]!, senders[0]!);
  const commands = { execute: (command: MeanNotice) => handler.execute(command) } as unknown as CommandBus;
  const consumer = noticeConsumers(commands).find(({ type }) => type === contract.type)!;
  const message = {
    id: uuidv7(), seq: 1, type: contract.type, subject: 'test', subjectVersion: 1, occurredAt: '2026-04-02T08:00:00.000Z',
    causationId: null, correlationId: 'test', actor, body: contract.schema.parse(body),
  };
  await works[0]!.transaction({ actor, correlationId: 'test', causationId: null }, async (tx) => {
    await consumer.take(message, tx.as({ ...tx.origin, message }), 'settlement');
  });
}
const send = (sender = senders[0]!) => sender.sendAll(() => false, () => undefined);
const to = (email: string) => taken.filter((message) => message.to === email);
const addressOf = (name: string) => `${name}@${uuidv7()}.example`;
const noticesOf = async (payeeId: string) => (await admin.query<{ id: string; name: string }>(
  'select id, name from identity.notice where payee_id = $1 order by told_at, id', [payeeId])).rows;
const refused = (sql: string, values: unknown[]) => admin.query(sql, values).then(() => 'taken', (error: unknown) => (error as { constraint?: string; code: string }).constraint ?? (error as { code: string }).code);

describe('a notice of a changed bank account', () => {
  it('reaches every person of every place of the payee once, in the language that they chose, however often it is told', async () => {
    const [till, manager, both] = ['till', 'manager', 'both'].map(addressOf) as [string, string, string];
    const userId = uuidv7();
    const stranger = addressOf('stranger');
    await placeOf({ email: stranger });
    const told = change([
      await placeOf({ email: till }, { email: manager, role: 'manager', language: 'en' }, { userId, email: both }), await placeOf({ userId, email: both }),
    ]);
    await Promise.all([mean(told), mean(told)]);
    await Promise.all([...senders, ...senders].map(send));
    await mean(told);
    await send();
    expect([to(till), to(manager), to(both), to(stranger)].map((mails) => mails.length)).toEqual([1, 1, 1, 0]);
    expect(to(till)[0]!.text).toContain('a demandé de changer le compte bancaire sur lequel « Commune de Saint-Fictif » est payé');
    expect(to(manager)[0]!.text).toContain('to change the bank account to which "Commune de Saint-Fictif" is paid');
    for (const { text } of taken) expect(text).toMatch(/72.(heures|hours)/);
    expect(await noticesOf(told.payeeId)).toHaveLength(1);
  });

  it('is one per step and version, and one for all messages of a payee with many places', async () => {
    const [one, two] = [addressOf('one'), addressOf('two')];
    const [first, second] = [await placeOf({ email: one }), await placeOf({ email: two })];
    const told = change([first]);
    for (const places of [[first], [second]]) await mean({ ...told, places });
    for (const over of [{ step: 'approved' }, { bankVersion: 3 }] as const) await mean({ ...told, ...over });
    await send();
    expect((await noticesOf(told.payeeId)).map(({ name }) => name).sort()).toEqual(['bank_change_proposed', 'bank_change_proposed', 'bank_changed']);
    expect([to(one).length, to(two).length]).toEqual([3, 1]);
    expect(new Set(taken.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(4);
  });

  it('is of a Stripe account by that name, and beside one of a bank account with the same number', async () => {
    const email = addressOf('stripe');
    const told = change([await placeOf({ email })], { bankVersion: 1, step: 'approved' });
    await mean(told);
    for (const step of ['proposed', 'approved'] as const) await mean({ ...told, step, rail: 'stripe', leadsAway: true });
    await send();
    expect((await noticesOf(told.payeeId)).map(({ name }) => name).sort()).toEqual(['bank_account_approved', 'bank_change_proposed', 'bank_changed']);
    expect(to(email).map(({ text }) => /compte (bancaire|Stripe)/.exec(text)?.[1]).sort()).toEqual(['Stripe', 'Stripe', 'bancaire']);
  });

  it('is declined by nobody, neither by a choice nor in the database', async () => {
    const email = addressOf('declines');
    const told = change([await placeOf({ email, language: 'fr', optional: false })]);
    for (const over of [{}, { step: 'approved' }, { step: 'approved', bankVersion: 1 }] as const) await mean({ ...told, ...over });
    const { rows } = await admin.query<{ id: string }>(
      'select m.id from identity.notice_mail m join identity.notice n on n.id = m.notice_id where n.payee_id = $1', [told.payeeId]);
    expect(rows).toHaveLength(3);
    for (const { id } of rows) expect(await refused(`insert into identity.notice_outcome values ($1, 'declined', null, null, now())`, [id])).toBe('23514');
    await send();
    expect(to(email)).toHaveLength(3);
  });

  it('to a place in which nobody can sign in is kept as one that nobody got', async () => {
    const told = change([await placeOf()]);
    await mean(told);
    const { rows } = await admin.query('select kind, people from identity.notice_party p join identity.notice n on n.id = p.notice_id where n.payee_id = $1', [told.payeeId]);
    expect(rows).toEqual([{ kind: 'place', people: 0 }]);
  });
});

describe('a notice of changed fees', () => {
  it('reaches the people of the places of the programme once, also those who declined what asks nothing', async () => {
    const [till, declines, other] = ['till', 'declines', 'other'].map(addressOf) as [string, string, string];
    const change = {
      ...FeeChangeAnnouncedV1.sample, programmeId: uuidv7(),
      places: [await placeOf({ email: till }), await placeOf({ email: declines, language: 'en', optional: false })],
    };
    await placeOf({ email: other });
    // In two messages, of which one comes twice.
    for (const places of [[change.places[0]!], change.places, change.places]) await take(FeeChangeAnnouncedV1, { ...change, places });
    await Promise.all(senders.map(send));
    expect([till, declines, other].map((email) => to(email).length)).toEqual([1, 1, 0]);
    expect(to(till)[0]!.subject.replaceAll('\u00a0', ' ')).toBe('Numérique pour tous : les frais changent le 1er juin 2026');
    expect(to(declines)[0]!.text).toContain('€96.60 are yours');
    const { rows } = await admin.query('select name, fee_rule_version, fee_rates from identity.notice where programme_id = $1', [change.programmeId]);
    expect(rows).toEqual([{ name: 'fee_rule_changed', fee_rule_version: 2, fee_rates: { before: change.before, after: change.after } }]);
  });
});

describe('a notice of documents', () => {
  it('reaches each person once per document, however often it is told, and only statements can be declined', async () => {
    const [all, declines] = ['all', 'declines'].map(addressOf) as [string, string];
    const places = [await placeOf({ email: all }, { email: declines, language: 'en', optional: false })];
    const [sample] = PayeeDocumentsIssuedV1.sample.documents;
    const documents = PAYEE_DOCUMENTS.map((kind) => ({ ...sample!, kind, documentId: uuidv7(), payeeId: uuidv7(), places }));
    for (let times = 0; times < 2; times += 1) await take(PayeeDocumentsIssuedV1, { documents, currency: 'EUR' });
    await Promise.all(senders.map(send));
    expect([to(all).length, to(declines).length]).toEqual([4, 3]);
    expect(to(declines).some(({ subject }) => subject.includes('statement'))).toBe(false);
    expect(to(all).every(({ text }) => text.includes('https://rail.example'))).toBe(true);
    const mailOf = `(select m.id from identity.notice_mail m join identity.notice n on n.id = m.notice_id where n.document_id = $1 limit 1)`;
    const decline = (documentId: string) => refused(
      `with gone as (select ${mailOf} as id) insert into identity.notice_outcome select id, 'declined', null, null, now() from gone`, [documentId]);
    expect(await decline(documents[1]!.documentId)).toBe('23514');
  });
});

describe('a notice of a yearly charge', () => {
  it('reaches the people of the places once, also those who declined what asks nothing', async () => {
    const declines = addressOf('declines');
    const charge = { ...PlaceChargeAnnouncedV1.sample, places: [await placeOf({ email: declines, optional: false, language: 'fr' })] };
    for (let times = 0; times < 2; times += 1) await take(PlaceChargeAnnouncedV1, charge);
    await Promise.all(senders.map(send));
    expect(to(declines).map(({ subject }) => subject.replaceAll('\u00a0', ' '))).toEqual(['Frais annuels à partir du 1er novembre 2026']);
  });
});

describe('a notice of a finding', () => {
  /** Of one person, who has declined what asks nothing. */
  async function bodyOf(kind: 'operator' | 'auditor', email: string): Promise<string> {
    const [organisationId, userId] = [uuidv7(), uuidv7()];
    await admin.query(`insert into identity.organisation (id, kind, name, created_by) values ($1, $2, 'A body', 'test')`, [organisationId, kind]);
    await admin.query(`insert into identity."user" (id, name, email) values ($1, 'A person', $2)`, [userId, email]);
    await admin.query(`insert into identity.membership (user_id, organisation_id, kind, roles, created_by) values ($1, $2, $3, array[$3], 'test')`, [userId, organisationId, kind]);
    if (kind === 'operator') await admin.query(`insert into identity.membership_confirmation values ($1, $2, 'machine', now())`, [userId, organisationId]);
    await admin.query(`insert into identity.notice_choice values ($1, 'en', false, now())`, [userId]);
    return organisationId;
  }

  it('reaches whom it is addressed to, and of a reply the auditing body, once per step', async () => {
    const [place, operator, auditor, stranger] = ['place', 'operator', 'auditor', 'stranger'].map(addressOf) as [string, string, string, string];
    const partyId = await placeOf({ email: place });
    await placeOf({ email: stranger });
    await bodyOf('operator', operator);
    const organisationId = await bodyOf('auditor', auditor);
    const told = { ...FindingFollowedV1.sample, findingId: uuidv7(), reader: { kind: 'place' as const, partyId } };
    for (const body of [told, told, { ...told, version: 2, step: 'replied' as const, reader: { kind: 'auditor' as const, organisationId } },
      { ...told, findingId: uuidv7(), severity: 'critical' as const, reader: { kind: 'operator' as const } }]) await take(FindingFollowedV1, body);
    await Promise.all(senders.map(send));
    expect([place, operator, auditor, stranger].map((email) => to(email).length)).toEqual([1, 1, 1, 0]);
    expect(to(place)[0]!.subject).toBe('Un constat d’audit (majeur) vous est adressé');
    expect(to(place)[0]!.text).toContain('30 avril 2026');
    expect(to(operator)[0]!.subject).toBe('An audit finding (critical) is addressed to you');
    expect(to(auditor)[0]!.subject).toBe('Your finding was answered');
  });
});

describe('the table of notices', () => {
  const insert = (columns: string, ...values: unknown[]) =>
    refused(`insert into identity.notice (id, told_at, ${columns}) values (gen_random_uuid(), now(), ${values.map((_, at) => `$${at + 1}`).join(', ')})`, values);
  const PAYEE = 'name, payee_id, payee_name, bank_version, cooling_off_hours';

  it.each<[string, string, unknown[]]>([
    ['an account without a version', 'name, payee_id, payee_name, cooling_off_hours', ['bank_changed', uuidv7(), 'Commune', 72]],
    ['a vintage of a payee', PAYEE, ['sign_off_due', uuidv7(), 'Commune', 2, 72]],
    ['a vintage without a programme', 'name, usable_until, claimable_until', ['sign_off_due', '2026-12-31', '2027-01-31']],
    ['both at once', `${PAYEE}, programme_id`, ['bank_changed', uuidv7(), 'Commune', 2, 72, uuidv7()]],
    ['a later version that changes none', PAYEE, ['bank_account_approved', uuidv7(), 'Commune', 2, 0]],
    ['fees of a payee', PAYEE, ['fee_rule_changed', uuidv7(), 'Commune', 2, 72]],
    ['fees without their rates', 'name, programme_id, programme_name, fee_rule_version, fee_from', ['fee_rule_changed', uuidv7(), 'Pass', 2, '2026-06-01']],
    ['a factor of nobody', 'name', ['second_factor_begun']],
    ['a finding without its day', 'name, finding_id, finding_version, finding_severity', ['finding_raised', uuidv7(), 1, 'major']],
    ['a finding of a payee', PAYEE, ['finding_raised', uuidv7(), 'Commune', 2, 72]],
    ['a name that is none', PAYEE, ['bank_robbed', uuidv7(), 'Commune', 2, 72]],
  ])('refuses %s', async (_name, columns, values) => {
    expect(await insert(columns, ...values)).toBe('notice_is_of_one_thing');
  });

  it('refuses one of a payee for a payer, one of a vintage for a place, and the same a second time', async () => {
    const payeeId = uuidv7();
    expect(await insert(PAYEE, 'bank_changed', payeeId, 'Commune', 2, 72)).toBe('taken');
    expect(await insert(PAYEE, 'bank_changed', payeeId, 'Commune', 2, 72)).toBe('payee_notice_once');
    const vintage = uuidv7();
    await admin.query(`insert into identity.notice (id, told_at, name, programme_id, programme_name, usable_until, claimable_until)
      values ($1, now(), 'sign_off_due', $1, 'Pass', '2026-12-31', '2027-01-31')`, [vintage]);
    const [{ id } = { id: '' }] = await noticesOf(payeeId);
    const party = (noticeId: string, kind: string) => refused(`insert into identity.notice_party values ($1, $2, gen_random_uuid(), 1, now())`, [noticeId, kind]);
    expect([await party(id, 'payer'), await party(vintage, 'place'), await party(id, 'place'), await party(vintage, 'payer')]).toEqual(['23514', '23514', 'taken', 'taken']);
    const userId = uuidv7();
    await admin.query(`insert into identity."user" (id, name, email) values ($1, 'A person', $2)`, [userId, addressOf('kind')]);
    const mail = (noticeId: string, kind: string) => refused(
      `insert into identity.notice_mail values (gen_random_uuid(), $1, $2, $3, 'a@b.example', 'fr', now(), 0, now())`, [noticeId, userId, kind]);
    expect([await mail(id, 'distributor'), await mail(vintage, 'place'), await mail(id, 'place'), await mail(vintage, 'distributor')]).toEqual(['23514', '23514', 'taken', 'taken']);
  });
});
