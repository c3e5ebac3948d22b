import { describe, expect, it } from '@jest/globals';
import { toFirstError } from './first-error.js';
import { sayIn } from './language.js';

const page = (body: string) => `<head><title>A form – Méreau</title></head><body>${body}</body>`;
const shown = (body: string, status = 200) => toFirstError(page(body), status, sayIn('fr'));
const NOTICE = '<div class="notice no" role="alert"><p>No.</p></div>';

describe('a page where something was not right', () => {
  it('has the focus on the first field to mend, and says it in its title', () => {
    const wrong = '<input id="a"><input id="b" aria-invalid="true" aria-describedby="b-wrong"><input id="c" aria-invalid="true">';
    expect(shown(`${NOTICE}${wrong}`, 403)).toBe(page(`${NOTICE}${wrong.replace('id="b" aria-invalid="true"', 'id="b" aria-invalid="true" autofocus')}`).replace('<title>', '<title>Erreur : '));
    expect(shown(wrong)).toContain('<title>Erreur : A form');
  });

  it('without a field has it on what is said', () => {
    expect(shown(NOTICE, 409)).toContain('<div class="notice no" role="alert" tabindex="-1" autofocus><p>No.</p></div>');
  });

  it('leaves it in the field that a scanner writes into', () => {
    const field = '<input id="code" autofocus>';
    expect(shown(`${NOTICE}${field}`, 403)).toBe(page(`${NOTICE}${field}`).replace('<title>', '<title>Erreur : '));
  });
});

describe('another page', () => {
  it.each(['<p>All is well.</p>', NOTICE, '<p>aria-invalid=&quot;true&quot; autofocus</p>'])('%s is left as it is', (body) => {
    expect(shown(body)).toBe(page(body));
  });
});
