import { describe, expect, it } from '@jest/globals';
import { contributionOf } from './commons-fed.decision.js';
import { coverOf } from './covered.decision.js';
import type { KeptEvent, TracedBody } from './kept-event.decision.js';

const event = (type: string, body: TracedBody): KeptEvent => ({ id: `${type}/${JSON.stringify(body)}`, sender: 's', seq: 1, type, occurredAt: new Date(0), leaf: null, body });
const statement = (commonsCents: number) => event('statement.closed.v1', { commonsCents });
const ended = (outcome: string, more: TracedBody = {}) => event('contradictory_statement.signed.v1', { outcome, expiredCents: 800, ...more });

describe('what fed the commons', () => {
  it.each<[string, KeptEvent, number]>([
    ['is the share of a statement', statement(10), 10],
    ['is what payers left them', ended('commons'), 800],
    ['is that less what payers owed', ended('commons', { owedCents: 300 }), 500],
    ['is nothing of what payers had back', ended('refund'), 0],
    ['is what somebody gave them', event('commons.contributed.v1', { pool: 'general', amountCents: 70 }), 70],
    ['is nothing of anything else', event('payment.booked.v1', { amountCents: 5 }), 0],
  ])('%s', (_, one, cents) => {
    expect(contributionOf(one)).toBe(cents);
  });

  it.each<[string, number, KeptEvent[], number, number]>([
    ['goes no further back than covers the sum', 15, [statement(10), statement(6), statement(7)], 2, 0],
    ['is one that covers all of it', 10, [statement(10), statement(6)], 1, 0],
    ['says what is missing', 30, [statement(10), ended('commons', { owedCents: 790 })], 2, 10],
    ['is nothing where nothing is told', 30, [], 0, 30],
  ])('%s', (_, amount, fed, count, missing) => {
    const { taken, missingCents } = coverOf(amount, fed, contributionOf);
    expect([taken, missingCents]).toEqual([fed.slice(0, count), missing]);
  });
});
