import { describe, expect, it } from '@jest/globals';
import { cents, idOf, ZERO } from '#libs/kernel';
import { decideSignature, outcomePosting, type SignableStatement, type Signer } from './sign-statement.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [ann, bob, eve] = ['1', '2', '3'].map((last) => idOf('payer', uuid(last)));
const SHA = 'a'.repeat(64);
const statement: SignableStatement = {
  orderId: idOf('order', uuid('6')), programmeId: idOf('programme', uuid('a')), custodyAccountId: uuid('aa'), outcome: 'refund',
  expired: cents(8_000), expiredBalance: cents(8_000), rejected: cents(0), rejectedNow: cents(0), sha256: SHA, drawnUpBy: 'user:drafter',
  shares: [{ payerId: bob!, expired: cents(3_000) }, { payerId: ann!, expired: cents(5_000) }],
  signedParties: [], signed: false, replaced: false,
};
const operator: Signer = { payerId: null, person: 'user:other', sha256: SHA };
const payer: Signer = { payerId: ann!, person: 'user:ann', sha256: SHA };

describe('a signature', () => {
  it.each<[string, SignableStatement | undefined, Signer, object]>([
    ['needs a statement', undefined, operator, { code: 'statement_not_found' }],
    ['is not given by a payer of another order', statement, { ...payer, payerId: eve! }, { code: 'statement_not_found' }],
    ['is not given to a version that was replaced', { ...statement, replaced: true, signed: true }, operator, { code: 'statement_replaced' }],
    ['is not given to what all have signed', { ...statement, signed: true }, operator, { code: 'statement_signed' }],
    ['binds the bytes that were seen', statement, { ...payer, sha256: 'b'.repeat(64) }, { code: 'statement_hash_differs' }],
    ['is not given for the operator by who drew it up', statement, { ...operator, person: 'user:drafter' }, { code: 'signer_drew_it_up' }],
    ['is given once per side', { ...statement, signedParties: [ann!] }, payer, { code: 'statement_signed_by_you' }],
    ['is given once for the operator', { ...statement, signedParties: ['operator'] }, operator, { code: 'statement_signed_by_you' }],
    ['is not given to figures that have changed', { ...statement, expiredBalance: cents(8_100) }, payer, { code: 'statement_outdated', details: { expiredCents: 8_100, rejectedCents: 0 } }],
    ['is not given where an incident came since', { ...statement, rejectedNow: cents(300) }, payer, { code: 'statement_outdated', details: { expiredCents: 8_000, rejectedCents: 300 } }],
    ['of a payer is one of three', statement, payer, { kind: 'signed', signatures: 1, signaturesNeeded: 3, last: false }],
    ['that comes last moves the money', { ...statement, signedParties: [ann!, 'operator'] }, { ...payer, payerId: bob! }, { signatures: 3, last: true }],
  ])('%s', (_, given, signer, expected) => {
    expect(decideSignature(given, signer)).toMatchObject(expected);
  });
});

describe('what is expired', () => {
  it.each<[SignableStatement['outcome'], [string, bigint][]]>([
    ['refund', [[`refund_due:${ann}`, 5_000n], [`refund_due:${bob}`, 3_000n]]],
    ['roll_over', [[`prefund:${uuid('a')}:${ann}`, 5_000n], [`prefund:${uuid('a')}:${bob}`, 3_000n]]],
    ['commons', [['clearing:settlement', 8_000n]]],
  ])('goes where the agreement says: %s', (outcome, credits) => {
    const posting = outcomePosting({ ...statement, outcome })!;
    expect(posting).toMatchObject({ rule: '23', custodyAccountId: uuid('aa') });
    expect(posting.transfers.map(({ debit, credit, amount }) => [debit, credit, amount])).toEqual(
      credits.map(([credit, amount]) => [`expired:${uuid('6')}`, credit, amount]));
  });

  it('leaves out a payer that bears nothing of it, and moves nothing when all was used', () => {
    const shares = [{ payerId: ann!, expired: cents(8_000) }, { payerId: bob!, expired: ZERO }];
    expect(outcomePosting({ ...statement, shares })!.transfers).toHaveLength(1);
    expect(outcomePosting({ ...statement, expired: ZERO, shares: [] })).toBeUndefined();
  });
});
