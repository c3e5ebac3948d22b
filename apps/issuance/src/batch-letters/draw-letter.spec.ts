import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { newDocument } from '#libs/pdf';
import type { Cover } from '../booklet-sheets/cover.store.js';
import type { NearPlace } from '../know-places/known-place.store.js';
import { LARGE_LETTER_PLACES, LETTER_PLACES } from '../limits.js';
import { LETTER_LANGUAGES } from '../print-batch/print-form.decision.js';
import { BOTTOM, drawLetter } from './draw-letter.js';
import { letterText } from './letter-words.js';

const ID = '01900000-0000-7000-8000-000000000001';
/** As long as the database takes them, in wide letters and in words that do not break. */
const longest = (length: number, word: string): string => word.repeat(length).slice(0, length);

function endOf(language: 'fr' | 'en', largePrint: boolean, word: string): number {
  const document = newDocument({ title: 'x', language: 'fr-FR', at: new Date(0) });
  document.addPage();
  const name = longest(200, word);
  const places = Array.from({ length: largePrint ? LARGE_LETTER_PLACES : LETTER_PLACES }, (): NearPlace =>
    ({ placeId: idOf('place', ID), name, address: longest(300, word), commune: '42218', distanceKm: 123.4 }));
  const cover: Cover = {
    programmeId: idOf('programme', ID), firstPayerId: idOf('payer', ID), programme: name, payers: Array.from({ length: 20 }, () => name), kind: 'balance',
    face: cents(1_000_000), usableUntil: localDate('2026-09-30'), claimableUntil: localDate('2027-01-31'),
  };
  return drawLetter(document, name, letterText(language, cover, places)({ number: 'WWWWWWWW-B000001-W', isBooklet: true, count: 10 }), largePrint);
}

describe('a letter with the longest names', () => {
  const words = ['W', 'Médiathèque ', 'Maison de la médiation numérique '];
  it.each(LETTER_LANGUAGES.flatMap((language) => [false, true].flatMap((large) => words.map((word) => [language, large, word] as const))))(
    'in %s, large print %s, of "%s", ends on its page', (language, large, word) => {
      expect(endOf(language, large, word)).toBeLessThan(BOTTOM);
    });
});
