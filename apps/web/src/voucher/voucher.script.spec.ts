import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { VOUCHER_SCRIPT } from './voucher.script.js';

/** Runs the script as a browser with this address would; a name it should not use is not there, so using it throws. */
function open(hash: string) {
  const ids = ['without-code', 'with-code', 'wrong-code', 'code'];
  const elements = Object.fromEntries(ids.map((id) => [id, { hidden: id !== 'without-code', textContent: '' }]));
  const location = { hash };
  const heard: (() => void)[] = [];
  runInNewContext(VOUCHER_SCRIPT, {
    location, document: { getElementById: (id: string) => elements[id] },
    addEventListener: (_: string, then: () => void) => heard.push(then),
  });
  const seen = () => Object.entries(elements).filter(([id, { hidden }]) => id !== 'code' && !hidden).map(([id]) => id);
  return { seen, code: () => elements['code']!.textContent, moveTo: (next: string) => { location.hash = next; heard.forEach((then) => then()); } };
}

describe('the script of the voucher page', () => {
  it.each([
    ['', ['without-code'], ''],
    ['#DWVA-0RNJ-GS6M-7FVS-09', ['with-code'], 'DWVA-0RNJ-GS6M-7FVS-09'],
    ['#dwva0rnjgs6m7fvs09', ['with-code'], 'DWVA-0RNJ-GS6M-7FVS-09'],
    ['#OIL1-OOOO-1111-2222-33', ['with-code'], '0111-0000-1111-2222-33'],
    ['#DWVA-0RNJ', ['wrong-code'], ''],
    ['#DWVA-0RNJ-GS6M-7FVS-0U', ['wrong-code'], ''],
    ['#%E0%A4%A', ['wrong-code'], ''],
    ['#<img src=x onerror=alert(1)>', ['wrong-code'], ''],
  ])('at %s shows %p', (hash, seen, code) => {
    const page = open(hash);
    expect([page.seen(), page.code()]).toEqual([seen, code]);
  });

  it('follows another voucher that is read in the same tab, and forgets the first', () => {
    const page = open('#DWVA-0RNJ-GS6M-7FVS-09');
    page.moveTo('#');
    expect([page.seen(), page.code()]).toEqual([['without-code'], '']);
  });
});
