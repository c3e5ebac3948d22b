import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { readOptions } from './options.js';

const FILE = fileURLToPath(import.meta.url);

describe('what the demo is asked for', () => {
  it('is the one life of a voucher when no places are given, under a seed of its own', () => {
    const { life, year } = readOptions([]);
    expect([life.json, life.sabotage, life.queue, year]).toEqual([false, undefined, 'postgres', undefined]);
    expect(life.seed).toMatch(/^[0-9a-f]{16}$/);
    expect(readOptions([]).life.seed).not.toBe(life.seed);
  });

  it('is a year with places', () => {
    expect(readOptions(['--places', FILE, '--seed', 's', '--queue', 'redis', '--sabotage', 'fund-twice', '--json']).year).toEqual({
      placesFile: FILE, payersFile: undefined, vouchers: 2_000, seed: 's', queue: 'redis', sabotage: 'fund-twice', json: true, out: undefined,
    });
    expect(readOptions(['--places', FILE, '--payers', FILE, '--vouchers', '300000', '--out', '/x']).year)
      .toMatchObject({ payersFile: FILE, vouchers: 300_000, out: '/x' });
  });

  it.each([
    ['there is no sabotage steal', ['--sabotage', 'steal']],
    ['there is no queue kafka', ['--queue', 'kafka']],
    ['a year needs --places', ['--vouchers', '20']],
    ['there is no file nowhere.csv', ['--places', 'nowhere.csv']],
    ['--vouchers takes a whole number from 10 to 1000000', ['--places', FILE, '--vouchers', '9']],
    ['--vouchers takes a whole number from 10 to 1000000', ['--places', FILE, '--vouchers', '20.5']],
    ['Unknown option', ['--speed', '9']],
  ])('is refused in one line that says how: %s', (reason, args) => {
    expect(() => readOptions(args)).toThrow(reason);
    expect(() => readOptions(args)).toThrow('usage: npm run demo');
  });
});
