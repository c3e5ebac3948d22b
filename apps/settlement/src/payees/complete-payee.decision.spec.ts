import { describe, expect, it } from '@jest/globals';
import type { PayeeId } from '#libs/kernel';
import { decidePayeeCompletion, type PayeeState } from './complete-payee.decision.js';

const OWN = 'own' as PayeeId;
const OTHER = 'other' as PayeeId;
const own = (over: Partial<NonNullable<PayeeState['own']>> = {}) => ({ payeeId: OWN, siren: null, claims: false, ...over });

describe('naming the legal body behind a place', () => {
  it.each<[string, PayeeState, object]>([
    ['completes the place\'s own payee', { own: own(), ofSiren: undefined }, { kind: 'completed', payeeId: OWN }],
    ['completes it when money is owed there already', { own: own({ claims: true }), ofSiren: undefined }, { kind: 'completed', payeeId: OWN }],
    ['lets a second place join its legal body', { own: own(), ofSiren: OTHER }, { kind: 'joined', payeeId: OTHER, from: OWN }],
    ['keeps a place that is owed money with its own payee', { own: own({ claims: true }), ofSiren: OTHER }, { code: 'place_has_claims' }],
    ['does not name a body twice', { own: own({ siren: '732829320' }), ofSiren: undefined }, { code: 'payee_complete' }],
    ['needs a place that somebody has spoken of', { own: undefined, ofSiren: OTHER }, { code: 'place_unknown' }],
  ])('%s', (_name, state, expected) => {
    expect(decidePayeeCompletion(state)).toMatchObject(expected);
  });
});
