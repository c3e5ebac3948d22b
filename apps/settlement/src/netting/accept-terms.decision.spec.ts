import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideAcceptance, decideTerms, type Terms } from './accept-terms.decision.js';

const terms = (version: number, sha256 = 'a'): Terms => ({ version, sha256 });

describe('accepting the terms of netting', () => {
  it.each<[string, Terms, { found: Terms | undefined; latestVersion: number | null }, object]>([
    ['takes the latest, by its digest', terms(2), { found: terms(2), latestVersion: 2 }, { kind: 'accepted' }],
    ['refuses a version that nobody published', terms(1), { found: undefined, latestVersion: null }, { code: 'netting_terms_unknown' }],
    ['refuses an older version', terms(1), { found: terms(1), latestVersion: 2 }, { code: 'netting_terms_superseded', details: { latestVersion: 2 } }],
    ['refuses the digest of another text', terms(2, 'b'), { found: terms(2), latestVersion: 2 }, { code: 'netting_terms_differ' }],
  ])('%s', (_name, asked, state, expected) => {
    expect(decideAcceptance(asked, state)).toMatchObject(expected);
  });

  it('asks for none on days that are over', () => {
    expect(decideTerms(localDate('2026-04-02'), localDate('2026-04-02'))).toEqual({ kind: 'published' });
    expect(decideTerms(localDate('2026-04-01'), localDate('2026-04-02'))).toMatchObject({ code: 'netting_terms_in_the_past', details: { earliest: '2026-04-02' } });
  });
});
