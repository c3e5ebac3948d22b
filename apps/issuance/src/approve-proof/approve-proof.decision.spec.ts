import { describe, expect, it } from '@jest/globals';
import { payerNo as payer } from '../../../../test/builders/shared-order.js';
import type { StepName } from '../order-step.decision.js';
import { decideProof, decideProofAnswer, proofOf, type Proof, type ProvableOrder } from './approve-proof.decision.js';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const order = (over: Partial<ProvableOrder> = {}): ProvableOrder =>
  ({ paper: true, isCancelled: false, payers: [payer(1), payer(2)], ...over });
const proof = (state: Proof['state'], sha256: string | null = A): Proof => ({ state, sha256 });
const NONE = proof('none', null);

describe('the proof of an order', () => {
  it.each<[StepName[], Proof]>([
    [['drafted', 'quoted', 'quote_accepted'], NONE], [['proof_submitted'], proof('pending')], [['proof_submitted', 'proof_approved'], proof('approved')],
    [['proof_submitted', 'proof_sent_back'], proof('sent_back')], [['proof_submitted', 'proof_sent_back', 'proof_submitted', 'cancelled'], proof('pending')],
  ])('after %j is as its last step left it', (steps, expected) => {
    expect(proofOf(steps.map((step) => ({ step, sha256: step.startsWith('proof') ? A : null })))).toEqual(expected);
  });

  it.each<[string, ProvableOrder | undefined, Proof, string | null]>([
    ['needs an order', undefined, NONE, 'order_not_found'],
    ['comes too late for a cancelled one', order({ isCancelled: true }), NONE, 'order_cancelled'],
    ['is not asked of what nobody prints', order({ paper: false }), NONE, 'proof_not_needed'],
    ['is not replaced once approved', order(), proof('approved'), 'proof_approved'],
    ['may be the first', order(), NONE, null],
    ['may take the place of one that waits', order(), proof('pending'), null],
    ['may follow one that was sent back', order(), proof('sent_back'), null],
  ])('%s', (_, given, state, code) => {
    expect(decideProof(given, state)?.code ?? null).toBe(code);
  });
});

describe('the answer to a proof', () => {
  it.each<[string, ProvableOrder | undefined, Proof, [by: number, sha256: string], string | null]>([
    ['needs an order', undefined, proof('pending'), [1, A], 'order_not_found'],
    ['is a payer\'s of it', order(), proof('pending'), [3, A], 'order_not_found'],
    ['is the leading payer\'s', order(), proof('pending'), [2, A], 'payer_not_leading'],
    ['needs a proof', order(), NONE, [1, A], 'proof_not_submitted'],
    ['is given once', order(), proof('sent_back'), [1, A], 'proof_not_submitted'],
    ['is not taken back', order(), proof('approved'), [1, A], 'proof_approved'],
    ['is about the bytes that wait', order(), proof('pending'), [1, B], 'proof_hash_differs'],
    ['counts', order(), proof('pending'), [1, A], null],
  ])('%s', (_, given, state, [by, sha256], code) => {
    expect(decideProofAnswer(given, state, { payerId: payer(by), sha256 })?.code ?? null).toBe(code);
  });
});
