// A place that is suspended, or leaves, from the 10th on and is back on the 20th: R33 and R36 are content with what tills may take,
// S34 with what was released, and each names the row of what it may not.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { CATALOGUE } from './index.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [PLACE, PROGRAMME, MEASURE, REDEMPTION, LINE] = ['01', '02', '03', '04', '05'].map(id);

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

const run = (sql: string, values: unknown[] = []) => admin.query(sql, values);
/** In a transaction that is then forgotten. */
const found = async (rule: string, plant: () => Promise<unknown>): Promise<string[]> => {
  await run('begin; set local session_replication_role = replica');
  await plant();
  const { rows } = await run(CATALOGUE.find((invariant) => invariant.id === rule)!.sql);
  await run('rollback');
  return rows.map(({ row_named }: { row_named: string }) => row_named);
};

const NAMED = [`redemption:${REDEMPTION}, measure:${MEASURE}`];
describe('R33', () => {
  it.each<[string, string, string, string[]]>([
    ['of the day before, the day after', '2026-03-09', '2026-03-11T10:00:00Z', []],
    ['of the first day, before it was decided', '2026-03-10', '2026-03-10T08:00:00Z', []],
    ['of the first day, while it was being committed', '2026-03-10', '2026-03-10T09:00:30Z', []],
    ['of the first day, an hour later', '2026-03-10', '2026-03-10T10:00:00Z', NAMED],
    ['of during it, after its end', '2026-03-19', '2026-03-21T10:00:00Z', NAMED],
    ['of the day of its end', '2026-03-20', '2026-03-20T12:00:00Z', []],
    ['of before it, long after its end', '2026-03-01', '2026-05-01T12:00:00Z', []],
  ])('of a service %s', async (_, serviceDate, at, rows) => {
    expect(await found('R33', () => suspended(serviceDate, at, true))).toEqual(rows);
  });

  it('of a service of before it, 31 days after a first day that nothing has ended', async () => {
    expect(await found('R33', () => suspended('2026-03-01', '2026-04-10T10:00:00Z', false))).toEqual(NAMED);
    expect(await found('R33', () => suspended('2026-03-01', '2026-04-09T10:00:00Z', false))).toEqual([]);
  });
});

describe('R36', () => {
  const LEFT = [`redemption:${REDEMPTION}, departure:${MEASURE}`];
  it.each<[string, string, string, 'taken_back' | 'accredited_again' | null, string[]]>([
    ['of the evening before', '2026-03-09', '2026-03-11T10:00:00Z', null, []],
    ['of the first day, while it was being said', '2026-03-10', '2026-03-05T09:00:30Z', null, []],
    ['of the first day', '2026-03-10', '2026-03-10T10:00:00Z', null, LEFT],
    ['of before it, on the thirtieth day', '2026-03-01', '2026-04-09T10:00:00Z', null, []],
    ['of before it, on the thirty-first', '2026-03-01', '2026-04-10T10:00:00Z', null, LEFT],
    ['of the first day, taken back before', '2026-03-10', '2026-03-10T10:00:00Z', 'taken_back', []],
    ['of between, after it was back', '2026-03-19', '2026-03-21T10:00:00Z', 'accredited_again', LEFT],
    ['of the day on which it was back', '2026-03-20', '2026-03-20T12:00:00Z', 'accredited_again', []],
  ])('of a service %s', async (_, serviceDate, at, how, rows) => {
    expect(await found('R36', async () => {
      await redeemedAt(serviceDate, at);
      await run(`insert into redemption.departure values ($1, $2, $3, '2026-03-10', null, 'x', '2026-03-05T09:00:00Z')`, [MEASURE, PLACE, PROGRAMME]);
      const [day, endedAt] = how === 'taken_back' ? ['2026-03-10', '2026-03-06T09:00:00Z'] : ['2026-03-20', '2026-03-20T09:00:00Z'];
      if (how) await run(`insert into redemption.departure_end values ($1, $2, $3, 'x', $4)`, [MEASURE, how, day, endedAt]);
    })).toEqual(rows);
  });
});

async function suspended(serviceDate: string, at: string, ended: boolean): Promise<void> {
  await run(`insert into redemption.measure values ($1, $2, $3, 'suspension', '2026-03-10', 'other', 'x', 'x', '2026-03-10T09:00:00Z')`, [MEASURE, PLACE, PROGRAMME]);
  if (ended) await run(`insert into redemption.measure_end values ($1, 'reinstated', '2026-03-20', 'x', 'x', '2026-03-20T09:00:00Z')`, [MEASURE]);
  await redeemedAt(serviceDate, at);
}

async function redeemedAt(serviceDate: string, at: string): Promise<void> {
  await run(`insert into redemption.site values ($1, $2, 'x', 'Europe/Paris', now())`, [id('06'), PLACE]);
  await run(`insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, service_date,
      accreditation_version, fee_rule_version, currency, redeemed_at, outbox_id)
    values ($1, $2, $2, $3, $4, $5, 1000, 0, 0, $6, 1, 1, 'EUR', $7, 1)`, [REDEMPTION, id('07'), PROGRAMME, PLACE, id('06'), serviceDate, at]);
}

describe('S34', () => {
  it.each<[string, string | null, string[]]>([
    ['was released', 'released', []], ['was not looked at', null, [`claim_line:${LINE}`]],
  ])('of a line that was to be held and %s', async (_, outcome, rows) => {
    expect(await found('S34', async () => {
      await run(`insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id, custody_account_id,
          gross, currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at, held_for)
        values ($1, $2, 5, $3, $3, $3, $4, $4, $3, 1000, 'EUR', 1, 1, '2026-03-09', now(), now(), $5)`, [LINE, REDEMPTION, PLACE, PROGRAMME, MEASURE]);
      const [due, upTo] = outcome ? [20, 15] : [null, 9];
      if (outcome) {
        await run(`insert into settlement.hold (id, payee_id, custody_account_id, up_to_seq, reason, measure_id, line_count, gross, currency, held_at)
          values ($1, $2, $2, $3, 'place_suspended', $4, 1, 1000, 'EUR', now())`, [id('08'), PLACE, upTo, MEASURE]);
        await run(`insert into settlement.held_line values ($1, $2, $3, $4)`, [LINE, upTo, id('08'), id('09')]);
        await run(`insert into settlement.hold_decision values ($1, 'released', $2, null, 'x', 'x', now())`, [id('08'), due]);
      }
      await run(`insert into settlement.statement (id, payee_id, custody_account_id, from_seq, up_to_seq, line_count, gross, fee, vat, commons, net, currency,
          content, sha256, closed_at)
        values ($1, $2, $2, 0, 30, 1, 1000, 0, 0, 0, 1000, 'EUR', 'x', encode(sha256('x'), 'hex'), now())`, [id('10'), PLACE]);
    })).toEqual(rows);
  });
});
