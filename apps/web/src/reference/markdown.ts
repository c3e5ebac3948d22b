// As much of Markdown as our own documents use: headings, paragraphs, lists, tables, fenced code; code, bold and links within a line.
import { html, type Html, type Piece } from '../html.js';

const ROW = /^\|.*\|$/;
const ITEM = /^(?:\d+\.|-) +/;
/** A link leads within the page, or out of the documents, which are no pages: then only its words stay. */
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/;

/** The first heading is left out: the page has its own. */
export function markdown(text: string): Html {
  const blocks: Html[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length;) {
    const [block, next] = blockAt(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  return html`${blocks}`;
}

type Block = readonly [block: Html | null, next: number];

function blockAt(lines: readonly string[], at: number): Block {
  const line = lines[at]!;
  if (line.trim() === '' || line.startsWith('# ')) return [null, at + 1];
  if (line.startsWith('```')) return fenced(lines, at);
  const heading = /^(##|###) (.*)$/.exec(line);
  if (heading) return [heading[1] === '##' ? html`<h2 id="${slug(heading[2]!)}">${inline(heading[2]!)}</h2>` : html`<h3 id="${slug(heading[2]!)}">${inline(heading[2]!)}</h3>`, at + 1];
  if (ROW.test(line)) return table(lines, at);
  if (ITEM.test(line)) return list(lines, at);
  const end = endOf(lines, at, (other) => other.trim() !== '' && !/^(#|```)/.test(other) && !ROW.test(other) && !ITEM.test(other));
  return [html`<p>${inline(lines.slice(at, end).join(' '))}</p>`, end];
}

function endOf(lines: readonly string[], at: number, goesOn: (line: string) => boolean): number {
  let end = at + 1;
  while (end < lines.length && goesOn(lines[end]!)) end += 1;
  return end;
}

function fenced(lines: readonly string[], at: number): Block {
  const end = endOf(lines, at, (line) => !line.startsWith('```'));
  return [html`<pre class="scroll small" tabindex="0">${lines.slice(at + 1, end).join('\n')}</pre>`, end + 1];
}

const cells = (line: string): string[] => line.slice(1, -1).split('|').map((cell) => cell.trim());

function table(lines: readonly string[], at: number): Block {
  const end = endOf(lines, at, (line) => ROW.test(line));
  const [head, , ...rows] = lines.slice(at, end);
  const heads = cells(head!);
  return [html`<div class="scroll" tabindex="0" role="region" aria-label="${heads.join(', ')}"><table><thead><tr>${heads.map((cell) => html`<th scope="col">${inline(cell)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row).map((cell) => html`<td>${inline(cell)}</td>`)}</tr>`)}</tbody></table></div>`, end];
}

function list(lines: readonly string[], at: number): Block {
  const end = endOf(lines, at, (line) => ITEM.test(line) || /^ {2,}\S/.test(line));
  const items: string[] = [];
  for (const line of lines.slice(at, end)) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ''));
    else items.push(`${items.pop()!} ${line.trim()}`);
  }
  const shown = items.map((item) => html`<li>${inline(item)}</li>`);
  return [/^\d/.test(lines[at]!) ? html`<ol class="steps">${shown}</ol>` : html`<ul class="bulleted">${shown}</ul>`, end];
}

function inline(text: string): Piece {
  const found = INLINE.exec(text);
  if (!found) return text;
  const [whole, code, bold, words, target] = found;
  const piece = code !== undefined ? html`<code>${code}</code>` : bold !== undefined ? html`<b>${inline(bold)}</b>`
    : target!.startsWith('#') ? html`<a href="${target}">${inline(words!)}</a>` : inline(words!);
  return html`${text.slice(0, found.index)}${piece}${inline(text.slice(found.index + whole.length))}`;
}

/** `Adding one` is `#adding-one`, as where the document is read elsewhere. */
const slug = (heading: string): string => heading.toLowerCase().replace(/[^\w\s-]/g, '').trim().replace(/\s+/g, '-');
