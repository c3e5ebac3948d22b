// What the database itself shows to whoever reads for an organisation, whatever the query above it forgot to ask.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ProgrammePublishedV1 } from '#libs/contracts';
import { idOf } from '#libs/kernel';
import type { Listing } from '#libs/listing';
import { OVERSEER, readAs, readerRoleOf, type Sql } from '#libs/persistence';
import { tablesAsRead, tablesOfNobody } from '../../../test/builders/readers.js';
import { SELLER } from '../../../test/builders/seller.js';
import { BERT, plain, SettlementWorld, shown, type Place } from '../../../test/builders/settlement-world.js';
import { listCarryOvers } from './carry-overs/carry-over-list.store.js';
import { debitNotes } from './debit-notes/debit-notes.listing.js';
import { listHolds } from './holds/list-holds.store.js';
import { incidents } from './incidents/incidents.listing.js';
import { listPlaceInvoices } from './place-invoices/place-invoice-view.store.js';
import { statementLines } from './statement-lines/statement-lines.listing.js';
import { statementHistory } from './statements/statement-history.listing.js';
import { linesOfRedemption } from './who-gets-what/who-gets-what.store.js';

type Owed = Place & { payeeId: string };
const READER = readerRoleOf('settlement');
/** Read by places, and of nobody in particular. */
const OF_NOBODY = ['closing_rule', 'fee_rule', 'known_place', 'known_programme', 'settlement_run', 'statement_closing'];

let world: SettlementWorld;
let [own, other]: Owed[] = [];

beforeAll(async () => {
  world = await SettlementWorld.create();
  [own, other] = [await world.owedPlace(1_000), await world.owedPlace(2_000)];
  const [redemption] = await world.rows<{ id: string }>('select redemption_id as id from settlement.claim_line where place_id = $1', [other.placeId]);
  await world.closeStatements();
  await world.createRun();
  await world.done('incidents', { redemptionId: `red_${redemption!.id}`, kind: 'overpaid', amountCents: 1, note: 'one cent' });
});
afterAll(() => world.close());

/** As `readAs` does it, in SQL alone. */
async function as<Row>(role: string, organisation: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  await world.service.query('begin');
  try {
    await world.service.query(
      `select set_config('transaction_read_only', 'on', true), set_config('mereau.org', $1, true), set_config('role', $2, true)`, [organisation, role]);
    return (await world.service.query(sql, values)).rows as Row[];
  } finally {
    await world.service.query('rollback');
  }
}
const count = async (role: string, organisation: string, from: string): Promise<number> =>
  (await as<{ count: number }>(role, organisation, `select count(*)::int as count from ${from}`))[0]!.count;

/** The listing as somebody would write it who forgets whose rows they are. */
const forgetful = ({ rows }: Listing): string => rows.split(/\n {4}where /)[0]!.replaceAll('$1::uuid', 'null::uuid');

describe('a reader', () => {
  it.each([['statements', statementHistory, 1], ['lines', statementLines, 1], ['debit notes', debitNotes, 0], ['incidents', incidents, 0]] as const)(
    'of a place sees its own %s alone, where the listing forgot to ask whose they are', async (_, listing, of) => {
      const from = `(${forgetful(listing)}) listed`;
      expect([await count(READER, own!.placeId, from), await count(READER, randomUUID(), from), await count(READER, '', from)]).toEqual([of, 0, 0]);
    });

  it('of a place sees no row that another place sees, of any table, nothing for nobody, and the overseer sees all', async () => {
    const { wrong, seen } = await tablesAsRead(world.work, { own: [other!.placeId], other: [own!.placeId] });
    expect(wrong).toEqual([]);
    // A table without rows would compare nothing.
    expect(seen).toEqual([
      'claim_line', 'incident', 'payee', 'payee_bank_account', 'payee_site', 'payment', 'payment_statement', 'statement', 'statement_fee',
    ]);
    expect(await as(READER, own!.placeId, 'select id from settlement.payee')).toEqual([{ id: plain(own!.payeeId) }]);
    expect(await as(READER, other!.placeId, 'select id from settlement.payee')).toEqual([{ id: plain(other!.payeeId) }]);
  });

  it('may read no table without a policy, but for those that are of nobody in particular', async () => {
    expect(await tablesOfNobody(world.work)).toEqual(OF_NOBODY);
  });

  it('is left with the transaction: the service sees every row again', async () => {
    await as(READER, own!.placeId, 'select 1');
    const { rows } = await world.service.query(`select current_user as name, current_setting('mereau.org', true) as org, (select count(*)::int from settlement.statement) as count`);
    expect(rows).toEqual([{ name: 'mereau_settlement', org: '', count: 2 }]);
  });
});

/** What the queries ask who forgot whose they are. */
const ANYBODY = { placeId: null };
const PAGE = { before: null, rowsMax: 100 };

describe('a reader of what was held and invoiced', () => {
  let held: SettlementWorld;
  let [ownPlace, otherPlace]: Owed[] = [];
  let theirs = '';

  async function owed(amountCents: number): Promise<Owed> {
    const place = await held.accredit(held.newPlace(), { address: '3 rue des Tilleuls, 42000 Saint-Étienne' });
    const payeeId = await held.payee(place);
    await held.redeem(place, amountCents);
    return { ...place, payeeId };
  }

  beforeAll(async () => {
    held = await SettlementWorld.create({ holdFirstRemittance: true, seller: SELLER });
    await held.take(ProgrammePublishedV1, { ...ProgrammePublishedV1.sample, programmeId: held.programmeId });
    [ownPlace, otherPlace] = [await owed(1_000), await owed(2_000)];
    theirs = (await held.rows<{ id: string }>('select redemption_id as id from settlement.claim_line where place_id = $1', [otherPlace.placeId]))[0]!.id;
    await held.closeStatements();
    for (const { holdId } of await held.holds('?state=held')) await held.done(`holds/${holdId}/release`, { note: 'Seen on site' }, BERT);
    await held.closeStatements();
    await held.issuer.issueAll();
    // From the next day on one cent is less than what is worth a statement: it waits.
    await held.done('closing-rules', { programmeId: shown('programme', held.programmeId), from: '2026-04-03', frequency: 'monthly', minimumCents: 2_000 });
    held.clock.set('2026-04-03T08:00:00.000Z');
    await held.redeem(ownPlace, 1);
    await held.redeem(otherPlace, 1);
    await held.closeStatements();
  });
  afterAll(() => held.close());

  it.each<[string, (sql: Sql) => Promise<readonly unknown[]>]>([
    ['holds', (sql) => listHolds(sql, ANYBODY, { ...PAGE, holdId: null, state: null, payeeId: null }, null)],
    ['documents', (sql) => listPlaceInvoices(sql, ANYBODY, { ...PAGE, payeeId: null, statementId: null, number: null, kind: null })],
  ])('sees its own %s alone and whole, where the query forgot to ask whose they are', async (_, read) => {
    const seen = (reader: string) => readAs(held.work, reader, read);
    const all = await seen(OVERSEER) as { payeeId: string }[];
    const of = ({ payeeId }: Owed) => all.filter((row) => row.payeeId === plain(payeeId));
    expect([of(ownPlace!).length, of(otherPlace!).length]).toEqual([1, 1]);
    const each = await Promise.all([ownPlace!.placeId, otherPlace!.placeId, randomUUID()].map(seen));
    expect(each).toEqual([of(ownPlace!), of(otherPlace!), []]);
  });

  it('sees what its own redemptions come to, and nothing of others\'', async () => {
    const seen = (reader: string) => readAs(held.work, reader, (sql) => linesOfRedemption(sql, ANYBODY, idOf('redemption', theirs)));
    expect(await seen(otherPlace!.placeId)).toEqual(await seen(OVERSEER));
    expect([(await seen(OVERSEER)).length, await seen(ownPlace!.placeId)]).toEqual([1, []]);
  });

  it('sees no row of any table that the other place sees', async () => {
    const { wrong, seen } = await tablesAsRead(held.work, { own: [ownPlace!.placeId], other: [otherPlace!.placeId] });
    expect(wrong).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(['carry_over', 'held_line', 'hold', 'hold_decision', 'place_invoice']));
  });

  it('sees what of its own is carried over', async () => {
    const page = { after: null, rowsMax: 100, payeeId: null };
    const seen = (reader: string) => readAs(held.work, reader, (sql) => listCarryOvers(sql, ANYBODY, page));
    const all = await seen(OVERSEER);
    const ofOwn = all.filter(({ payeeId }) => payeeId === plain(ownPlace!.payeeId));
    expect([ofOwn.length, all.length]).toEqual([1, 2]);
    expect(await seen(ownPlace!.placeId)).toEqual(ofOwn);
    expect(await seen(randomUUID())).toEqual([]);
  });
});
