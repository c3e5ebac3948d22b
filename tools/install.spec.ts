import { describe, expect, it } from '@jest/globals';
import { isSame } from './install.mjs';

const lock = (packages: object) => JSON.stringify({ packages: { '': { name: 'mereau' }, ...packages } });
const wanted = lock({
  'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', dev: true },
  'node_modules/for-mac': { version: '1.0.0', optional: true },
});

describe('what is installed', () => {
  it.each<[string, object, boolean]>([
    ['is right when every package has its version', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } }, true],
    ['may lack what is for another platform', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' }, 'node_modules/x': { version: '1.0.0' } }, true],
    ['is wrong when a package is missing', { 'node_modules/a': { version: '1.0.0' } }, false],
    ['is wrong when a package has another version', { 'node_modules/a': { version: '1.0.1' }, 'node_modules/b': { version: '2.0.0' } }, false],
  ])('%s', (_what, packages, answer) => expect(isSame(wanted, lock(packages))).toBe(answer));

  it('is wrong when there is nothing', () => expect(isSame(wanted, '')).toBe(false));
});
