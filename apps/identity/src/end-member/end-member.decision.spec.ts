import { describe, expect, it } from '@jest/globals';
import { decideEnd, type Left } from './end-member.decision.js';

const member = { userId: 'anna', organisationId: 'ours' };
const end = (over: object = {}) => decideEnd({ member, callerId: 'bert', callerFrom: null, ...over });

describe('the end of a membership', () => {
  it.each<[string, object, string]>([
    ['nobody is a member', { member: undefined }, 'member_not_found'], ['it is of another organisation', { callerFrom: 'theirs' }, 'member_not_found'],
    ['it is the caller\'s own', { callerId: 'anna' }, 'member_is_caller'],
  ])('is refused where %s', (_, over, code) => {
    expect(end(over)).toMatchObject({ code });
  });

  it.each<[Left, string]>([
    [undefined, 'ends'], [{ people: 2, approvers: 1 }, 'ends'], [{ people: 1, approvers: 1 }, 'operator_would_be_locked'],
    [{ people: 3, approvers: 0 }, 'operator_would_be_locked'],
  ])('leaves the operator able to let others in (%j: %s)', (left, expected) => {
    const outcome = end({ left });
    expect('code' in outcome ? outcome.code : outcome.kind).toBe(expected);
  });
});
