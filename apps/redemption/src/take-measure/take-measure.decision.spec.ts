import { describe, expect, it } from '@jest/globals';
import { idOf, localDate } from '#libs/kernel';
import { decideMeasure, type Measurable, type WantedMeasure } from './take-measure.decision.js';

const [ONE, TWO, OTHER] = ['1', '2', '3'].map((last) => idOf('programme', `01900000-0000-7000-8000-00000000000${last}`)) as [never, never, never];
const today = localDate('2026-03-10');
const place = (...open: Measurable['open']): Measurable => ({ today, programmeIds: [ONE, TWO], open });
const suspend = (over: Partial<WantedMeasure> = {}): WantedMeasure => ({ kind: 'suspension', programmeId: null, from: null, ...over });
const withdraw = (over: Partial<WantedMeasure> = {}): WantedMeasure => suspend({ kind: 'withdrawal', ...over });

describe('a measure', () => {
  it.each<[string, Measurable, WantedMeasure, string, unknown[]]>([
    ['hits every programme of the place from today on', place(), suspend(), '2026-03-10', [ONE, TWO]],
    ['hits one programme from a later day on', place(), suspend({ programmeId: TWO, from: localDate('2026-04-01') }), '2026-04-01', [TWO]],
    ['leaves alone what it has hit before', place({ programmeId: ONE, kind: 'suspension' }), suspend(), '2026-03-10', [TWO]],
    ['withdraws a place that is suspended', place({ programmeId: ONE, kind: 'suspension' }), withdraw(), '2026-03-10', [ONE, TWO]],
    ['suspends nothing that is withdrawn', place({ programmeId: ONE, kind: 'withdrawal' }), suspend(), '2026-03-10', [TWO]],
  ])('%s', (_, given, wanted, from, programmeIds) => {
    expect(decideMeasure(given, wanted)).toEqual({ kind: 'taken', from, programmeIds });
  });

  it.each<[string, Measurable | undefined, WantedMeasure, string]>([
    ['a place that does not exist', undefined, suspend(), 'place_not_found'],
    ['a day that is past', place(), suspend({ from: localDate('2026-03-09') }), 'measure_day_past'],
    ['a programme that the place never took', place(), suspend({ programmeId: OTHER }), 'place_never_accredited'],
    ['a place that never took any', { ...place(), programmeIds: [] }, suspend(), 'place_never_accredited'],
    ['what is suspended', place({ programmeId: ONE, kind: 'suspension' }), suspend({ programmeId: ONE }), 'measure_taken'],
    ['the suspension of what is withdrawn', place({ programmeId: ONE, kind: 'withdrawal' }), suspend({ programmeId: ONE }), 'measure_taken'],
  ])('is not for %s', (_, given, wanted, code) => {
    expect(decideMeasure(given, wanted)).toMatchObject({ kind: 'rejected', code });
  });
});
