// One place under two ids is found by its name, postal code and street, however each file abbreviates.
import { foldText } from '#libs/tabular';

const STREET_WORDS: Readonly<Record<string, string>> = {
  av: 'avenue', ave: 'avenue', bd: 'boulevard', bld: 'boulevard', bvd: 'boulevard', boul: 'boulevard', pl: 'place', r: 'rue', rte: 'route',
  che: 'chemin', chem: 'chemin', ch: 'chemin', all: 'allee', imp: 'impasse', sq: 'square', crs: 'cours', fg: 'faubourg', fbg: 'faubourg',
  qu: 'quai', st: 'saint', ste: 'sainte', dr: 'docteur', gal: 'general', mal: 'marechal', pt: 'pont', ham: 'hameau', lot: 'lotissement',
};

/** Null without a name in Latin letters or a street: what is left alone is not enough to call two places one. */
export function addressKeyOf({ name, postalCode, street }: { name: string; postalCode: string; street?: string }): string | null {
  const [folded, words] = [foldText(name), undouble(wordsOf(street ?? ''))];
  return folded === '' || words.length === 0 ? null : [folded, postalCode, words.join(' ')].join('|').slice(0, 1_000);
}

const wordsOf = (street: string): string[] => foldText(street).split(' ').filter((word) => word !== '').map((word) => STREET_WORDS[word] ?? word);

/** `1 Place des Rencontres 1 Place des Rencontres`: joined from two columns that said the same. */
function undouble(words: readonly string[]): readonly string[] {
  const half = words.slice(0, words.length / 2);
  return words.length % 2 === 0 && half.every((word, at) => word === words[half.length + at]) ? half : words;
}
