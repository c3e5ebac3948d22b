import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html } from './html.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261122', 10);

describe('the template of pages', () => {
  it('escapes whatever is put in, in text and in attributes', () => {
    expect(html`<p title="${'"><script>'}">${'<b>&\'</b>'}</p>`.text)
      .toBe('<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;&lt;/b&gt;</p>');
  });

  it('lets no text break out of an attribute or an element', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const page = html`<p title="${text}">${text}</p>`.text;
      expect(page.match(/[<>]/g)).toHaveLength(4);
      expect(page.match(/"/g)).toHaveLength(2);
    }), { seed });
  });

  it('takes what it made itself as it is, lists one after another, and nothing for what is not there', () => {
    expect(html`${[html`<i>1</i>`, html`<i>2</i>`]}${null}${undefined}${false}${0}`.text).toBe('<i>1</i><i>2</i>0');
  });

  it('refuses an attribute without quotes, which no escaping could save', () => {
    expect(() => html`<p title=${'x onclick=alert(1)'}>`).toThrow(/quotes/);
    expect(html`<a href="/?lang=${'fr'}">`.text).toBe('<a href="/?lang=fr">');
  });
});
