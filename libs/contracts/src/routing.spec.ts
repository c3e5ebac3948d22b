import { describe, expect, it } from '@jest/globals';
import { receiversOf } from './routing.js';

describe('the receivers of a message', () => {
  it('may be its sender: what settlement finds broken stops its own pay-outs', () => {
    expect(receiversOf('invariant.broken.v1', 'settlement')).toEqual(['settlement', 'audit']);
    expect(receiversOf('invariant.broken.v1', 'redemption')).toEqual(['settlement', 'audit']);
  });

  it('are audit once, and not of what audit says', () => {
    expect(receiversOf('invariant.broken.v1', 'audit')).toEqual(['settlement']);
  });

  it('are not known of a type without a contract', () => {
    expect(() => receiversOf('nobody.said.v1', 'audit')).toThrow('no contract for nobody.said.v1');
  });
});
