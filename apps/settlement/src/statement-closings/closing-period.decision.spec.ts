import { describe, expect, it } from '@jest/globals';
import { localDate, type Month } from '#libs/kernel';
import { decidePeriod } from './closing-period.decision.js';

const month = (text: string | null) => text as Month | null;

describe('the month of a closing', () => {
  it.each<[string, string | null, string, string | null, object]>([
    ['is the one that ends today', null, '2026-03-31', null, { period: '2026-03' }],
    ['is the one that ended yesterday', null, '2026-04-01', '2026-02', { period: '2026-03' }],
    ['is the running one in between', null, '2026-04-15', '2026-03', { period: '2026-04' }],
    ['is December on New Year\'s Day', null, '2027-01-01', '2026-11', { period: '2026-12' }],
    ['is the leap day\'s February', null, '2028-03-01', null, { period: '2028-02' }],
    ['never goes back by itself', null, '2026-04-01', '2026-04', { period: '2026-04' }],
    ['is what the caller says', '2026-03', '2026-04-15', '2026-03', { period: '2026-03' }],
    ['may be the running one', '2026-04', '2026-04-15', '2026-03', { period: '2026-04' }],
    ['is not one to come', '2026-05', '2026-04-30', null, { code: 'period_out_of_order', details: { latest: '2026-04' } }],
    ['is not before one that was closed', '2026-02', '2026-04-15', '2026-03', { code: 'period_out_of_order', details: { earliest: '2026-03', latest: '2026-04' } }],
  ])('%s', (_name, asked, today, last, expected) => {
    expect(decidePeriod(month(asked), { today: localDate(today), last: month(last) ?? undefined })).toMatchObject(expected);
  });
});
