import { describe, expect, it } from '@jest/globals';
import { markdown } from './markdown.js';

const of = (text: string): string => markdown(text).text.replace(/\n/g, '');

describe('a document of ours', () => {
  it.each([
    ['its first heading is left out', '# Title\n\nA line\nand on.', '<p>A line and on.</p>'],
    ['headings can be led to', '## Adding one\n### The `way`', '<h2 id="adding-one">Adding one</h2><h3 id="the-way">The <code>way</code></h3>'],
    ['a list goes on below its mark', '1. One\n   more\n2. Two', '<ol class="steps"><li>One more</li><li>Two</li></ol>'],
    ['a list without numbers', '- **a** b', '<ul class="bulleted"><li><b>a</b> b</li></ul>'],
    ['a link within leads there, one out of the page is words', '[here](#a) and [there](../x.md)', '<p><a href="#a">here</a> and there</p>'],
    ['nothing of it is markup of the page', '<script>`<b>`</script> **<i>**', '<p>&lt;script&gt;<code>&lt;b&gt;</code>&lt;/script&gt; <b>&lt;i&gt;</b></p>'],
    ['a fence stays as it is written', '```\n a | b\n## c\n```\nafter', '<pre class="scroll small" tabindex="0"> a | b## c</pre><p>after</p>'],
  ])('%s', (_, text, shown) => {
    expect(of(text)).toBe(shown);
  });

  it('has its tables whole', () => {
    expect(of('| a | `b` |\n|---|---|\n| 1 | <2> |')).toMatch(/<th scope="col">a<\/th><th scope="col"><code>b<\/code><\/th>.*<td>1<\/td><td>&lt;2&gt;<\/td>/);
  });
});
