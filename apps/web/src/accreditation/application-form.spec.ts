import { describe, expect, it } from '@jest/globals';
import { contentTyped, isSubmitted } from './application-form.js';

describe('an application as it is typed', () => {
  it('is its answers and its documents, without what is empty or of another kind', () => {
    const sha = 'AB'.repeat(32);
    expect(contentTyped({
      key: 'x', step: 'submit', 'answer-hours': 'many', 'answer-none': '', 'name-statutes': 'statuts.pdf', 'sha256-statutes': ` ${sha} `, 'bytes-statutes': '12',
      'name-charter': '', 'sha256-charter': sha,
    })).toEqual({ answers: { hours: 'many' }, documents: [{ kind: 'statutes', name: 'statuts.pdf', sha256: sha.toLowerCase(), bytes: 12 }] });
    expect([isSubmitted({ step: 'submit' }), isSubmitted({ step: 'keep' }), isSubmitted({})]).toEqual([true, false, false]);
  });
});
