import { describe, expect, it } from '@jest/globals';
import { welcome } from './welcome.js';

describe('the welcome', () => {
  it('says where, and one sign-in per role in columns', () => {
    const text = welcome('http://127.0.0.1:3000', [
      { role: 'payer', email: 'a@ville.example', password: 'p1' }, { role: 'operator', email: 'bb@mereau.example', password: 'p2' },
    ], 1234);
    expect(text).toContain('http://127.0.0.1:3000  (started in 1.2 s');
    expect(text).toContain('  payer     a@ville.example    p1\n  operator  bb@mereau.example  p2\n');
    expect(text).toContain('npm run code -- ADDRESS');
  });

  it('promises no sign-in where there is none', () => {
    expect(welcome('http://127.0.0.1:3000', [], 1)).not.toContain('Sign in');
  });
});
