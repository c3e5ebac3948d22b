// What the database refuses about holds to this service's own role, whatever the code above it does.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANNA, BERT, plain, SettlementWorld, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let stated: Place & { payeeId: string };
let held: Place & { payeeId: string };
let holdId: string;

/** One payee whose first line was released and stated, with a line that is open; one whose line is held. */
beforeAll(async () => {
  world = await SettlementWorld.create({ holdFirstRemittance: true });
  stated = await world.owedPlace(1000);
  await world.closeStatements();
  await world.done(`holds/${(await world.holds())[0]!.holdId}/release`, { note: 'seen' }, BERT);
  held = await world.owedPlace(500);
  await world.closeStatements();
  holdId = plain((await world.holds('?state=held'))[0]!.holdId);
  await world.redeem(stated, 70);
});
afterAll(() => world.close());

const refused = async (...statements: readonly string[]) => {
  await world.service.query('begin');
  try {
    for (const sql of statements) await world.service.query(sql);
    await world.service.query('set constraints all immediate');
    return 'done';
  } catch (error) {
    const { constraint, message } = error as { constraint?: string; message: string };
    return constraint ?? message;
  } finally {
    await world.service.query('rollback');
  }
};

const CLOSING = `insert into settlement.statement_closing (up_to_seq, period, opened_by, opened_at, finished_at) values (9000, '2026-04', 'x', now(), now())`;
const NEW = '01900000-0000-7000-8000-0000000000f1';
const hold = (of: { payeeId: string }, lines: number, gross: number) => `
  insert into settlement.hold (id, payee_id, custody_account_id, up_to_seq, reason, line_count, gross, currency, held_at)
  values ('${NEW}', '${plain(of.payeeId)}', '${world.bankAccountId}', 9000, 'first_remittance', ${lines}, ${gross}, 'EUR', now())`;
const lineOf = ({ placeId }: Place, gross: number, into = NEW, upToSeq = '9000') => `
  insert into settlement.held_line (claim_line_id, up_to_seq, hold_id, event_id)
  select id, ${upToSeq}, '${into}', gen_random_uuid() from settlement.claim_line where place_id = '${placeId}' and gross = ${gross}`;
const decision = (over: Partial<Record<'due' | 'by' | 'outcome' | 'reason', string>> = {}) => `
  insert into settlement.hold_decision (hold_id, outcome, due_seq, reason, note, decided_by, decided_at)
  values ('${holdId}', '${over.outcome ?? 'released'}', ${over.due ?? '(select max(up_to_seq) + 1 from settlement.statement_closing)'},
    ${over.reason ?? 'null'}, 'seen', '${over.by ?? BERT.userId}', now())`;

describe('a hold', () => {
  it('is exactly the open lines that it names, of its own payee', async () => {
    expect(await refused(CLOSING, hold(stated, 1, 70), lineOf(stated, 70))).toBe('done');
    expect(await refused(CLOSING, hold(stated, 1, 70))).toMatch('has no lines');
    expect(await refused(CLOSING, hold(stated, 1, 71), lineOf(stated, 70))).toMatch('not the sum of lines of its own');
    expect(await refused(CLOSING, hold(stated, 2, 70), lineOf(stated, 70))).toMatch('not the sum of lines of its own');
    expect(await refused(CLOSING, hold(held, 1, 70), lineOf(stated, 70))).toMatch('not the sum of lines of its own');
  });

  it('takes no line of a closed statement, and none that is held or rejected', async () => {
    expect(await refused(CLOSING, hold(stated, 1, 1000), lineOf(stated, 1000))).toMatch('has lines of a closed statement');
    expect(await refused(CLOSING, hold(held, 1, 500), lineOf(held, 500))).toMatch('held already, or rejected');
    expect(await refused(decision({ outcome: 'rejected', due: 'null', reason: `'fraud'` }), CLOSING, hold(held, 1, 500), lineOf(held, 500)))
      .toMatch('held already, or rejected');
  });

  it('may take a line again that was released and not stated since', async () => {
    expect(await refused(decision(), CLOSING, hold(held, 1, 500), lineOf(held, 500))).toBe('done');
  });

  it('is complete once it is made', async () => {
    const upToSeq = `(select up_to_seq from settlement.hold where id = '${holdId}')`;
    expect(await refused(lineOf(stated, 70, holdId, upToSeq))).toMatch('not the sum of lines of its own');
    expect(await refused(lineOf(held, 500, holdId, upToSeq))).toBe('held_line_pkey');
  });
});

describe('a decision', () => {
  it('is made once, by somebody else than who entered the bank account, and gives the next number', async () => {
    expect(await refused(decision())).toBe('done');
    expect(await refused(decision(), decision())).toBe('hold_decision_pkey');
    expect(await refused(decision({ by: ANNA.userId }))).toMatch('cannot be reviewed by who last changed');
    expect(await refused(decision({ due: '1' }))).toMatch('is released at 1');
    expect(await refused(decision({ due: '9001' }))).toMatch('is released at 9001');
  });

  it('releases with a number and without a reason, or rejects the other way round', async () => {
    expect(await refused(decision({ due: 'null' }))).toMatch('hold_decision_check');
    expect(await refused(decision({ reason: `'fraud'` }))).toMatch('hold_decision_check');
    expect(await refused(decision({ outcome: 'rejected', due: 'null' }))).toMatch('hold_decision_check');
    expect(await refused(decision({ outcome: 'rejected', due: 'null', reason: `'dislike'` }))).toBe('hold_decision_reason_check');
    expect(await refused(decision({ outcome: 'rejected', due: 'null', reason: `'fraud'` }))).toBe('done');
  });
});
