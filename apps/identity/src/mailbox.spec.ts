import { describe, expect, it } from '@jest/globals';
import { mailboxOf } from './mailbox.js';

describe('the mailbox of an address', () => {
  it.each([
    ['anna@mereau.example', 'anna@mereau.example'],
    ['anna+second@mereau.example', 'anna@mereau.example'],
    ['anna+a+b@mereau.example', 'anna@mereau.example'],
    ['anna+@mereau.example', 'anna@mereau.example'],
    ['+anna@mereau.example', '+anna@mereau.example'],
    ['anna@plus+host.example', 'anna@plus+host.example'],
    ['"a+b"@mereau.example', '"a+b"@mereau.example'],
  ])('%s is %s', (email, mailbox) => {
    expect(mailboxOf(email)).toBe(mailbox);
  });
});
