// What somebody typed into a form, read field by field: a value, or a sentence that stands beside the field.
import { amountText, centsTyped } from '../format.js';
import type { SignedInVisit } from '../visit.js';
import type { DecisionForm, FieldValue, FormField, Values } from './decision-page.js';

/** As long as any text that a service takes. */
const TEXT_MAX = 1_000;
export const CONFIRMATION = 'confirmation';

export type ReadForm = Readonly<{ values: Values; /** By the name of the field. */ wrong: Readonly<Record<string, string>> }>;

export function readForm(form: DecisionForm, typed: Readonly<Record<string, string>>, visit: SignedInVisit): ReadForm {
  const [values, wrong]: [Record<string, FieldValue>, Record<string, string>] = [{}, {}];
  for (const field of form.fields) {
    if (field.kind === 'several') {
      values[field.name] = field.choices.map(([value]) => value).filter((value) => `${field.name}.${value}` in typed);
      continue;
    }
    const text = (typed[field.name] ?? '').trim();
    if (text === '') {
      if (!field.optional) wrong[field.name] = visit.say('À remplir.', 'To be filled in.');
      continue;
    }
    const value = valueOf(field, text);
    if (value === undefined) wrong[field.name] = expected(field, visit);
    else values[field.name] = value;
  }
  const unlike = form.confirms !== undefined && notConfirmed(form.confirms, typed[CONFIRMATION] ?? '', visit);
  if (unlike) wrong[CONFIRMATION] = unlike;
  return { values, wrong };
}

type Typed = Exclude<FormField, Readonly<{ kind: 'several' }>>;

function valueOf(field: Typed, text: string): FieldValue {
  switch (field.kind) {
    case 'amount': return centsTyped(text);
    case 'percent': return centsTyped(text.replace('%', ''));
    case 'whole': return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    case 'day': return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    case 'choice': return field.choices.some(([value]) => value === text) ? text : undefined;
    case 'text': case 'long': return text.length <= (field.max ?? TEXT_MAX) ? text : undefined;
  }
}

function expected(field: Typed, { say }: SignedInVisit): string {
  switch (field.kind) {
    case 'amount': return say('Un montant en euros, comme 12,50.', 'An amount in euros, such as 12.50.');
    case 'percent': return say('Un pourcentage, comme 2,5.', 'A percentage, such as 2.5.');
    case 'whole': return say('Un nombre entier.', 'A whole number.');
    case 'day': return say('Un jour.', 'A day.');
    case 'choice': return say('Un des choix de la liste.', 'One of the choices of the list.');
    case 'text': case 'long': return say(`${field.max ?? TEXT_MAX} signes au plus.`, `${field.max ?? TEXT_MAX} characters at most.`);
  }
}

/** Spaces and both decimal signs are taken; a wrong amount is told with the difference. */
function notConfirmed(cents: number, typed: string, { say, language }: SignedInVisit): string | false {
  const read = centsTyped(typed);
  if (read === cents) return false;
  if (read === undefined) return say(`Tapez ${amountText(cents, language)}.`, `Type ${amountText(cents, language)}.`);
  const apart = amountText(Math.abs(read - cents), language);
  return say(`${apart} de différence : relisez le montant.`, `${apart} apart: read the amount again.`);
}
