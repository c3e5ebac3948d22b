// The field of a code: dashes by themselves, the reason at the field, nothing sent before both check characters fit.
import { asTyped, grouped, readCode, type CodeRead } from './voucher-code.js';
import { word } from './words.js';

export const codeField = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>('input[data-code]');

/** Only at the end of the text: who mends a character in the middle keeps their place. */
export function dashes(field: HTMLInputElement): void {
  if (field.selectionStart === field.value.length) field.value = asTyped(field.value);
  tellCode('');
}

/** The eighteen characters, or undefined after the reason was told. */
export function codeIn(field: HTMLInputElement): string | undefined {
  const read = readCode(field.value);
  tellCode(read.ok ? '' : reasonOf(read));
  if (read.ok) {
    field.value = grouped(read.code);
    return read.code;
  }
  field.focus();
  field.select();
  return undefined;
}

export function reasonOf(read: Exclude<CodeRead, { ok: true }>): string {
  switch (read.problem) {
    case 'wrong_length': return word('wrong_length', { n: read.length });
    case 'wrong_character': return word('wrong_character', { n: read.position });
    case 'wrong_check': return word('wrong_check');
  }
}

export function tellCode(reason: string): void {
  const place = document.getElementById('code-error');
  if (place) [place.textContent, place.hidden] = [reason, reason === ''];
  codeField()?.setAttribute('aria-invalid', String(reason !== ''));
}
