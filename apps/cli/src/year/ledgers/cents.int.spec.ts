// A scheme played by hand over every row of the table of postings, transfer by transfer, on the real tables.
// Goal: after each step the three identities hold, every name says what its row means, and a planted error breaks the
// identity that it belongs to and no other.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '#libs/testing';
import { readCents, type YearCents } from './cents.js';
import { disagreements } from './identities.js';

const CUSTODY = randomUUID();
type Line = readonly [ledger: 'i' | 'r' | 's', rule: string, debit: string, credit: string, amount: number];
const LEDGERS = { i: 'issuance', r: 'redemption', s: 'settlement' } as const;
const Y1 = 'prefund:g:y1', Y2 = 'prefund:g:y2', ORDER = 'expired:o';

type Step = Readonly<{ name: string; lines: readonly Line[]; filed?: number }>;
const step = (name: string, lines: readonly Line[], filed = 0): Step => ({ name, lines, filed });
/** Both sides of a crossing. */
const redeemed = (payee: string, amount: number): Line[] =>
  [['r', '7', 'outstanding:b1', 'clearing:settlement', amount], ['s', '7', 'clearing:redemption', `accrued:${payee}`, amount]];

const STEPS: readonly Step[] = [
  step('2, 3: one payer pays by bank', [
    ['s', '2', 'bank:b', 'clearing:issuance', 61_000], ['i', '2', 'clearing:settlement', 'unmatched', 61_000],
    ['i', '1', 'receivable:y1', 'fee_income', 500], ['i', '3', 'unmatched', Y1, 60_000], ['i', '3', 'unmatched', 'receivable:y1', 500],
  ]),
  step('4, 5: the other by card', [
    ['i', '4', 'clearing:settlement', Y2, 40_000], ['s', '4', 'psp', 'clearing:issuance', 40_000],
    ['s', '5', 'psp_fees', 'psp', 300], ['s', '5', 'cash_in_transit', 'psp', 20_000], ['s', '5', 'bank:b', 'cash_in_transit', 20_000],
  ]),
  step('2b: strangers pay', [['s', '2b', 'bank:b', 'bank_unknown', 1_234]]),
  step('6: activated, one transfer per share', [
    ['i', '6', Y1, 'clearing:redemption', 54_000], ['i', '6', Y2, 'clearing:redemption', 36_000],
    ['r', '6', 'clearing:issuance', 'outstanding:b1', 90_000],
  ]),
  step('7: redeemed at two places', [...redeemed('p1', 20_000), ...redeemed('p2', 12_000)]),
  step('8: undone before the cut-off', [
    ['r', '8', 'clearing:settlement', 'outstanding:b1', 1_000], ['s', '8', 'accrued:p1', 'clearing:redemption', 1_000],
  ]),
  step('9: stopped and replaced', [['r', '9', 'outstanding:b1', 'outstanding:b2', 2_000]]),
  step('10, 11: lines are held, one released, one rejected', [
    ['s', '10', 'accrued:p2', 'held:p2', 3_000], ['s', '10', 'held:p2', 'accrued:p2', 1_000],
    ['s', '11', 'held:p2', 'clearing:issuance', 1_000], ['i', '11', 'clearing:settlement', Y1, 600], ['i', '11', 'clearing:settlement', Y2, 400],
  ]),
  step('21: goodwill', [['s', '21', 'gestures', 'accrued:p1', 500]]),
  step('12: statements are closed', [
    ['s', '12', 'accrued:p1', 'payable:p1', 9_660], ['s', '12', 'accrued:p1', 'fee_income', 200],
    ['s', '12', 'accrued:p1', 'vat_collected', 40], ['s', '12', 'accrued:p1', 'commons:general', 100],
    ['s', '12', 'accrued:p2', 'payable:p2', 8_694], ['s', '12', 'accrued:p2', 'fee_income', 180],
    ['s', '12', 'accrued:p2', 'vat_collected', 36], ['s', '12', 'accrued:p2', 'commons:general', 90],
  ]),
  step('13: charges, one netted and one owed', [
    ['s', '13', 'payable:p1', 'fee_income', 100], ['s', '13', 'payable:p1', 'vat_collected', 20],
    ['s', '13', 'place_receivable:p1', 'fee_income', 7_700],
  ]),
  step('14, 15: paid', [['s', '14', 'payable:p1', 'transit:v1', 9_540], ['s', '15', 'transit:v1', 'bank:b', 9_540]], 9_540),
  step('14, 16: rejected before debit', [
    ['s', '14', 'payable:p2', 'transit:v2', 8_694], ['s', '16', 'transit:v2', 'payable:p2', 8_694]], 8_694),
  step('14, 15, 17: sent again, debited, returned', [
    ['s', '14', 'payable:p2', 'transit:v3', 8_694], ['s', '15', 'transit:v3', 'bank:b', 8_694], ['s', '17', 'bank:b', 'payable:p2', 8_694],
  ], 8_694),
  step('14, 15, 2b, 17: debited again, returned as a credit that is named later', [
    ['s', '14', 'payable:p2', 'transit:v4', 4_000], ['s', '15', 'transit:v4', 'bank:b', 4_000],
    ['s', '2b', 'bank:b', 'bank_unknown', 4_000], ['s', '17', 'bank_unknown', 'payable:p2', 4_000],
  ], 4_000),
  step('14: paid in part, and under way', [
    ['s', '14', 'payable:p2', 'transit:v5', 5_000], ['s', '15', 'transit:v5', 'bank:b', 5_000], ['s', '14', 'payable:p2', 'transit:v6', 2_000],
  ], 7_000),
  step('18: the bank takes its charge', [['s', '18', 'bank_fees', 'bank:b', 150]]),
  step('19: an overpaid line', [
    ['s', '19', 'accrued:p1', 'clearing:issuance', 10_000], ['i', '19', 'clearing:settlement', Y1, 6_000], ['i', '19', 'clearing:settlement', Y2, 4_000],
  ]),
  step('20: a debit note for the net, its shares taken back, then paid and lost; another one set off', [
    ['s', '20', 'payable:p2', 'place_receivable:p2', 90],
    ['s', '20', 'place_receivable:p1', 'accrued:p1', 480], ['s', '20', 'fee_income', 'accrued:p1', 10], ['s', '12', 'vat_collected', 'accrued:p1', 2],
    ['s', '12', 'commons:general', 'accrued:p1', 5], ['s', '20', 'bank:b', 'place_receivable:p1', 400], ['s', '20', 'losses', 'place_receivable:p1', 80],
  ]),
  step('29: an early payment, and its netting', [
    ['s', '29', 'commons:general', 'commons_lent:general', 50], ['s', '29', 'advance:p2', 'transit:e1', 700], ['s', '15', 'transit:e1', 'bank:b', 700],
    ['s', '29', 'payable:p2', 'advance:p2', 300], ['s', '29', 'commons_lent:general', 'commons:general', 20],
  ], 700),
  step('28: the commons pays what was voted', [
    ['s', '28', 'commons:general', 'allocated:p2', 90], ['s', '14', 'allocated:p2', 'transit:a1', 90], ['s', '15', 'transit:a1', 'bank:b', 90],
  ]),
  step('22: expired', [['r', '22', 'outstanding:b1', 'clearing:issuance', 50_000], ['i', '22', 'clearing:redemption', ORDER, 50_000]]),
  step('8b: undone after that', [
    ['s', '8b', 'accrued:p2', 'clearing:redemption', 600], ['r', '8b', 'clearing:settlement', 'clearing:issuance', 600],
    ['i', '8b', 'clearing:redemption', ORDER, 600],
  ]),
  step('24: extended', [['i', '24', ORDER, 'clearing:redemption', 1_500], ['r', '24', 'clearing:issuance', 'outstanding:b1', 1_500]]),
  step('30: a disputed card payment', [
    ['s', '30', 'clearing:issuance', 'psp', 3_000], ['i', '30', 'receivable:y2', 'clearing:settlement', 3_000], ['i', '30', ORDER, 'receivable:y2', 2_500],
    ['i', '31', 'losses', 'receivable:y2', 500],
  ]),
  step('23: both sides sign', [
    ['i', '23', ORDER, 'refund_due:y1', 20_000], ['i', '23', ORDER, 'refund_due:y2', 12_000], ['i', '23', ORDER, Y1, 1_000],
    ['i', '23', ORDER, 'clearing:settlement', 4_000], ['s', '23', 'clearing:issuance', 'commons:general', 4_000],
  ]),
  step('25, 26: refunds are ordered', [
    ['i', '25', Y1, 'refund_due:y1', 500], ['i', '26', 'refund_due:y1', 'clearing:settlement', 20_000], ['s', '26', 'clearing:issuance', 'refund_payable:y1', 20_000],
    ['i', '26', 'refund_due:y2', 'clearing:settlement', 11_000], ['s', '26', 'clearing:issuance', 'refund_payable:y2', 11_000],
  ]),
  step('14 to 17: refunds by bank, one returned, one rejected, one under way', [
    ['s', '14', 'refund_payable:y1', 'transit:r1', 9_000], ['s', '15', 'transit:r1', 'bank:b', 9_000],
    ['s', '14', 'refund_payable:y1', 'transit:r2', 3_000], ['s', '15', 'transit:r2', 'bank:b', 3_000], ['s', '17', 'bank:b', 'refund_payable:y1', 3_000],
    ['s', '14', 'refund_payable:y1', 'transit:r3', 1_000], ['s', '16', 'transit:r3', 'refund_payable:y1', 1_000],
    ['s', '14', 'refund_payable:y1', 'transit:r4', 2_000],
  ]),
  step('26: a refund by card, one that failed', [
    ['s', '26', 'refund_payable:y2', 'psp', 6_000], ['s', '26', 'refund_payable:y2', 'psp', 250], ['s', '26', 'psp', 'refund_payable:y2', 250],
  ]),
  step('27: a gift', [['s', '27', 'bank:b', 'commons:general', 100]]),
  step('32, 33: the operator takes its fees, and pays some back in', [
    ['s', '32', 'cash_in_transit', 'transit:o1', 60], ['s', '32', 'transit:o1', 'bank:b', 60], ['s', '32', 'bank:own', 'cash_in_transit', 60],
    ['s', '33', 'bank:b', 'bank:own', 10],
  ]),
];

let database: TestDatabase;
let admin: pg.Client;
let inspector: pg.Client;
let filed = 0;

beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client(database.adminUrl);
  inspector = new pg.Client(database.inspectorUrl);
  await Promise.all([admin.connect(), inspector.connect()]);
  // The lines below stand alone, with no statement that was signed behind them.
  await admin.query('alter table issuance.transfer disable trigger expired_moves_as_signed');
});
afterAll(async () => {
  await Promise.all([admin.end(), inspector.end()]);
  await database.drop();
});

async function post(lines: readonly Line[]): Promise<void> {
  for (const [ledger, rule, debit, credit, amount] of lines) {
    await admin.query(`insert into ${LEDGERS[ledger]}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
      values (gen_random_uuid(), 0, $1, $2, $3, $4, 'EUR', $5)`, [rule, debit, credit, amount, CUSTODY]);
  }
}

const broken = async (paymentFiles = filed) =>
  disagreements({ ...(await readCents(inspector)), paymentFiles }).map(({ invariant }) => invariant);

describe('the cents of a year', () => {
  it('are all zero before anything was posted, and then the identities hold', async () => {
    expect(new Set(Object.values(await readCents(inspector)))).toEqual(new Set([0]));
    expect(await broken()).toEqual([]);
  });

  it.each(STEPS.map((each) => [each.name, each] as const))('add up after %s', async (_name, { lines, filed: more = 0 }) => {
    await post(lines);
    filed += more;
    expect(disagreements({ ...(await readCents(inspector)), paymentFiles: filed })).toEqual([]);
  });

  it('say what their rows mean', async () => {
    const expected: YearCents = {
      issued: 0, // no chunk was minted here
      funded: 60_000 + 40_000 - 2_500,
      redeemed: 32_000 - 1_000 - 600 - 1_000 - 10_000,
      outstanding: (90_000 - 31_000 - 50_000 + 1_500) // vouchers
        + (50_000 + 600 - 1_500 - 2_500 - 37_000) // expired
        + (60_000 - 54_000 + 600 + 6_000 + 1_000 - 500) + (40_000 - 36_000 + 400 + 4_000) // cover
        + 500 + 1_000 // due
        + (20_000 - 9_000 - 2_000) + (11_000 - 6_000) + 2_000, // ordered, and under way
      refunded: 9_000 + 6_000 + 4_000,
      paid: 9_540 + 5_000 + 700,
      fees: 200 + 180 + 100,
      vat: 40 + 36 + 20 - 2,
      commons: 100 + 90 - 5,
      accrued: (19_000 + 500 - 10_000 - 10_000 + 480 + 10 + 2 + 5) + (12_000 - 2_000 - 9_000 - 600),
      held: 1_000,
      payable: 8_694 - 7_000 - 300 - 90,
      inTransit: 2_000,
      gestures: 500,
      advanced: 400,
      debited: 490 - 90,
      returned: 8_694 + 4_000,
      rejected: 8_694,
    };
    expect(await readCents(inspector)).toEqual(expected);
  });
});

const remove = (ledger: keyof typeof LEDGERS, rule: string, where = 'true') =>
  `delete from ${LEDGERS[ledger]}.transfer where (event_id, line) = (select event_id, line from ${LEDGERS[ledger]}.transfer where rule = '${rule}' and ${where} limit 1)`;
const enlarge = (ledger: keyof typeof LEDGERS, rule: string, where = 'true') =>
  `update ${LEDGERS[ledger]}.transfer set amount = amount + 1 where (event_id, line) = (select event_id, line from ${LEDGERS[ledger]}.transfer where rule = '${rule}' and ${where} limit 1)`;
const twice = (ledger: keyof typeof LEDGERS, rule: string, where = 'true') =>
  `insert into ${LEDGERS[ledger]}.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id)
   select gen_random_uuid(), line, rule, debit, credit, amount, currency, custody_account_id from ${LEDGERS[ledger]}.transfer where rule = '${rule}' and ${where} limit 1`;

describe('a planted error', () => {
  it.each<[string, string, readonly string[]]>([
    ['vouchers were loaded for a cent more than the cover bore', enlarge('r', '6'), ['C1']],
    ['an activation reached no voucher', remove('r', '6'), ['C1']],
    ['a rejected line gave nothing back to a payer', remove('i', '11'), ['C1']],
    ['an incident gave too much back', enlarge('i', '19'), ['C1']],
    ['expired value never reached issuance', remove('i', '22'), ['C1']],
    ['an undo after expiry went nowhere', remove('i', '8b'), ['C1']],
    ['value was extended twice', twice('r', '24'), ['C1']],
    ['breakage went to the operator', `${remove('i', '23', `credit = 'refund_due:y2'`)}; update issuance.transfer set credit = 'fee_income' where rule = '23' and credit = 'refund_due:y1'`, ['C1']],
    ['a refund was ordered that settlement never heard of', remove('s', '26', `credit = 'refund_payable:y2' and debit like 'clearing%'`), ['C1']],
    ['a redemption was accrued nowhere', remove('s', '7'), ['C2']],
    ['a redemption was accrued twice', twice('s', '7'), ['C2']],
    ['a redemption drew a cent too much', enlarge('r', '7'), ['C2']],
    ['an undo did not reach settlement', remove('s', '8'), ['C2']],
    ['a fee was taken by a rule that may not', `update settlement.transfer set rule = '22' where rule = '12' and credit = 'fee_income'`, ['C2']],
    ['goodwill was booked as something else', `update settlement.transfer set debit = 'losses' where rule = '21'`, ['C2']],
    ['a payment was released that stands in no file', `insert into settlement.transfer values (gen_random_uuid(), 0, '14', 'payable:p2', 'transit:x', 100, 'EUR', gen_random_uuid())`, ['C3']],
    ['a payment was debited twice', `${twice('s', '14', `credit = 'transit:v1'`)}; ${twice('s', '15', `debit = 'transit:v1'`)}`, ['C3']],
    ['money left the bank for a place without a payment', `insert into settlement.transfer values (gen_random_uuid(), 0, '15', 'payable:p2', 'bank:b', 100, 'EUR', gen_random_uuid())`, ['C2']],
  ])('is found: %s', async (_what, sql, expected) => {
    await admin.query('begin; set local session_replication_role = replica');
    try {
      await admin.query(sql);
      expect(disagreements({ ...(await readCents(admin)), paymentFiles: filed }).map(({ invariant }) => invariant)).toEqual(expected);
    } finally {
      await admin.query('rollback');
    }
    expect(await broken()).toEqual([]);
  });

  it('in a payment file is found, and named by its difference', async () => {
    expect(await broken(filed + 5)).toEqual(['C3']);
    const [found] = disagreements({ ...(await readCents(inspector)), paymentFiles: filed + 5 });
    expect(found).toMatchObject({ row: 'cents:paymentFiles', detail: expect.stringMatching(/^paymentFiles \d+ is not paid \d+ \+ .*: 5 cents apart$/) });
  });
});
