/** The country code that a number of France or overseas is dialled with, by the digits after its zero. */
const COUNTRY_CODES: Readonly<Record<string, string>> = {
  590: '590', 690: '590', 691: '590', 594: '594', 694: '594', 596: '596', 696: '596', 697: '596', 262: '262', 263: '262', 692: '262', 693: '262',
  269: '262', 639: '262',
};

/** `0467714850` becomes `+33467714850`; of several numbers the first counts, and the rest is told. */
export function readPhone(text: string): { phone?: string; rest: readonly string[] } {
  const numbers = text.split(/[|;/,]| ou |\n/).map((part) => part.trim()).filter((part) => part !== '');
  const at = numbers.findIndex((number) => dialled(number) !== undefined);
  const phone = at < 0 ? undefined : dialled(numbers[at]!);
  return { ...(phone && { phone }), rest: numbers.filter((_, index) => index !== at) };
}

function dialled(text: string): string | undefined {
  const digits = text.replace(/\(0\)/g, '').replace(/[\s.\-_()]/g, '').replace(/^00/, '+');
  if (/^\+\d{8,14}$/.test(digits)) return digits;
  // Nine digits: the zero in front was lost to a spreadsheet.
  const national = /^0?([1-9]\d{8})$/.exec(digits)?.[1];
  return national && `+${COUNTRY_CODES[national.slice(0, 3)] ?? '33'}${national}`;
}

const SMALL_WORDS = /^(de|du|des|la|le|les|l|d|sur|sous|en|et|aux|au|lès|lez|à)$/i;

/** `DIGNE-LES-BAINS` becomes `Digne-les-Bains`; what has small letters is left as somebody wrote it. */
export function communeOf(text: string): string {
  const commune = text.replace(/\s+/g, ' ');
  if (commune !== commune.toUpperCase()) return commune;
  let first = true;
  return commune.toLowerCase().replace(/\p{L}+/gu, (word) => {
    const small = !first && SMALL_WORDS.test(word);
    first = false;
    return small ? word : `${word[0]!.toUpperCase()}${word.slice(1)}`;
  });
}
