// One letter on A4: what the vouchers are for, how to use them, and places that take them. No person stands on it. In large
// print letters are 18 points and more, as French guidance for partially sighted readers asks, and fewer places fit.
import PDFDocument from 'pdfkit';
import type { LocalDate } from '#libs/kernel';
import { FONTS } from '#libs/pdf';
import type { NearPlace } from '../know-places/known-place.store.js';
import { localeOf, WORDS, type Language } from './letter-words.js';

export type Letter = Readonly<{
  language: Language; isLarge: boolean; programme: string; usableUntil: LocalDate; service: string | null;
  places: readonly NearPlace[]; at: Date;
}>;

/** Points: the page's margin, and the sizes of its letters. */
const MARGIN = 56;
const SIZES = { normal: { title: 20, text: 11, name: 12, gap: 8 }, large: { title: 28, text: 18, name: 20, gap: 12 } } as const;
/** So many fit under the rest with two lines each; more would begin a second page. */
export const placesMaxOf = (isLarge: boolean): number => (isLarge ? 4 : 10);

export function drawLetter(letter: Letter): PDFKit.PDFDocument {
  const { language, isLarge, programme, usableUntil, service, places, at } = letter;
  const [words, sizes] = [WORDS[language], SIZES[isLarge ? 'large' : 'normal']];
  const document = new PDFDocument({
    size: 'A4', margin: MARGIN, lang: localeOf(language), displayTitle: true,
    info: { Title: words.title, Creator: 'Méreau', Producer: 'Méreau', CreationDate: at },
  });
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, file);
  const write = (text: string, font: 'plain' | 'bold', size: number, gap: number) => {
    document.font(font).fontSize(size).fillColor('#000000').text(text, { paragraphGap: gap });
  };
  write(words.title, 'bold', sizes.title, sizes.gap);
  write(words.programme(programme), 'bold', sizes.text, 0);
  if (service) write(words.service(service), 'plain', sizes.text, 0);
  write(words.until(usableUntil), 'plain', sizes.text, sizes.gap);
  words.steps.forEach((step, number) => { write(`${number + 1}. ${step}`, 'plain', sizes.text, 2); });
  document.moveDown(0.5);
  write(places.length > 0 ? words.places : words.noPlaces, 'bold', sizes.name, sizes.gap);
  for (const place of places) {
    write(place.name, 'bold', sizes.text, 0);
    const where = [place.address, place.distanceKm === null ? null : words.distance(place.distanceKm)].filter((part) => part !== null).join(' · ');
    if (where) write(where, 'plain', sizes.text, sizes.gap / 2);
  }
  document.moveDown(0.5);
  write(words.footer, 'plain', sizes.text, 0);
  document.end();
  return document;
}
