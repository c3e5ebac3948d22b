// Letters as a PDF, page by page, as sheets are: one for each booklet, or for each loose voucher. There is no code in it.
import { setImmediate } from 'node:timers/promises';
import { leaving, newDocument, nextPage } from '#libs/pdf';
import type { Cover } from '../booklet-sheets/cover.store.js';
import type { NearPlace } from '../know-places/known-place.store.js';
import type { LetterForm } from '../print-batch/print-form.decision.js';
import type { OpenBatch } from '../print-batch/print-lines.js';
import { drawLetter } from './draw-letter.js';
import { letterText, type LetterSubject } from './letter-words.js';

type Setting = Omit<LetterForm, 'commune'> & Readonly<{ cover: Cover; places: readonly NearPlace[]; at: Date }>;

/** `openBatch` is called when the first piece is read. No code is made of it: its key is overwritten at once. */
export async function* lettersOf(
  openBatch: () => OpenBatch, { cover, places, language, largePrint, at }: Setting,
): AsyncGenerator<Uint8Array> {
  const batch = openBatch();
  batch.batchKey.fill(0);
  const document = newDocument({ title: cover.programme, language: language === 'fr' ? 'fr-FR' : 'en-GB', at });
  const textOf = letterText(language, cover, places);
  for (const subject of subjectsOf(batch)) {
    // A page takes some milliseconds: others get their turn after each.
    await setImmediate();
    nextPage(document);
    drawLetter(document, cover.programme, textOf(subject), largePrint);
    yield* leaving(document);
  }
  document.end();
  yield* leaving(document);
}

/** A booklet that the range holds in part has its letter too: whoever gets a part of it gets it with the vouchers. */
export function* subjectsOf(
  { range: { first, last }, bookletSize, serials }: Pick<OpenBatch, 'range' | 'bookletSize' | 'serials'>,
): Generator<LetterSubject> {
  if (bookletSize === 1) {
    for (let index = first; index <= last; index += 1) yield { number: serials.serialOf(index), isBooklet: false, count: 1 };
    return;
  }
  for (let booklet = Math.floor(first / bookletSize); booklet <= Math.floor(last / bookletSize); booklet += 1) {
    const from = Math.max(first, booklet * bookletSize);
    const to = Math.min(last, (booklet + 1) * bookletSize - 1);
    yield { number: serials.bookletNumberOf(booklet), isBooklet: true, count: to - from + 1 };
  }
}
