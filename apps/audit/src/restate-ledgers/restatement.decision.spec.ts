import { describe, expect, it } from '@jest/globals';
import { reject } from '#libs/kernel';
import { decideApproval, type AskedRestatement } from './restatement.decision.js';

const asked: AskedRestatement = { askedBy: 'a', isApproved: false };

describe('a restatement from the first event', () => {
  it.each<[string, AskedRestatement | undefined, string, ReturnType<typeof decideApproval>]>([
    ['begins when another person approves it', asked, 'b', { kind: 'begun' }],
    ['is not approved by who asked for it', asked, 'a', reject('restatement_approver_asked')],
    ['begins once', { ...asked, isApproved: true }, 'b', reject('restatement_approved')],
    ['tells who asked that it is approved already, too', { ...asked, isApproved: true }, 'a', reject('restatement_approved')],
    ['has to be asked for', undefined, 'b', reject('restatement_not_found')],
  ])('%s', (_, restatement, approver, outcome) => {
    expect(decideApproval(restatement, approver)).toEqual(outcome);
  });
});
