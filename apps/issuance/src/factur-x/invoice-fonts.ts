// The fonts of documents, read once per process: to take the tables of a font apart costs several times what a page does.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';

/** pdfkit takes an open font as well as the bytes of one; its types do not know. */
type OpenFont = PDFKit.Mixins.PDFFontSource;

const opened = new Map<string, OpenFont>();

function open(name: string): OpenFont {
  const known = opened.get(name);
  if (known) return known;
  const file = createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
  const font = create(readFileSync(file)) as unknown as OpenFont;
  opened.set(name, font);
  return font;
}

export const invoiceFonts = (): Readonly<Record<'plain' | 'bold', OpenFont>> =>
  ({ plain: open('DejaVuSansCondensed'), bold: open('DejaVuSansCondensed-Bold') });
