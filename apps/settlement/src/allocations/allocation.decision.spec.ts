import { describe, expect, it } from '@jest/globals';
import { cents, type AllocationId, type BankAccountId, type PayeeId } from '#libs/kernel';
import { decideProposal, decideVoice, type Allocation, type ProposedAllocation, type Speaker, type Vote } from './allocation.decision.js';

const told = (outcome: { kind: string }) => ('code' in outcome ? outcome.code : outcome.kind);
const payee = { complete: true, isOperator: false, account: 'verified' as const };
const proposed = (over: Partial<ProposedAllocation> = {}): ProposedAllocation =>
  ({ bankAccount: true, payee, amount: cents(500), pool: 500n, isPool: true, ...over });
const allocation = (over: Partial<Allocation> = {}): Allocation => ({
  allocationId: 'a' as AllocationId, pool: 'general', bankAccountId: 'c' as BankAccountId, payeeId: 'e' as PayeeId, amount: cents(500), proposedBy: 'anna',
  voices: [], outcome: null, ...over,
});
const speaker = (userId: string, over: Partial<Speaker> = {}): Speaker => ({ userId, voice: 'for', isBehindAccount: false, ...over });
const POOL: Vote = { inPool: 500n, voicesNeeded: 2, deciders: null };
const BERT = { userId: 'bert', voice: 'for' } as const;

describe('proposing what the commons give', () => {
  it.each<[string, Partial<ProposedAllocation>, string]>([
    ['goes up to all that the pool has', {}, 'proposed'],
    ['goes no cent beyond', { amount: cents(501) }, 'commons_short'],
    ['needs a bank account of ours', { bankAccount: false }, 'bank_account_unknown'],
    ['needs a pool that somebody decides about', { isPool: false }, 'pool_unknown'],
    ['needs a payee', { payee: undefined }, 'payee_unknown'],
    ['never goes to the operator', { payee: { ...payee, isOperator: true } }, 'allocation_to_operator'],
    ['needs a legal body', { payee: { ...payee, complete: false } }, 'payee_incomplete'],
    ['needs an account that two people stand behind', { payee: { ...payee, account: 'none' } }, 'allocation_without_account'],
    ['needs one that is not blocked', { payee: { ...payee, account: 'blocked' } }, 'allocation_without_account'],
  ])('%s', (_, over, expected) => {
    expect(told(decideProposal(proposed(over)))).toBe(expected);
  });
});

describe('a voice about it', () => {
  it.each<[string, Allocation | undefined, Speaker, string]>([
    ['is heard when it is the first for it', allocation(), speaker('bert'), 'heard'],
    ['carries it when it is the second', allocation({ voices: [BERT] }), speaker('cleo'), 'voted'],
    ['ends it when it is against', allocation({ voices: [BERT] }), speaker('cleo', { voice: 'against' }), 'declined'],
    ['ends it when it is the first, and against', allocation(), speaker('cleo', { voice: 'against' }), 'declined'],
    ['is not its proposer’s', allocation(), speaker('anna'), 'checker_is_maker'],
    ['is not its proposer’s, against it either', allocation(), speaker('anna', { voice: 'against' }), 'checker_is_maker'],
    ['is not of who stands behind the account', allocation(), speaker('bert', { isBehindAccount: true }), 'gives_to_own_account'],
    ['is given once', allocation({ voices: [BERT] }), speaker('bert'), 'allocation_voice_given'],
    ['comes before the decision', allocation({ voices: [BERT], outcome: 'voted' }), speaker('dora'), 'allocation_decided'],
    ['is about something', undefined, speaker('bert'), 'allocation_unknown'],
  ])('%s', (_, given, by, expected) => {
    expect(told(decideVoice(given, by, POOL))).toBe(expected);
  });

  it('is only of whom the rule of the pool names today, and counts with others of them alone', () => {
    const today: Vote = { ...POOL, deciders: ['cleo', 'dora'] };
    expect(told(decideVoice(allocation(), speaker('bert'), today))).toBe('allocation_not_decider');
    expect(told(decideVoice(allocation({ voices: [BERT] }), speaker('cleo'), today))).toBe('heard');
    expect(decideVoice(allocation({ voices: [BERT, { userId: 'cleo', voice: 'for' }] }), speaker('dora'), today))
      .toMatchObject({ kind: 'voted', votedBy: ['cleo', 'dora'] });
  });

  it('does not carry what the pool no longer has', () => {
    expect(decideVoice(allocation({ voices: [BERT] }), speaker('cleo'), { ...POOL, inPool: 499n }))
      .toMatchObject({ code: 'commons_short', details: { amountCents: 500, poolCents: 499 } });
    expect(told(decideVoice(allocation(), speaker('bert'), { ...POOL, inPool: 0n }))).toBe('heard');
  });

  it('moves the sum from the pool to what the payee is owed (row 28), and names who carried it', () => {
    expect(decideVoice(allocation({ voices: [BERT] }), speaker('cleo'), POOL)).toEqual({
      kind: 'voted', votedBy: ['bert', 'cleo'],
      posting: { rule: '28', custodyAccountId: 'c', transfers: [expect.objectContaining({ debit: 'commons:general', credit: 'allocated:e', amount: 500n })] },
    });
  });
});
