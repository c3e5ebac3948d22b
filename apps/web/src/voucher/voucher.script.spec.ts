import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { VOUCHER_SCRIPT } from './voucher.script.js';

/** Runs the script as a browser with this address would; a name it should not use is not there, so using it throws. */
function open(hash: string, hasField = true) {
  const done: string[] = [];
  const field = { value: '', form: { requestSubmit: () => done.push(`posts ${field.value}`) } };
  const location = { hash, pathname: '/v' };
  const heard: (() => void)[] = [];
  runInNewContext(VOUCHER_SCRIPT, {
    location, document: { getElementById: (id: string) => (id === 'code' && hasField ? field : null) },
    history: { replaceState: (_: null, __: string, path: string) => { done.push(`shows ${path}`); location.hash = ''; } },
    addEventListener: (_: string, then: () => void) => heard.push(then),
  });
  return { done, moveTo: (next: string) => { location.hash = next; heard.forEach((then) => then()); } };
}

describe('the script of the voucher page', () => {
  it('takes the code out of the address, and then posts it', () => {
    expect(open('#DWVA-0RNJ-GS6M-7FVS-09').done).toEqual(['shows /v', 'posts DWVA-0RNJ-GS6M-7FVS-09']);
  });

  it('does nothing without a code, or where there is no field', () => {
    expect([open('').done, open('#').done, open('#DWVA', false).done]).toEqual([[], [], []]);
  });

  it('follows another voucher that is read in the same tab', () => {
    const page = open('#A');
    page.moveTo('#B');
    expect(page.done).toEqual(['shows /v', 'posts A', 'shows /v', 'posts B']);
  });
});
