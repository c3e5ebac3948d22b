import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { dayIn, instantIn } from './index.js';

describe('a day', () => {
  it.each(['2026-02-30', '0000-01-01', '9999-12-31', '2026-1-1', '2026-01-01T00:00:00Z', ''])('is not %p', (text) => {
    expect(dayIn.safeParse(text).success).toBe(false);
  });

  it('that is none is not handed to a rule about two days', () => {
    const days = z.strictObject({ from: dayIn, to: dayIn }).refine(() => { throw new Error('asked about what is no day'); });
    expect(days.safeParse({ from: '2026-13-45', to: '2026-01-01' }).error?.issues).toMatchObject([{ path: ['from'] }]);
  });
});

describe('an instant', () => {
  it('has an offset, and is told in UTC', () => {
    expect(instantIn.parse('2026-01-01T00:00:00+01:00').toISOString()).toBe('2025-12-31T23:00:00.000Z');
  });

  it.each(['2026-01-01T00:00:00', '2026-01-01', '0000-06-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:00:00-02:00'])('is not %p', (text) => {
    expect(instantIn.safeParse(text).success).toBe(false);
  });
});
