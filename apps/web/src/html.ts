// Pages are written with one tagged template, which escapes everything that is not itself made by it.
import { AssertionFault } from '#libs/kernel';

export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}
export type Piece = Html | string | number | false | null | undefined | readonly Piece[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** `html\`<p title="${title}">${text}</p>\``; attributes stand in quotes, which is checked. */
export function html(texts: TemplateStringsArray, ...pieces: Piece[]): Html {
  const parts = texts.map((text, index) => {
    if (/\s[\w-]+=$/.test(text)) throw new AssertionFault(`an attribute without quotes: ${text.slice(-40)}`);
    return text + (index < pieces.length ? shown(pieces[index]) : '');
  });
  return new Html(parts.join(''));
}

function shown(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (Array.isArray(piece)) return piece.map(shown).join('');
  if (piece === false || piece === null || piece === undefined) return '';
  return escaped(String(piece));
}
