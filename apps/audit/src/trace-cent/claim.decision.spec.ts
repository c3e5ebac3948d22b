import { describe, expect, it } from '@jest/globals';
import { beginOf, decideClaim, statementOf } from './claim.decision.js';
import type { KeptEvent, TracedBody } from './kept-event.decision.js';

const event = (type: string, seq: number, body: TracedBody = {}): KeptEvent =>
  ({ id: `${type}/${seq}`, sender: 's', seq, type, occurredAt: new Date(seq), leaf: null, body });
const redemption = event('voucher.redeemed.v1', 7);
const held = (seq: number) => event('claim_line.held.v1', seq);
const released = (seq: number, dueSeq: number) => event('claim_line.released.v1', seq, { dueSeq });
const statement = (upToSeq: number, custodyAccountId?: string) =>
  event('statement.closed.v1', 100 + upToSeq, { upToSeq, ...(custodyAccountId !== undefined && { custodyAccountId }) });

describe('a claim', () => {
  it.each<[string, KeptEvent[], object]>([
    ['counts by the number of its message', [], { state: 'due', dueSeq: 7 }],
    ['counts nowhere while it is held', [held(1)], { state: 'held', by: held(1) }],
    ['counts by the number of its release', [held(1), released(2, 12)], { state: 'due', dueSeq: 12 }],
    ['follows the last word', [released(2, 12), held(1), held(3)], { state: 'held', by: held(3) }],
    ['ends with a rejection', [held(1), event('claim_line.rejected.v1', 2)], { state: 'rejected', by: event('claim_line.rejected.v1', 2) }],
    ['ends when it is undone', [event('redemption.undone.v1', 9)], { state: 'undone', by: event('redemption.undone.v1', 9) }],
  ])('%s', (_, events, expected) => {
    expect(decideClaim(redemption, events)).toEqual(expected);
  });
});

describe('the statement of a claim', () => {
  it.each<[string, number, KeptEvent[], object]>([
    ['is none before one is closed', 7, [], { isAmbiguous: false }],
    ['is none when all end before it', 7, [statement(6, 'c')], { isAmbiguous: false }],
    ['is the first that reaches its number', 7, [statement(20, 'c'), statement(9, 'c'), statement(6, 'c')], { statement: statement(9, 'c'), isAmbiguous: false }],
    ['is of its custody account', 7, [statement(9, 'other'), statement(20, 'c')], { statement: statement(20, 'c'), isAmbiguous: false }],
    ['is not guessed where two do not say whose they are', 7, [statement(9), statement(9)], { isAmbiguous: true }],
  ])('%s', (_, dueSeq, statements, expected) => {
    expect(statementOf(dueSeq, 'c', statements)).toEqual(expected);
  });

  it('begins where the one before it ended', () => {
    expect(beginOf(statement(20, 'c'), [statement(20, 'c'), statement(9, 'c'), statement(15, 'other'), statement(30, 'c')])).toBe(9);
    expect(beginOf(statement(9, 'c'), [statement(9, 'c')])).toBe(0);
  });
});
