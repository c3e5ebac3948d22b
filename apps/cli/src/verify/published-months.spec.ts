import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { publishedFaults, readPublished } from './published-months.js';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('months that somebody loaded', () => {
  it('are read from the answer about one, and from the list', () => {
    const march = { month: '2026-03', madeAt: '2026-04-08T00:00:00.000Z', content: '{"a":1}', sha256: 'told', keyId: 'k', signature: 's' };
    expect(readPublished(JSON.stringify(march))).toEqual([{ month: '2026-03', sha256: hashOf('{"a":1}') }]);
    expect(readPublished(JSON.stringify({ items: [march, { ...march, month: '2026-02' }] }))?.map(({ month }) => month)).toEqual(['2026-03', '2026-02']);
  });

  it.each([['no JSON', 'month,cents'], ['another answer', '{"items":[{"table":"impact"}]}'], ['an empty list', '{"items":[]}']])('are not read from %s', (_, text) => {
    expect(readPublished(text)).toBeUndefined();
  });

  it('are the text that the log has, another one, or not there', () => {
    const here = new Map([['2026-03', hashOf('a')], ['2026-04', hashOf('b')]]);
    expect(publishedFaults([{ month: '2026-03', sha256: hashOf('a') }], here)).toEqual([]);
    expect(publishedFaults([{ month: '2026-04', sha256: hashOf('a') }, { month: '2026-05', sha256: hashOf('a') }], here)).toEqual([
      'the open data of 2026-04 that were shown to you are another text than those in this log',
      'the open data of 2026-05 that were shown to you are not in this log: they were taken out, or the export is older',
    ]);
  });
});
