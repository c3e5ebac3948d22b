// A11, A12 and S65 on rows made by hand: content with what belongs together, and naming what does not.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [ALERT, PLACE, REDEMPTION, LINE, PAYEE, STATEMENT, CUSTODY, HOLD, EVENT] = ['01', '02', '03', '04', '05', '06', '07', '08', '09'].map(id);

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

/** In a transaction that is then forgotten. */
async function found(rule: string, plants: readonly string[]): Promise<string[]> {
  await admin.query('begin; set local session_replication_role = replica');
  for (const plant of plants) await admin.query(plant);
  const { rows } = await admin.query(CATALOGUE.find((invariant) => invariant.id === rule)!.sql);
  await admin.query('rollback');
  return rows.map(({ row_named }: { row_named: string }) => row_named);
}

const alert = (facts: number) => `insert into audit.alert (id, rule, rule_version, place_id, window_from, window_to, round, severity, raised_at, measured,
    fact_count, amount, first_at, last_at)
  values ('${ALERT}', 'night', 1, '${PLACE}', '2026-03-02', '2026-03-02', 1, 2, now(), '{}', ${facts}, 0, now(), now())`;
const fact = `insert into audit.alert_fact values ('${ALERT}', '${REDEMPTION}')`;
const event = `insert into audit.event (sender, seq, id, type, subject, occurred_at, actor, correlation_id, body)
  values ('redemption', 1, '${REDEMPTION}', 'voucher.redeemed.v1', 'x', now(), '{}', 'x', '{}')`;
const leaf = `insert into audit.sealed_stretch values (0, 'redemption', 1, 1, sha256('x'))`;
const decided = (outcome: 'upheld' | 'dismissed') =>
  `insert into audit.alert_decision values ('${ALERT}', '${outcome}', 'x', 'x', 'x', 'x', now(), ${outcome === 'upheld' ? `'${EVENT}'` : 'null'})`;
const known = (keptAt = '2026-04-01') => `insert into settlement.known_alert values ('${ALERT}', '${PLACE}', 'night', 'x', 'x', 'x', '${keptAt}')`;
const knownLine = `insert into settlement.known_alert_line values ('${ALERT}', '${REDEMPTION}')`;

describe('A11', () => {
  it.each<[string, string[], string[]]>([
    ['an alert on a sealed event', [alert(1), fact, event, leaf], []],
    ['one on an event that is not sealed', [alert(1), fact, event], [`alert:${ALERT}`]],
    ['one on no event', [alert(1), fact], [`alert:${ALERT}`]],
    ['one that counts more than it has', [alert(2), fact, event, leaf], [`alert:${ALERT}`]],
  ])('of %s', async (_, plants, rows) => {
    expect(await found('A11', plants)).toEqual(rows);
  });
});

describe('A12', () => {
  const underway = `insert into audit.outbox (messages) values ('[{"id": "${EVENT}"}]')`;
  it.each<[string, string[], string[]]>([
    ['an upheld alert that settlement knows', [fact, decided('upheld'), known(), knownLine], []],
    ['one that was never told', [fact, decided('upheld')], [`alert:${ALERT}`]],
    ['one whose message is under way', [fact, decided('upheld'), underway], []],
    ['a dismissed one', [fact, decided('dismissed')], []],
    ['a dismissed one that settlement holds for', [fact, decided('dismissed'), known()], [`alert:${ALERT}`]],
    ['a line that is no fact', [decided('upheld'), known(), knownLine], [`alert:${ALERT}`]],
  ])('of %s', async (_, plants, rows) => {
    expect(await found('A12', plants)).toEqual(rows);
  });
});

describe('S65', () => {
  const line = `insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id, custody_account_id, gross, currency,
      service_date, redeemed_at, fee_rule_version, accreditation_version, accrued_at)
    values ('${LINE}', '${REDEMPTION}', 5, '${PLACE}', '${PLACE}', '${PAYEE}', '${PLACE}', '${PLACE}', '${CUSTODY}', 1000, 'EUR', '2026-04-01', '2026-04-01', 1, 1,
      '2026-04-01')`;
  const statement = `insert into settlement.statement (id, payee_id, custody_account_id, from_seq, up_to_seq, line_count, gross, fee, vat, commons, net, currency,
      content, sha256, closed_at)
    values ('${STATEMENT}', '${PAYEE}', '${CUSTODY}', 0, 9, 1, 1000, 0, 0, 0, 1000, 'EUR', 'x', encode(sha256('x'), 'hex'), '2026-04-02')`;
  const answered = (outcome: string) => `insert into settlement.known_alert_answer values ('${EVENT}', '${ALERT}', '${outcome}')`;
  const released = [
    `insert into settlement.hold (id, payee_id, custody_account_id, up_to_seq, reason, alert_id, line_count, gross, currency, held_at)
     values ('${HOLD}', '${PAYEE}', '${CUSTODY}', 6, 'alert_upheld', '${ALERT}', 1, 1000, 'EUR', '2026-04-01')`,
    `insert into settlement.held_line values ('${LINE}', 6, '${HOLD}', '${EVENT}')`,
    `insert into settlement.hold_decision values ('${HOLD}', 'released', 7, null, 'x', 'x', '2026-04-01')`,
  ];
  it.each<[string, string[], string[]]>([
    ['a line in a later statement', [known(), knownLine, line, statement], [`claim_line:${LINE}`]],
    ['a line in a statement of before', [known('2026-04-03'), knownLine, line, statement], []],
    ['a line in no statement', [known(), knownLine, line], []],
    ['a line that was held and released', [known(), knownLine, line, statement, ...released], []],
    ['a line whose alert an appeal ended', [known(), knownLine, line, statement, answered('upheld')], []],
    ['a line whose appeal was rejected', [known(), knownLine, line, statement, answered('rejected')], [`claim_line:${LINE}`]],
  ])('of %s', async (_, plants, rows) => {
    expect(await found('S65', plants)).toEqual(rows);
  });
});
