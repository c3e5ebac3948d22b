import { describe, expect, it } from '@jest/globals';
import { networkOf } from '#libs/http';
import { addressIdOf } from './address.js';

describe('whom a limit counts', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2345:1:2:3:4', '2001:db8:1:2300'],
    ['2001:db8:1:23ff::1', '2001:db8:1:2300'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is written as a hash that only the key can make again', () => {
    const id = addressIdOf(Buffer.from('a'), '192.0.2.7');
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(addressIdOf(Buffer.from('a'), '::ffff:192.0.2.7')).toBe(id);
    expect(addressIdOf(Buffer.from('b'), '192.0.2.7')).not.toBe(id);
  });
});
