import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { countIn, cursorOf, pageOf, readCursor } from './index.js';

const Position = z.tuple([z.string(), z.int()]);

describe('a page', () => {
  const rows = [1, 2, 3, 4].map((at) => ({ at, day: '2026-01-01' }));
  const page = (limit: number) => pageOf(rows.slice(0, limit + 1), limit, ({ day, at }) => [day, at], ({ at }) => at);

  it('shows as many as asked and leads to the next one', () => {
    const { items, nextCursor } = page(3);
    expect(items).toEqual([1, 2, 3]);
    expect(readCursor(Position, nextCursor!)).toEqual(['2026-01-01', 3]);
  });

  it.each([4, 5])('of %s is the last of four', (limit) => {
    expect(page(limit)).toEqual({ items: [1, 2, 3, 4], nextCursor: null });
  });

  it('is not asked for behind text or numbers that PostgreSQL refuses', () => {
    for (const position of [['\0', 1], ['\ud800', 1]]) expect(() => readCursor(Position, cursorOf(position))).toThrow(expect.objectContaining({ code: 'request_malformed' }));
    expect(() => readCursor(z.tuple([countIn]), cursorOf([2_147_483_648]))).toThrow(expect.objectContaining({ code: 'request_malformed' }));
  });

  it.each(['', 'x', cursorOf(['2026-01-01']), cursorOf([1, '2026-01-01']), Buffer.from('{').toString('base64url')])(
    'does not take the cursor %p', (cursor) => {
      expect(() => readCursor(Position, cursor)).toThrow(expect.objectContaining({ code: 'request_malformed' }));
    });
});
