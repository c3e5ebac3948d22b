import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { accreditationOn, countingVersions } from './accreditation.decision.js';

/** Version, first day, last day, day of record; the latest first. */
type Row = readonly [number, string, string, string];
const YEAR: Row = [1, '2026-01-01', '2026-12-31', '2025-12-01'];

const versionOn = (rows: readonly Row[], day: string) => {
  const counting = countingVersions(rows.map(([version, from, to, recordedOn]) =>
    ({ accreditation: { version, from: localDate(from), to: localDate(to) }, recordedOn: localDate(recordedOn) })));
  const found = accreditationOn(counting, localDate(day));
  return found && found.from <= day && day <= found.to ? found.version : null;
};

describe('the accreditation of a day', () => {
  it.each<[string, readonly Row[], string, number | null]>([
    ['is none where there is none', [], '2026-06-01', null],
    ['is the only one, within it', [YEAR], '2026-12-31', 1],
    ['is none before it', [YEAR], '2025-12-31', null],
    ['is none after it', [YEAR], '2027-01-01', null],
    ['is the one before a renewal, before that begins', [[2, '2027-01-01', '2027-12-31', '2026-11-20'], YEAR], '2026-12-31', 1],
    ['is the renewal from its first day on', [[2, '2027-01-01', '2027-12-31', '2026-11-20'], YEAR], '2027-01-01', 2],
    ['is none between one and a renewal with a gap', [[2, '2027-02-01', '2027-12-31', '2027-01-20'], YEAR], '2027-01-15', null],
    ['is the renewal where both cover the day', [[2, '2026-07-01', '2027-06-30', '2026-06-20'], YEAR], '2026-07-01', 2],
    ['is the later of two that cover the same days', [[2, '2026-01-01', '2026-12-31', '2026-06-20'], YEAR], '2026-03-01', 2],
    ['is none where a correction ends it earlier', [[2, '2026-01-01', '2026-06-30', '2026-06-20'], YEAR], '2026-07-01', null],
    ['is none after a later one that was shorter, though the earlier one went on',
      [[2, '2026-03-01', '2026-06-30', '2026-02-20'], YEAR], '2026-07-01', null],
    ['reaches back where a correction begins earlier', [[2, '2025-12-01', '2026-12-31', '2026-01-20'], YEAR], '2025-12-15', 2],
    ['is none where it was put off before it began', [[2, '2026-03-01', '2026-12-31', '2025-12-31'], YEAR], '2026-02-01', null],
    ['is the first where the renewal was put off before it began', [
      [3, '2027-02-01', '2027-12-31', '2026-12-20'], [2, '2027-01-01', '2027-12-31', '2026-11-20'], YEAR,
    ], '2026-12-01', 1],
    ['is none where the renewal was put off before it began', [
      [3, '2027-02-01', '2027-12-31', '2026-12-20'], [2, '2027-01-01', '2027-12-31', '2026-11-20'], YEAR,
    ], '2027-01-15', null],
    ['is one that began on the day of the next record', [[2, '2026-03-01', '2026-12-31', '2026-01-01'], YEAR], '2026-02-01', 1],
    ['is still put off after a third was recorded', [
      [3, '2027-01-01', '2027-12-31', '2026-11-20'], [2, '2026-03-01', '2026-12-31', '2025-12-31'], YEAR,
    ], '2026-02-01', null],
  ])('%s', (_, rows, day, version) => {
    expect(versionOn(rows, day)).toBe(version);
  });

  it('is told from the latest where the day is before all of them', () => {
    expect(accreditationOn([{ version: 1, from: localDate('2026-02-01'), to: localDate('2026-12-31') }], localDate('2026-01-01')))
      .toMatchObject({ from: '2026-02-01' });
  });
});
