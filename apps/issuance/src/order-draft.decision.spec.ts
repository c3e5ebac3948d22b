import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { decideAnswer, decideChange, draftState, type Answer, type DraftFacts, type QuoteAnswer } from './order-draft.decision.js';

const [ann, bob, eve] = ['1', '2', '3'].map((last) => idOf('payer', `01900000-0000-7000-8000-00000000000${last}`)) as [never, never, never];
const [TODAY, TOMORROW] = [localDate('2026-03-02'), localDate('2026-03-03')];
const quoted = (answers: (Answer | null)[], over: Partial<DraftFacts> = {}): DraftFacts => ({
  isOrder: false, isCancelled: false,
  quote: {
    version: 2, total: cents(1_000), validUntil: TODAY, shares: answers.map((answer, at) => ({ payerId: [ann, bob][at]!, answer })),
  },
  ...over,
});
const open = quoted([null, null]);
const unquoted = quoted([], { quote: undefined });

describe('a draft', () => {
  it.each<[string, DraftFacts, string, string | null]>([
    ['is a draft until it is quoted', unquoted, 'draft', null],
    ['is quoted while all may still accept', quoted(['accepted', null]), 'quoted', 'quote_open'],
    ['is a draft again when a payer refused', quoted(['accepted', 'refused']), 'draft', null],
    ['is a draft again when the quote lapsed', quoted([null, null], { quote: { ...open.quote!, validUntil: localDate('2026-03-01') } }), 'draft', null],
    ['is an order once all accepted', quoted(['accepted', 'accepted'], { isOrder: true }), 'accepted', 'order_accepted'],
    ['is nothing any more once cancelled', quoted([null, null], { isCancelled: true }), 'cancelled', 'order_cancelled'],
  ])('%s', (_, facts, state, refusal) => {
    expect(draftState(facts, TODAY)).toBe(state);
    expect(decideChange(facts, TODAY)?.code ?? null).toBe(refusal);
  });

  it('has to be there to be changed', () => {
    expect(decideChange(undefined, TODAY)).toMatchObject({ code: 'order_not_found' });
  });
});

describe('the answer to a quote', () => {
  const answer = (over: Partial<QuoteAnswer> = {}): QuoteAnswer =>
    ({ version: 2, payerId: ann, answer: 'accepted', today: TODAY, usableUntil: TODAY, room: null, ...over });

  it.each<[string, DraftFacts | undefined, QuoteAnswer, object]>([
    ['needs a draft', undefined, answer(), { code: 'order_not_found' }],
    ['comes too late when the draft was cancelled', quoted([null, null], { isCancelled: true }), answer(), { code: 'order_cancelled' }],
    ['needs a quote', unquoted, answer(), { code: 'quote_not_found' }],
    ['needs a quote that was made', open, answer({ version: 3 }), { code: 'quote_not_found' }],
    ['is not for somebody who is not asked', open, answer({ payerId: eve }), { code: 'quote_not_found' }],
    ['is about the last quote', open, answer({ version: 1 }), { code: 'quote_outdated', details: { version: 2 } }],
    ['is given once', quoted(['accepted', null]), answer(), { code: 'quote_answered', details: { answer: 'accepted' } }],
    ['is useless once another payer refused', quoted([null, 'refused']), answer(), { code: 'quote_refused' }],
    ['comes too late after the last day', open, answer({ today: TOMORROW, usableUntil: TOMORROW }), { code: 'quote_lapsed' }],
    ['does not accept vouchers that nobody can use any more', open, answer({ usableUntil: localDate('2026-03-01') }), { code: 'programme_ended' }],
    ['does not accept more than the programme has room for', open, answer({ room: 999n }), { code: 'programme_limit_reached', details: { leftCents: 999, amountCents: 1_000 } }],
    ['takes its last room', open, answer({ room: 1_000n }), { kind: 'answered' }],
    ['may refuse even those', open, answer({ usableUntil: localDate('2026-03-01'), answer: 'refused' }), { kind: 'answered', complete: false }],
    ['is not enough while another payer is silent', open, answer(), { kind: 'answered', complete: false }],
    ['makes the order when it was the last', quoted([null, 'accepted']), answer(), { kind: 'answered', complete: true }],
    ['makes the order of one payer alone', quoted([null]), answer(), { kind: 'answered', complete: true }],
  ])('%s', (_, facts, given, expected) => {
    expect(decideAnswer(facts, given)).toMatchObject(expected);
  });
});
