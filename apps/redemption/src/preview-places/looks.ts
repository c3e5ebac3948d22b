// What a value looks like, whatever its column is called. Each look is narrow: a wrong guess costs more than none.
import { readSiret } from '#libs/sirene';
import { readPhone } from '../lamednum/contact.js';
import type { Field } from '../lamednum/fields.js';
import { readPosition } from '../lamednum/position.js';
import { readValues } from '../lamednum/values.js';
import type { VocabularyField } from '../lamednum/vocabulary.js';

const isOf = (field: VocabularyField) => (value: string): boolean => {
  const { known, unknown } = readValues(value, [field]);
  return known.length > 0 && unknown.length === 0;
};

/** Degrees of the mainland with what an address needs of decimals: a price or a count has fewer. */
const degreesBetween = (from: number, to: number) => (value: string): boolean => {
  const degrees = /^[-+]?\d{1,2}[.,]\d{3,}$/.test(value) ? Number(value.replace(',', '.')) : Number.NaN;
  return from <= degrees && degrees <= to;
};

function isPosition(value: string): boolean {
  const [latitude, longitude, ...rest] = value.match(/[-+]?\d{1,3}[.,]\d{1,20}/g) ?? [];
  return rest.length === 0 && readPosition(latitude, longitude).position !== null;
}

const FIVE_DIGITS = /^\d{5}$/;
/** Also `26000 Valence`. */
const POSTAL_CODE = /^\d{4,5}(\.0)?$|^\d{5}\s+\p{L}/u;
const INSEE_CODE = /^\d[\dAB]\d{3}$/;

/** In the order in which they are asked: the first that most values have counts. */
export const LOOKS: readonly (readonly [Field, (value: string) => boolean])[] = [
  ['siret', (value) => /^[\d\s.]{14,}$/.test(value) && ['siret', 'rounded', 'placeholder'].includes(readSiret(value).kind)],
  ['emails', (value) => value.split(/[|;,\s]+/).every((part) => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(part))],
  ['websites', (value) => /^(https?:\/\/|www\.)\S+$/i.test(value)],
  ['telephone', (value) => /^(\+|0)/.test(value) && !FIVE_DIGITS.test(value) && readPhone(value).phone !== undefined],
  ['position', isPosition],
  ['latitude', degreesBetween(41.2, 51.2)],
  ['longitude', degreesBetween(-5.3, 9.7)],
  ['updatedOn', (value) => /^(\d{4}-\d{2}-\d{2}|\d{2}\/\d{2}\/\d{4})\b/.test(value)],
  ['openingHours', (value) => /^24\/7$|\b(Mo|Tu|We|Th|Fr|Sa|Su|PH)\b/.test(value) && /^24\/7$|\d{1,2}:\d{2}-\d{1,2}:\d{2}/.test(value)],
  ['services', isOf('services')], ['accessFees', isOf('accessFees')], ['audiences', isOf('audiences')], ['programmes', isOf('programmes')],
  ['accessModes', isOf('accessModes')], ['supportModes', isOf('supportModes')], ['roaming', isOf('roaming')],
];

/** Of every ten values at least eight: a column has its typing errors. */
const MOST = 0.8;
export const isMostly = (values: readonly string[], has: (value: string) => boolean): boolean =>
  values.length > 0 && values.filter(has).length >= MOST * values.length;

/** Five digits are either of two codes. Letters are of Corsican communes; post offices share numbers that end with a zero. */
function codeOf(values: readonly string[]): Field | undefined {
  if (values.some((value) => /^2[AB]\d{3}$/.test(value)) && isMostly(values, (value) => INSEE_CODE.test(value))) return 'inseeCode';
  if (!isMostly(values, (value) => POSTAL_CODE.test(value))) return undefined;
  return values.filter((value) => /0(\.0)?$|^\d{5}\s/.test(value)).length * 2 >= values.length ? 'postalCode' : 'inseeCode';
}

export const lookOf = (values: readonly string[]): Field | undefined =>
  LOOKS.find(([, has]) => isMostly(values, has))?.[0] ?? codeOf(values);

const isCode = (value: string): boolean => POSTAL_CODE.test(value) || INSEE_CODE.test(value) || /\b\d{5}\b/.test(value);

/** Fields of plain words, and what words never look like. */
const WORDS: readonly Field[] = ['name', 'street', 'complement', 'commune'];
const NO_WORDS: readonly (Field | undefined)[] = ['siret', 'emails', 'websites', 'position'];

/** Whether hardly any value is what a name promises. */
export function isUnlike(values: readonly string[], field: Field): boolean {
  if (WORDS.includes(field)) return NO_WORDS.includes(lookOf(values));
  const has = field === 'postalCode' || field === 'inseeCode' ? isCode : LOOKS.find(([name]) => name === field)?.[1];
  return has !== undefined && values.length > 0 && values.filter(has).length <= (1 - MOST) * values.length;
}
