// A workshop: codes come one after the other, from the camera, a hand scanner or the keyboard, and stand one to a line in the
// list that is sent. The list is the form's own field: without a script it is typed.
import { codeIn, tellCode } from './code-field.js';
import { linesOf } from './form-body.js';
import { grouped, readCode } from './voucher-code.js';
import { word } from './words.js';

const listField = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>('textarea[data-codes]');

/** From the field for one code to the list. */
export function addTyped(field: HTMLInputElement): void {
  const list = listField();
  const code = list && codeIn(field);
  if (!list || !code) return;
  if (codesIn(list).includes(code)) {
    tellCode(word('in_list'));
    field.select();
    return;
  }
  list.value = [...linesOf(list.value), grouped(code)].join('\n');
  field.value = '';
  navigator.vibrate?.(60);
  showCount();
}

const codesIn = (list: HTMLTextAreaElement): string[] => linesOf(list.value).map((line) => {
  const read = readCode(line);
  return read.ok ? read.code : line;
});

export function showCount(): void {
  const [list, place] = [listField(), document.getElementById('workshop-count')];
  if (!list || !place) return;
  const count = linesOf(list.value).length;
  place.textContent = count === 1 ? word('workshop_one') : word('workshop_many', { n: count });
}

/** The codes of the list, or undefined after the first wrong line was told. */
export function codesOfList(): string[] | undefined {
  const list = listField();
  if (!list) return undefined;
  const codes = codesIn(list);
  const wrong = codes.findIndex((code) => !readCode(code).ok);
  const twice = codes.findIndex((code, at) => codes.indexOf(code) < at);
  const reason = codes.length === 0 ? word('list_empty')
    : wrong >= 0 ? word('line_wrong', { n: wrong + 1 }) : twice >= 0 ? word('line_twice', { n: twice + 1 }) : '';
  const place = document.getElementById('codes-error');
  if (place) [place.textContent, place.hidden] = [reason, reason === ''];
  list.setAttribute('aria-invalid', String(reason !== ''));
  if (reason === '') return codes;
  list.focus();
  return undefined;
}
