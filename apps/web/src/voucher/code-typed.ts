// What somebody typed for a code, before it is sent: the character that cannot be one is named, so that nobody types all eighteen again.
import { isRejected } from '#libs/kernel';
import { normaliseCode } from '#libs/keys';
import type { Say } from '../language.js';

/** `kept` goes back into the field: what stands before the mistake, and never a whole code. */
export type Mistyped = Readonly<{ sentence: string; kept: string }>;

export const CODE_LENGTH = 18;
const BLANKS = /[\s\-_.\u2010-\u2015]/g;

/** Undefined: it is a code. */
export function mistypedCode(typed: string, say: Say): Mistyped | undefined {
  const code = normaliseCode(typed);
  if (!isRejected(code)) return undefined;
  const bare = typed.slice(typed.lastIndexOf('#') + 1).replace(BLANKS, '').toUpperCase();
  const { position, length } = code.details;
  if (bare === '') return { sentence: say('Écrivez le code du chèque.', 'Write the code of the voucher.'), kept: '' };
  if (typeof position === 'number') {
    return {
      sentence: say(`Le caractère n° ${position} ne va pas : un code n’a que des chiffres et des lettres sans U. Reprenez à partir de là.`,
        `Character no. ${position} is wrong: a code has only digits, and letters but U. Go on from there.`),
      kept: groups(bare.slice(0, Math.min(position, CODE_LENGTH) - 1)),
    };
  }
  if (typeof length === 'number') {
    return {
      sentence: say(`Il y a ${length} caractères ; il en faut ${CODE_LENGTH}.`, `There are ${length} characters; ${CODE_LENGTH} are needed.`),
      kept: length < CODE_LENGTH ? groups(bare) : '',
    };
  }
  return { sentence: say('Un caractère est mal lu, ou deux sont échangés. Relisez le code sur le chèque.', 'A character is misread, or two are swapped. Read the code on the voucher again.'), kept: '' };
}

const groups = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1-');
