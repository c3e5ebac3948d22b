import { describe, expect, it } from '@jest/globals';
import type { Membership } from '../organisation.store.js';
import { chooseMembership } from './choose-membership.decision.js';

const membership = (organisationId: string): Membership => ({ organisationId, kind: 'operator', name: organisationId, partyId: null, membershipId: 'm', roles: ['operator'] });
const two = [membership('a'), membership('b')];

describe('the organisation of a token', () => {
  it.each<[string, readonly Membership[], string | undefined, string]>([
    ['the first without a wish', two, undefined, 'a'],
    ['the one that was asked for', two, 'b', 'b'],
    ['none that the person is not in', two, 'c', 'membership_missing'],
    ['none for a person without any', [], undefined, 'membership_missing'],
  ])('is %s', (_, memberships, wish, expected) => {
    const chosen = chooseMembership(memberships, wish);
    expect('code' in chosen ? chosen.code : chosen.organisationId).toBe(expected);
  });
});
