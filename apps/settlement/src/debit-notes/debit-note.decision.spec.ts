// Since when a payee has owed, when that becomes a debit note, and what it is made of.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, localDate, type PayeeId } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import type { ClaimGroup } from '../statement-closings/statement.decision.js';
import { decideDebitNote, negativeSince, withinPool, type OpenLine } from './debit-note.decision.js';
import { drawNumber, issueDay } from './debit-note-number.decision.js';
import { decideSetOffs } from './set-off.decision.js';

const line = (day: string, gross: number): OpenLine => ({ at: new Date(`${day}T12:00:00Z`), gross: cents(gross) });
const payeeId = idOf('payee', '01900000-0000-7000-8000-000000000004') as PayeeId;
const programmeId = idOf('programme', '01900000-0000-7000-8000-000000000005');
const RATES = { feeBasisPoints: 200, vatBasisPoints: 2000, commonsBasisPoints: 100 };
const group = (gross: number, over: Partial<ClaimGroup> = {}): ClaimGroup =>
  ({ programmeId, feeRuleVersion: 1, lineCount: 1, gross: cents(gross), rates: RATES, ...over });
const TIME_ZONE = 'Europe/Paris';
const conditions = (today: string) => ({ today: localDate(today), timeZone: TIME_ZONE, negativeDays: 90, dueDays: 30, pool: 'general' });
const decide = (groups: readonly ClaimGroup[], open: readonly OpenLine[], today: string) =>
  decideDebitNote({ payeeId, custodyAccountId: '01900000-0000-7000-8000-000000000001', groups, open }, conditions(today));

describe('a payee owes since', () => {
  it.each<[string, OpenLine[], string | undefined]>([
    ['never, with nothing open', [], undefined],
    ['never, while it is owed more than was taken back', [line('2026-01-05', 500), line('2026-01-06', -400)], undefined],
    ['never, at exactly nothing', [line('2026-01-05', 400), line('2026-01-06', -400)], undefined],
    ['the incident that took it below', [line('2026-01-05', 300), line('2026-01-06', -400), line('2026-01-07', -1)], '2026-01-06'],
    ['the last time that it went below, whatever it owed before', [line('2026-01-01', -400), line('2026-02-01', 400), line('2026-03-01', -1)], '2026-03-01'],
    ['the first day still, when earning did not bring it up', [line('2026-01-01', -400), line('2026-02-01', 399)], '2026-01-01'],
    ['the right day, in whatever order its lines come', [line('2026-02-01', 399), line('2026-01-01', -400)], '2026-01-01'],
    ['its end, where lines of one moment cancel out', [line('2026-01-01', -400), line('2026-01-01', 400), line('2026-01-02', -1)], '2026-01-02'],
  ])('%s', (_, lines, since) => {
    expect(negativeSince(lines)?.toISOString().slice(0, 10)).toBe(since);
  });
});

describe('a debit note', () => {
  it('is due on the ninetieth day of the calendar of Paris, and not before', () => {
    // A quarter past midnight in Paris, on the second.
    const open = [{ at: new Date('2026-01-01T23:15:00Z'), gross: cents(-1_000) }];
    expect(decide([group(-1_000)], open, '2026-04-01')).toEqual({ kind: 'waits' });
    expect(decide([group(-1_000)], open, '2026-04-02')).toMatchObject({ kind: 'issued', negativeSince: '2026-01-02', dueOn: '2026-05-02' });
  });

  it('asks for the net, and gives fee, VAT and commons share back', () => {
    const decided = decide([group(-1_000)], [line('2026-01-01', -1_000)], '2026-06-01');
    expect(decided).toMatchObject({ kind: 'issued', amount: 966n, total: { gross: -1_000n, fee: -20n, vat: -4n, commons: -10n, net: -966n } });
    expect(decided.kind === 'issued' && decided.posting.transfers.map(({ debit, credit, amount }) => [debit, credit, amount])).toEqual([
      [`place_receivable:${payeeId}`, `accrued:${payeeId}`, 966n], ['fee_income', `accrued:${payeeId}`, 20n],
      ['vat_collected', `accrued:${payeeId}`, 4n], ['commons:general', `accrued:${payeeId}`, 10n],
    ]);
  });

  it('is none of lines that no closing has reached, nor of those that come to something', () => {
    expect(decide([], [line('2026-01-01', -1_000)], '2026-06-01')).toEqual({ kind: 'carried' });
    expect(decide([group(10)], [line('2026-01-01', -1_000)], '2026-06-01')).toEqual({ kind: 'carried' });
    expect(decide([group(10)], [line('2026-01-01', 10)], '2026-06-01')).toEqual({ kind: 'not_negative' });
  });

  it('leaves accrued whole, whatever rules its lines are under', () => {
    const points = (max: number) => fc.integer({ min: 0, max });
    const rates = fc.record({ feeBasisPoints: points(3_000), vatBasisPoints: points(2_500), commonsBasisPoints: points(500) });
    const groups = fc.array(fc.record({ gross: fc.integer({ min: -100_000, max: 60_000 }), rates }), { minLength: 1, maxLength: 4 });
    let issued = 0;
    fc.assert(fc.property(groups, (drawn) => {
      const decided = decide(drawn.map(({ gross, rates: each }, at) => group(gross, { rates: each, feeRuleVersion: at + 1 })), [line('2026-01-01', -1)], '2026-06-01');
      if (decided.kind !== 'issued') return;
      issued += 1;
      const { total, amount, posting } = decided;
      expect(total.gross).toBe(total.net + total.fee + total.vat + total.commons);
      expect(amount).toBe(-total.net);
      const moved = posting.transfers.reduce((sum, { debit, credit, amount: cent }) =>
        sum + (String(credit).startsWith('accrued') ? cent : 0n) - (String(debit).startsWith('accrued') ? cent : 0n), 0n);
      expect(moved).toBe(-total.gross);
    }), { seed: Number.parseInt(seedOfRun().replace(/\D/g, '').slice(0, 9) || '1', 10) });
    expect(issued).toBeGreaterThan(0);
  });
});

describe('numbers of debit notes', () => {
  it('begin anew each year, and are dated in their order', () => {
    const last = { year: 2026, number: 7, issuedOn: localDate('2026-12-31') };
    expect(drawNumber(localDate('2026-12-31'), last, 2).display).toBe('ND-2026-000009');
    expect(drawNumber(localDate('2027-01-01'), last, 1).display).toBe('ND-2027-000001');
    expect(drawNumber(localDate('2027-01-01'), undefined, 1).display).toBe('ND-2027-000001');
    expect([issueDay(localDate('2026-12-30'), last), issueDay(localDate('2027-01-02'), last)]).toEqual(['2026-12-31', '2027-01-02']);
  });
});

describe('a set-off', () => {
  const [A, B] = [idOf('debitNote', '01900000-0000-7000-8000-00000000000a'), idOf('debitNote', '01900000-0000-7000-8000-00000000000b')];
  const note = (debitNoteId: typeof A, left: number) => ({ debitNoteId, left: cents(left) });
  const owed = (statementId: string, toPay: number) => ({ statementId, toPay: cents(toPay) });

  it.each([
    ['of less than the note leaves the rest', [note(A, 500)], [owed('s', 200)], [[A, 's', 200n, 300n]]],
    ['of more pays the note and leaves the statement the rest', [note(A, 500)], [owed('s', 900)], [[A, 's', 500n, 0n]]],
    ['takes the oldest note first', [note(A, 500), note(B, 100)], [owed('s', 550)], [[A, 's', 500n, 0n], [B, 's', 50n, 50n]]],
    ['goes through statements in their order', [note(A, 500)], [owed('s', 200), owed('t', 900)], [[A, 's', 200n, 300n], [A, 't', 300n, 0n]]],
    ['of nothing is none', [note(A, 0)], [owed('s', 200)], []],
  ])('%s', (_, notes, statements, expected) => {
    const found = decideSetOffs(notes, statements);
    expect(found.map(({ debitNoteId, statementId, amount, left }) => [debitNoteId, statementId, amount, left])).toEqual(expected);
  });
});

describe('what notes take back of the commons', () => {
  const asks = (name: string, commons: number, custodyAccountId = 'one') => ({ name, commons: cents(commons), custodyAccountId });
  const names = (notes: ReturnType<typeof asks>[], pools: readonly [string, bigint][]) =>
    withinPool(notes, new Map(pools)).map(({ name }) => name);

  it.each<[string, ReturnType<typeof asks>[], readonly [string, bigint][], string[]]>([
    ['all of them, down to nothing', [asks('a', -6), asks('b', -4)], [['one', 10n]], ['a', 'b']],
    ['not one beyond, and the next one all the same', [asks('a', -6), asks('b', -5), asks('c', -4)], [['one', 10n]], ['a', 'c']],
    ['each on its own account', [asks('a', -6), asks('b', -6, 'two')], [['two', 6n]], ['b']],
    ['with what another note brings', [asks('a', 3), asks('b', -3)], [], ['a', 'b']],
    ['nothing of a note without a share, where another account overdrew it', [asks('a', 0), asks('b', -1)], [['one', -2n]], ['a']],
  ])('%s', (_, notes, pools, expected) => {
    expect(names(notes, pools)).toEqual(expected);
  });
});
