import { describe, expect, it } from '@jest/globals';
import { ROLES_OF_KIND } from '#libs/auth';
import { decideRoles, type RoleChange } from './change-roles.decision.js';

const member = { userId: 'u', organisationId: 'here', kind: 'place', roles: ['till'] };
const change: RoleChange = { member, callerId: 'boss', callerFrom: 'here', rolesAllowed: ROLES_OF_KIND.place, roles: ['till', 'manager'] };

describe('changing roles', () => {
  it.each<[string, Partial<RoleChange>, string]>([
    ['of a colleague', {}, 'changes'],
    ['to fewer', { member: { ...member, roles: ['till', 'manager'] }, roles: ['till'] }, 'changes'],
    ['to the same', { roles: ['till'] }, 'member_exists'],
    ['of nobody', { member: undefined }, 'member_not_found'],
    ['by a manager of another place', { callerFrom: 'there' }, 'member_not_found'],
    ['by the operator', { callerFrom: null }, 'changes'],
    ['of oneself', { callerId: 'u' }, 'member_is_caller'],
    ['to a role of the operator', { roles: ['approver'] }, 'role_not_of_organisation'],
    ['within the operator', { member: { ...member, kind: 'operator', roles: ['operator'] }, roles: ['approver'], rolesAllowed: ROLES_OF_KIND.operator }, 'roles_need_confirmation'],
  ])('%s: %s', (_, over, expected) => {
    const decided = decideRoles({ ...change, ...over });
    expect('code' in decided ? decided.code : decided.kind).toBe(expected);
  });
});
