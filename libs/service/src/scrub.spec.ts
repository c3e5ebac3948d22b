import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scrub } from './scrub.js';

// Made up, with right check digits where that matters; no account and no code of anybody.
const HIDDEN: [string, string, string][] = [
  ['a French IBAN in groups', 'paid to FR76 3000 6000 0112 3456 7890 189 today', 'paid to [iban] today'],
  ['one in a piece', 'FR7630006000011234567890189', '[iban]'],
  ['one in small letters', 'iban=fr7630006000011234567890189&x=1', 'iban=[iban]&x=1'],
  ['one with a missing digit', 'FR763000600001123456789018', '[iban]'],
  ['one with other groups', 'FR76-30006-00001-12345678901-89', '[iban]'],
  ['one in an address', '/payees?iban=FR76%203000%206000%200112%203456%207890%20189', '/payees?iban=[iban]'],
  ['a German and a Norwegian one', 'DE89370400440532013000, NO93 8601 1117 947', '[iban], [iban]'],
  ['one with letters', 'GB29NWBK60161331926819', '[iban]'],
  ['one after a line break of JSON', '{"stack":"Error\\nFR7630006000011234567890189\\n at x"}', '{"stack":"Error\\n[iban]\\n at x"}'],
  ['a printed code', 'no such code 7H2K-9QWX-M4TB-Z8RD-5A here', 'no such code [code] here'],
  ['a printed code without its check', '7H2K-9QWX-M4TB-Z8RD', '[code]'],
  ['a code in one', 'code:7H2K9QWXM4TBZ8RD5A.', 'code:[code].'],
  ['a code in small letters', '"7h2k9qwxm4tbz8rd5a"', '"[code]"'],
  ['a code with letters typed for digits', '7H2K-9QWX-M4TB-Z8RD-oI', '[code]'],
  ['a code with spaces', 'typed 7h2k 9qwx m4tb z8rd 5a', 'typed [code]'],
  ['a code with spaces after words of four letters', 'a code like 7h2k 9qwx m4tb z8rd 5a', 'a [code]'],
  ['the secret part alone', 'KHQKWQWXMJTBZXRD', '[code]'],
  ['a code without a digit', 'KHQK-WQWX-MJTB-ZXRD-EA and khqk-wqwx-mjtb-zxrd-ea', '[code] and [code]'],
  ['a code in the fragment of an address', 'https://x.example/v#7H2K-9QWX-M4TB-Z8RD-5A', 'https://x.example/v#[code]'],
];

const KEPT = [
  'red_0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b by plc_01890a5d-ac96-774b-bcce-b302099a8057',
  '2026-11-22T20:47:03.123Z', '"time":1763844423123,"pid":4242', 'this line says that they must have been made with care',
  'well-kept-libs-that-work', 'bank_file_line_hash', 'AssertionFault: a transfer moves more than zero, not 0',
  'at RedeemVoucherHandler.execute (/srv/mereau/dist/apps/redemption/src/redeem-voucher/redeem-voucher.handler.js:24:7)',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'de89f00d44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b785aa',
  'order MR-2026-000123, amountCents 1250000', 'PostgreSQL 18.4 at 127.0.0.1:5432/mereau', '<<0>> and <<7>>',
];

describe('the scrubber of logs', () => {
  it.each(HIDDEN)('removes %s', (_what, text, clean) => expect(scrub(text)).toBe(clean));
  it.each(KEPT)('keeps %s', (text) => expect(scrub(text)).toBe(text));
  it('keeps an id beside a code', () => {
    const id = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
    expect(scrub(`red_${id} 7H2K-9QWX-M4TB-Z8RD-5A ${id}`)).toBe(`red_${id} [code] ${id}`);
  });
  it('leaves nothing of any printed code, whatever stands around it', () => {
    const character = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
    const code = fc.array(character, { minLength: 18, maxLength: 18 }).map((all) => all.join('').replace(/(.{4})(?=.)/g, '$1-'));
    const around = fc.stringMatching(/^(?:[ -~]{0,20}[^0-9A-Za-z])?$/);
    fc.assert(fc.property(around, code, around, fc.boolean(), (before, secret, after, asJson) => {
      const line = `${before}${secret}${[...after].reverse().join('')}`;
      const clean = scrub(asJson ? JSON.stringify({ msg: line }) : line);
      expect(clean).not.toContain(secret.slice(5, 19));
    }), { seed: Number(process.env.MEREAU_SEED ?? 1), numRuns: 500 });
  });
  it('takes a long line in a time that grows with its length only', () => {
    const line = 'FR76 '.repeat(40_000) + '7H2K-'.repeat(40_000) + 'A'.repeat(200_000);
    const began = performance.now();
    scrub(line);
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
