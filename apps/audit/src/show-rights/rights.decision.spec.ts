import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { rightsAt, type RightsEvent } from './rights.decision.js';

let count = 0;
const event = (type: string, at: string, body: Record<string, unknown>): RightsEvent =>
  ({ eventId: `e${count += 1}`, type: `${type}.v1`, at: new Date(`${at}T10:00:00Z`), actor: { kind: 'user', id: 'x' }, body });
const on = (events: readonly RightsEvent[], day: string) => rightsAt(events, new Date(`${day}T10:00:00Z`), localDate(day));

describe('a membership', () => {
  const [org, user] = ['o', 'u'];
  const told = [
    event('organisation.created', '2026-01-01', { organisationId: org, kind: 'operator', partyId: null }),
    event('member.added', '2026-01-02', { organisationId: org, userId: user, kind: 'operator', roles: ['approver'] }),
    event('member.confirmed', '2026-01-05', { organisationId: org, userId: user }),
    event('member.confirmed', '2026-01-03', { organisationId: org, userId: 'another' }),
  ];
  it.each([['2026-01-01', undefined, undefined], ['2026-01-02', 'proposed', '2026-01-02'], ['2026-01-04', 'proposed', '2026-01-02'], ['2026-01-05', 'in_force', '2026-01-05']])(
    'of the operator on %s is %s since %s', (day, state, since) => {
      const [held] = on(told, day).memberships;
      expect([held?.state, held?.since.toISOString().slice(0, 10)]).toEqual([state, since]);
    });

  it('ends when it is removed, and another after it waits for somebody to stand for it anew', () => {
    const again = [...told, event('member.removed', '2026-01-06', { organisationId: org, userId: user }),
      event('member.added', '2026-01-07', { organisationId: org, userId: user, kind: 'operator', roles: ['operator'] })];
    expect([on(again, '2026-01-05').memberships.length, on(again, '2026-01-06').memberships.length]).toEqual([1, 0]);
    expect(on(again, '2026-01-07').memberships).toMatchObject([{ state: 'proposed', roles: ['operator'] }]);
  });

  it('of a place is in force at once, and names its party', () => {
    const place = [
      event('member.added', '2026-01-02', { organisationId: org, userId: user, kind: 'place', roles: ['till', 'manager'] }),
      event('organisation.created', '2026-01-01', { organisationId: org, kind: 'place', partyId: 'p' }),
    ];
    expect(on(place, '2026-01-02').memberships).toMatchObject([{ state: 'in_force', partyId: 'p', roles: ['till', 'manager'] }]);
  });
});

describe('a second factor', () => {
  const step = (at: string, factorId: string, name: string) => event('second_factor.changed', at, { userId: 'u', factorId, step: name });
  const told = [
    step('2026-01-01', 'a', 'begun'), step('2026-01-02', 'a', 'confirmed'), step('2026-01-03', 'b', 'begun'), step('2026-01-04', 'b', 'confirmed'),
    step('2026-01-05', 'b', 'reset'), step('2026-01-06', 'c', 'begun'), step('2026-01-07', 'c', 'reset'),
  ];
  it.each([
    ['2026-01-01', [['a', 'begun']]], ['2026-01-02', [['a', 'in_force']]], ['2026-01-03', [['a', 'in_force']]], ['2026-01-04', [['b', 'in_force']]],
    ['2026-01-05', []], ['2026-01-06', [['c', 'begun']]], ['2026-01-07', []],
  ])('on %s is %j', (day, expected) => {
    expect(on(told, day).secondFactors.map(({ factorId, state }) => [factorId, state])).toEqual(expected);
  });
});

describe('a passkey', () => {
  const step = (at: string, passkeyId: string, name: string) => event('passkey.changed', at, { userId: 'u', passkeyId, step: name });
  const told = [
    step('2026-01-01', 'k', 'added'), step('2026-01-02', 'l', 'added'), step('2026-01-04', 'k', 'ended'),
    event('second_factor.changed', '2026-01-03', { userId: 'u', factorId: 'a', step: 'confirmed' }),
  ];
  it.each([['2026-01-01', ['k']], ['2026-01-02', ['k', 'l']], ['2026-01-03', ['a', 'k', 'l']], ['2026-01-04', ['a', 'l']]])(
    'is a second factor beside others: on %s %j', (day, expected) => {
      expect(on(told, day).secondFactors.map(({ factorId, state }) => [factorId, state])).toEqual(expected.map((id) => [id, 'in_force']));
    });
});

describe('a mandate', () => {
  const told = [
    event('mandate.given', '2026-01-01', { mandateId: 'm', organisationId: 'o', programmeIds: [], payerIds: ['p'], from: '2026-01-03', until: '2026-01-09' }),
    event('mandate.ended', '2026-01-08', { mandateId: 'm', organisationId: 'o' }),
  ];
  it.each([['2026-01-02', 0], ['2026-01-03', 1], ['2026-01-07', 1], ['2026-01-08', 0], ['2026-01-10', 0]])('on %s is in force: %s', (day, held) => {
    expect(on(told, day).mandates).toHaveLength(held);
  });
});
