// The ledgers say each minute what they come to, and audit holds it against its own copy of the events. A short life is played, then a
// superuser plants a fault in each pair of ledgers.
// Goal: whatever is dropped, added or altered is found, by its event; settlement lets no money go until it is mended.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { TallyPublisher } from '#libs/control-totals';
import { CATALOGUE, inspect } from '#libs/invariants';
import { poolConfig, UnitOfWork, type SqlClient } from '#libs/persistence';
import { until } from '#libs/testing';
import { PrismaClient } from '../../prisma/generated/redemption/client.js';
import { OneProcess, person, type Order } from './one-process.js';

const LEDGERS = ['issuance', 'redemption', 'settlement'] as const;
const CROSSING = CATALOGUE.filter(({ tier }) => tier === 'crossing');
type Difference = Readonly<{
  ledger: string; account: string; saidCount: number; saidCents: number; event: string | null; ledgerSays: string;
}>;

let scheme: OneProcess;
let admin: pg.Client;
let order: Order;
beforeAll(async () => {
  scheme = await OneProcess.open({ start: '2026-12-28T10:00:00.000Z', usableUntil: '2026-12-31', claimableUntil: '2027-01-02' });
  admin = new pg.Client({ connectionString: scheme.database.adminUrl });
  await admin.connect();
  const { council, city } = scheme;
  order = await scheme.orderOf('refund', 7, [{ payerId: council, basisPoints: 6_667 }, { payerId: city, basisPoints: 3_333 }]);
  for (const index of [0, 1, 2]) expect((await scheme.redeem(order, index)).status).toBe(201);
  await scheme.quiet();
}, 240_000);
afterAll(async () => {
  await admin?.end();
  await scheme?.close();
}, 60_000);

const rows = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => (await admin.query<T>(sql)).rows;
const differences = async () => (await scheme.get<{ differences: Difference[] }>('/audit/differences')).differences;
/** All of it is counted anew, told, and compared. */
async function compareNow(): Promise<Difference[]> {
  for (const ledger of LEDGERS) await scheme.post(`/${ledger}/control-totals`);
  await until('audit has compared what was told last', async () => (await rows<{ open: number }>(LEDGERS.map((ledger) =>
    `select s.number - coalesce((select number from audit.compared_announcement where ledger = '${ledger}'), 0) as open from ${ledger}.ledger_tally_state s`)
    .join(' union all '))).every(({ open }) => open === 0), 60_000);
  return differences();
}
/** As a superuser whom no trigger stops. */
const tamper = (sql: string) => admin.query(`begin; set local session_replication_role = replica; ${sql}; commit`);
const broken = async () => (await inspect(scheme.database.urlFor('audit'), CROSSING)).broken.map(({ invariant }) => invariant).sort();

describe('ledgers that nobody touched', () => {
  it('are what their events say', async () => {
    expect(await compareNow()).toEqual([]);
    expect(await broken()).toEqual([]);
    const compared = await rows<{ ledger: string; account: string }>('select distinct ledger, account from audit.compared_tally where said_count > 0 and said_count = restated_count');
    for (const [a, b] of [['issuance', 'redemption'], ['issuance', 'settlement'], ['redemption', 'settlement']]) {
      expect(compared).toContainEqual({ ledger: a, account: `clearing:${b}` });
      expect(compared).toContainEqual({ ledger: b, account: `clearing:${a}` });
    }
  }, 120_000);

  it('are added to from message to message, and come to the same', async () => {
    const lastNumber = async () => (await rows<{ number: number }>('select number from redemption.ledger_tally_state'))[0]!.number;
    const first = await lastNumber();
    expect((await scheme.redeem(order, 3)).status).toBe(201);
    await scheme.quiet();
    const client = new PrismaClient({ adapter: new PrismaPg(poolConfig(scheme.database.urlFor('redemption'), 'test')) });
    const work = new UnitOfWork(client as unknown as SqlClient, { schema: 'redemption', clock: scheme.clock, ids: { next: () => uuidv7() } });
    const programmeOf = `case when account like 'outstanding:%' then (select programme_id from redemption.batch where id = split_part(account, ':', 2)::uuid) end`;
    await new TallyPublisher(work, { programmeOf }).announce({ kind: 'process', name: 'test', correlationId: 'test' }, 'due');
    const [last, added] = [await lastNumber(), await rows('select * from redemption.ledger_tally order by 1, 2, 3, 4')];
    expect(await compareNow()).toEqual([]);
    expect(await rows('select * from redemption.ledger_tally order by 1, 2, 3, 4')).toEqual(added);
    // The service's own minute may have come before: then the redemption is in that announcement.
    const told = await rows(`select (body ->> 'complete')::boolean as complete, jsonb_array_length(body -> 'lines') as lines
      from audit.event where type = 'ledger_tally.announced.v1' and sender = 'redemption' and (body ->> 'number')::int between ${first + 1} and ${last}`);
    expect(told).toEqual([{ complete: false, lines: 2 }]);
    await client.$disconnect();
  }, 120_000);

  it('are the same when all is restated from the first event', async () => {
    const all = 'select sender, seq, line, ledger, rule, debit, debit_key, credit, credit_key, amount, programme from audit.restated_transfer order by 1, 2, 3';
    const before = await rows(all);
    expect(before.length).toBeGreaterThan(15);
    const { restatementId } = await scheme.post<{ restatementId: string }>('/audit/restatements', { reason: 'a new version of what an event moves' });
    await scheme.post(`/audit/restatements/${restatementId}/approvals`, {}, scheme.people.bert);
    expect(await compareNow()).toEqual([]);
    expect((await rows(all)).slice(0, before.length)).toEqual(before);
  }, 120_000);
});

const oneOf = (ledger: string, rule: string) => `(event_id, line) = (select event_id, line from ${ledger}.transfer where rule = '${rule}' order by event_id limit 1)`;
const twice = (ledger: string, rule: string) => `insert into ${ledger}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
  select event_id, 99, rule, debit, credit, amount, currency, custody_account_id, booked_at from ${ledger}.transfer where ${oneOf(ledger, rule)}`;

describe('a fault', () => {
  it.each<[string, string, string, [plant: string, mend: string], string]>([
    ['an activation that redemption lost', 'X1', 'redemption', [`create table public.kept as select * from redemption.transfer where ${oneOf('redemption', '6')}; delete from redemption.transfer where ${oneOf('redemption', '6')}`,
      'insert into redemption.transfer select * from public.kept; drop table public.kept'], 'is missing'],
    ['an activation that issuance has twice', 'X1', 'issuance', [twice('issuance', '6'), 'delete from issuance.transfer where line = 99'], 'instead of'],
    ['a credit that issuance has a cent less of', 'X2', 'issuance', [`update issuance.transfer set amount = amount - 1 where ${oneOf('issuance', '2')}`,
      `update issuance.transfer set amount = amount + 1 where ${oneOf('issuance', '2')}`], 'instead of'],
    ['a credit that settlement lost', 'X2', 'settlement', [`create table public.kept as select * from settlement.transfer where ${oneOf('settlement', '2')}; delete from settlement.transfer where ${oneOf('settlement', '2')}`,
      'insert into settlement.transfer select * from public.kept; drop table public.kept'], 'is missing'],
    ['a redemption that settlement accrued twice', 'X3', 'settlement', [twice('settlement', '7'), 'delete from settlement.transfer where line = 99'], 'instead of'],
    ['a redemption that redemption has a cent more of', 'X3', 'redemption', [`update redemption.transfer set amount = amount + 1 where ${oneOf('redemption', '7')}`,
      `update redemption.transfer set amount = amount - 1 where ${oneOf('redemption', '7')}`], 'instead of'],
    ['an event that moves nothing and was posted under', 'X3', 'settlement', [`insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
      select (select id from audit.event where type = 'batch.created.v1' limit 1), 98, rule, debit, credit, 5, currency, custody_account_id, booked_at from settlement.transfer where ${oneOf('settlement', '7')}`,
      'delete from settlement.transfer where line = 98'], 'and should not'],
  ])('is named by its event: %s', async (_, invariant, ledger, [plant, mend], how) => {
    await tamper(plant);
    const found = await compareNow();
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one.ledger === ledger)).toBe(true);
    const half = found.find(({ account }) => account.startsWith('clearing:'))!;
    expect(half.event).toMatch(new RegExp(`^event:[0-9a-f-]{36} .*${how}`));
    expect(await broken()).toContain(invariant);
    // The ledger lists its half event by event: what audit says of the event can be looked up there.
    const listed = await scheme.list<{ eventId: string; debitLessCreditCents: number }>(`${half.ledgerSays}&limit=200`);
    expect(listed).toHaveLength(half.saidCount);
    expect(listed.reduce((sum, { debitLessCreditCents }) => sum + debitLessCreditCents, 0)).toBe(half.saidCents);
    expect(listed.some(({ eventId }) => half.event!.includes(eventId.slice(4)))).toBe(how !== 'is missing');
    await tamper(mend);
    expect(await compareNow()).toEqual([]);
    expect(await broken()).toEqual([]);
  }, 120_000);

  it('stops what settlement pays, once, until it is mended and somebody has looked', async () => {
    // Other services may find the same fault by what they can check alone.
    const stops = async () => (await scheme.list<{ service: string; invariant: string; stopId: string; rowNamed: string }>('/settlement/payout-stops'))
      .filter(({ service }) => service === 'audit');
    // The minute of the watch itself may have come while another fault was there: it looks once more, now that all holds.
    await scheme.lifecycleOf('audit').checkInvariants();
    const told = async () => (await rows<{ count: number }>(`select count(*)::int as count from audit.sent_batch, jsonb_array_elements(messages) m
      where m ->> 'type' = 'invariant.broken.v1' and m -> 'body' ->> 'rowNamed' like 'settlement.% by redemption in %'`))[0]!.count;
    const before = await told();
    for (const { stopId } of await stops()) await scheme.post(`/settlement/payout-stops/${stopId}/lifting`, { note: 'planted before' }, scheme.people.bert);
    await tamper(`update settlement.transfer set amount = amount + 1 where ${oneOf('settlement', '7')}`);
    await compareNow();
    await scheme.lifecycleOf('audit').checkInvariants();
    await until('settlement has stopped', async () => (await stops()).length === 2, 30_000);
    expect((await stops()).map(({ invariant, rowNamed }) => `${invariant} ${rowNamed.split(' in ')[0]}`).sort())
      .toEqual(['X3 settlement.clearing:redemption by redemption', 'X4 settlement.accrued by redemption']);
    await scheme.lifecycleOf('audit').checkInvariants();
    await tamper(`update settlement.transfer set amount = amount - 1 where ${oneOf('settlement', '7')}`);
    await compareNow();
    await scheme.lifecycleOf('audit').checkInvariants();
    for (const { stopId } of await stops()) await scheme.post(`/settlement/payout-stops/${stopId}/lifting`, { note: 'a cent was put back' }, scheme.people.bert);
    expect(await stops()).toEqual([]);
    expect(await told() - before).toBe(2);
  }, 120_000);
});

describe('the consolidated books', () => {
  const auditor = person({ organisationKind: 'auditor', roles: ['auditor'] });
  type Books = Readonly<{ custodyAccounts: Readonly<Record<string, number>>[] }>;
  const books = (query = '') => scheme.get<{ custodyAccounts: (Books['custodyAccounts'][number] & { programmes: object[] })[] }>(`/audit/consolidation${query}`, auditor);

  it('are those of the three ledgers, with nothing between them', async () => {
    const { custodyAccounts: [own, ...more] } = await books();
    expect(more).toEqual([]);
    const owed = async (kind: string) => Math.round(await scheme.balance(kind));
    expect(own).toMatchObject({
      assetsCents: 7_007, liabilitiesCents: 7_007, clearingCents: 0, coverageCents: 0, feesCents: 0,
      programmes: [{ coverCents: 0, outstandingCents: await owed('outstanding'), redeemedCents: 4 * 1_001, breakageCents: 0 }],
    });
  });

  it('were empty before the first event', async () => {
    expect(await books('?at=2020-01-01T00:00:00Z')).toMatchObject({ custodyAccounts: [] });
  });

  it('are gone into down to single facts, each with its proof', async () => {
    const query = 'ledger=redemption&account=outstanding';
    const [batch] = await scheme.list<{ key: string; debitLessCreditCents: number }>(`/audit/consolidation/accounts?${query}`, auditor);
    expect(batch).toEqual({ key: order.batchId.slice(4), debitLessCreditCents: -3 * 1_001, transfers: 5 });
    type Fact = Readonly<{ rule: string; debitLessCreditCents: number; proof: string; logIndex: number }>;
    const page = await scheme.get<{ items: Fact[]; nextCursor: string }>(
      `/audit/consolidation/facts?${query}&key=${batch!.key}&limit=2`, auditor);
    const rest = await scheme.list<Fact>(`/audit/consolidation/facts?${query}&key=${batch!.key}&cursor=${page.nextCursor}`, auditor);
    const facts = [...page.items, ...rest];
    expect(facts.map(({ rule, debitLessCreditCents }) => [rule, debitLessCreditCents])).toEqual([['6', -7_007], ['7', 1_001], ['7', 1_001], ['7', 1_001], ['7', 1_001]]);
    const proof = await scheme.get<{ index: number }>(`${facts[0]!.proof}?size=${facts[0]!.logIndex + 1}`, auditor);
    expect(proof.index).toBe(facts[0]!.logIndex);
  }, 60_000);
});

describe('a close', () => {
  const told = async (ledger: string) => (await rows<{ count: number }>(
    `select count(*)::int as count from audit.event where type = 'control_totals.published.v1' and sender = '${ledger}'`))[0]!.count;
  async function closeStatements(): Promise<void> {
    await scheme.post('/redemption/period-closings');
    // Until the total has arrived, the last closing is what settlement knows.
    await until('the statements are closed', async () => (await scheme.call(scheme.people.anna, 'POST', '/settlement/statement-closings', {})).body['closedBefore'] === false, 30_000);
  }

  it('is told with the totals of both ledgers at once, and once', async () => {
    const before = [await told('redemption'), await told('settlement')];
    await closeStatements();
    const after = async () => [await told('redemption'), await told('settlement')];
    await until('audit has both', async () => (await after()).every((count, at) => count === before[at]! + 1), 30_000);
    // Closed before: there is nothing new to compare.
    await scheme.post('/settlement/statement-closings');
    await scheme.quiet();
    expect(await after()).toEqual(before.map((count) => count + 1));
  }, 120_000);

  it('names a cent that is missing from the books at it, though the hour is not over', async () => {
    expect(await differences()).toEqual([]);
    await tamper(`update settlement.transfer set amount = amount - 1 where ${oneOf('settlement', '2')}`);
    expect((await scheme.redeem(order, 4)).status).toBe(201);
    await closeStatements();
    await until('audit names it', async () => (await differences()).some(({ ledger, event }) => ledger === 'settlement' && (event ?? '').includes('instead of')), 30_000);
    await tamper(`update settlement.transfer set amount = amount + 1 where ${oneOf('settlement', '2')}`);
    expect(await compareNow()).toEqual([]);
  }, 120_000);
});
