import { describe, expect, it } from '@jest/globals';
import { benchOptions } from './bench-options.js';

describe('what a bench is asked for', () => {
  it('may be written both ways, and is usual unless told', () => {
    const usual = { rounds: 3, seconds: 5, vouchers: 7, pages: 10_000, events: 200_000, relay: false, json: false, queue: 'postgres' };
    expect(benchOptions([], 7)).toEqual(usual);
    expect(benchOptions(['--vouchers', '300000', '--json'], 7)).toEqual({ ...usual, vouchers: 300_000, json: true });
    expect(benchOptions(['--vouchers=300000', '--rounds=1', '--relay', '--queue=redis'], 7))
      .toEqual({ ...usual, vouchers: 300_000, rounds: 1, relay: true, queue: 'redis' });
  });

  it.each([
    ['--vouchers is a whole number above 0', ['--vouchers', 'many']],
    ['--rounds is a whole number above 0', ['--rounds=0']],
    ['there is no queue kafka', ['--queue', 'kafka']],
    ['Unknown option', ['--speed']],
  ])('is refused in one line: %s', (reason, flags) => {
    expect(() => benchOptions(flags, 7)).toThrow(expect.objectContaining({ name: 'StartupFault', message: expect.stringContaining(reason) }));
  });
});
