// A workshop: codes come one after the other, from the camera, a hand scanner or the keyboard, and stand one to a line in the
// list that is sent. The list is the form's own field: without a script it is typed.
import { codeIn, tellCode } from './code-field.js';
import { linesOf, peopleOf } from './form-body.js';
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
  const same = samePerson();
  const isMore = same?.checked === true && linesOf(list.value).length > 0;
  list.value = [...linesOf(list.value), `${isMore ? '+ ' : ''}${grouped(code)}`].join('\n');
  field.value = '';
  // For one voucher only: whoever forgets it would charge a stranger's voucher to this person.
  if (same) same.checked = false;
  navigator.vibrate?.(60);
  showCount();
}

const samePerson = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>('input[data-same-person]');

const codesIn = (list: HTMLTextAreaElement): string[] => linesOf(list.value).map((line, at) => {
  const read = readCode(at > 0 ? line.replace(/^\+/, '') : line);
  return read.ok ? read.code : line;
});

export function showCount(): void {
  const [list, place] = [listField(), document.getElementById('workshop-count')];
  if (!list || !place) return;
  const lines = linesOf(list.value);
  const [count, people] = [lines.length, peopleOf(lines).length];
  place.textContent = count === 0 ? word('workshop_none') : count === 1 ? word('workshop_one')
    : people === count ? word('workshop_many', { n: count })
      : people === 1 ? word('workshop_person', { n: count }) : word('workshop_people', { n: count, people });
}

/** Someone gives several vouchers for one participation: that is decided as one, and only by the server. */
export const isSharedBySome = (text: string): boolean => linesOf(text).some((line, at) => at > 0 && line.startsWith('+'));

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
