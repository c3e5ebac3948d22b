// Whoever stands at a counter is told in words why a voucher is refused, never by a code.
import { describe, expect, it } from '@jest/globals';
import { TILL_DOOR_REFUSALS, TILL_REFUSALS } from '../../apps/redemption/src/refusals.js';
import { redeemRefusal } from '../../apps/web/src/redeem/redeem-refusals.js';

describe('the page of a till', () => {
  it.each([...TILL_DOOR_REFUSALS, ...TILL_REFUSALS])('has words for %s, in both languages', (code) => {
    const said = (['fr', 'en'] as const).map((language) =>
      redeemRefusal({ code, errors: [], details: {} }, { language, say: (french, english) => (language === 'fr' ? french : english) }));
    for (const sentence of said) expect(sentence).not.toContain(code);
    expect(said[0]).not.toBe(said[1]);
  });
});
