import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { rulesOn, type RuleEvent } from './rules.decision.js';

let count = 0;
const event = (type: string, body: Record<string, unknown>, saidOn = '2026-01-01'): RuleEvent =>
  ({ eventId: `e${count += 1}`, type: `${type}.published.v1`, at: new Date(`${saidOn}T10:00:00Z`), saidOn: localDate(saidOn), body });
const fee = (version: number, from: string) => event('fee_rule', { programmeId: 'p', version, from });
const told = (events: RuleEvent[], day: string) => rulesOn(events, localDate(day)).map(({ kind, version, from }) => [kind, version, from]);

describe('the rules of a day', () => {
  it.each([
    ['none before the first', [fee(1, '2026-02-01')], '2026-01-31', []],
    ['the first on its day', [fee(1, '2026-02-01')], '2026-02-01', [['fees', 1, '2026-02-01']]],
    ['the later by its day, in whatever order they came', [fee(2, '2026-03-01'), fee(1, '2026-02-01')], '2026-03-02', [['fees', 2, '2026-03-01']]],
    ['the earlier until the day before', [fee(2, '2026-03-01'), fee(1, '2026-02-01')], '2026-02-28', [['fees', 1, '2026-02-01']]],
    ['the higher version of one day', [fee(3, '2026-02-01'), fee(2, '2026-02-01')], '2026-02-01', [['fees', 3, '2026-02-01']]],
    ['one that names no day from its arrival on', [event('programme', { programmeId: 'p', ruleVersion: 1 }, '2026-02-03')], '2026-02-03', [['programme', 1, '2026-02-03']]],
    ['nothing of one that names no day before it', [event('programme', { programmeId: 'p', ruleVersion: 1 }, '2026-02-03')], '2026-02-02', []],
  ])('are %s', (_, events, day, expected) => {
    expect(told(events, day)).toEqual(expected);
  });

  it('are one tariff per place and service', () => {
    const tariff = (placeId: string, service: string, version: number) => event('tariff', { placeId, service, version, from: '2026-01-02' });
    const events = [tariff('a', 'x', 1), tariff('a', 'x', 2), tariff('a', 'y', 1), tariff('b', 'x', 1)];
    expect(rulesOn(events, localDate('2026-01-02')).map(({ body, version }) => [body['placeId'], body['service'], version]).sort())
      .toEqual([['a', 'x', 2], ['a', 'y', 1], ['b', 'x', 1]]);
  });

  it('are both the upstream fees of every programme and those of one', () => {
    const upstream = (programmeId: string | null) => event('upstream_fee_rule', { programmeId, version: 1, from: '2026-01-02' });
    expect(told([upstream(null), upstream('p')], '2026-01-02')).toHaveLength(2);
  });
});
