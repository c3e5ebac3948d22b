// A decision as a form: what will happen, its fields with what was wrong beside them, a code where one is asked for, one button.
import { uuidv7 } from 'uuidv7';
import { amountText } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { codeOrPasskey } from '../second-factor/second-factor.page.js';
import type { SignedInVisit } from '../visit.js';
import type { DecisionForm, FormField } from './decision-page.js';
import { CONFIRMATION } from './read-form.js';

/** What came back with an answer that was not the one hoped for: nothing that was typed is lost. */
export type Attempt = Readonly<{
  step: string; typed: Readonly<Record<string, string>>; wrong: Readonly<Record<string, string>>;
  /** Sent again where nobody knows whether it was done. */
  key?: string;
  asksForCode: boolean;
}>;

export function formsPart(visit: SignedInVisit, path: string, forms: readonly DecisionForm[], attempt?: Attempt): Piece {
  if (forms.length === 0) return null;
  const { say, person: { organisation: { roles } } } = visit;
  const [mine, others] = [forms.filter((form) => mayDecide(form, roles)), forms.filter((form) => !mayDecide(form, roles))];
  return html`<section class="section decisions">${mine.map((form) => formView(visit, path, form, attempt?.step === form.step ? attempt : undefined))}${
    others.length > 0 && html`<div class="decision"><h2>${say('Pour d’autres personnes', 'For other people')}</h2><ul class="lines">${others.map(({ title, roles: needed }) => html`<li><span class="what"><b>${title}</b>${
      whoDecides(visit, needed)}</span></li>`)}</ul></div>`}</section>`;
}

export const mayDecide = ({ roles }: DecisionForm, had: readonly string[]): boolean => roles.some((role) => had.includes(role));

function whoDecides({ say }: SignedInVisit, needed: readonly string[]): string {
  return needed.includes('operator') ? say('Une personne qui tient les comptes le fait.', 'Somebody who keeps the accounts does it.')
    : say('Une personne qui approuve le fait.', 'Somebody who approves does it.');
}

function formView(visit: SignedInVisit, path: string, form: DecisionForm, attempt?: Attempt): Html {
  const { say } = visit;
  return html`<form class="decision" method="post" action="${path}/${form.step}"><h2>${form.title}</h2><p class="quiet">${form.says}</p>
<input type="hidden" name="key" value="${attempt?.key ?? uuidv7()}">${form.fields.map((field) => fieldView(visit, form.step, field, attempt))}
${form.confirms !== undefined && confirmation(visit, form.step, form.confirms, attempt)}${attempt?.asksForCode && codeOrPasskey(say)}
<p class="field"><button class="button ${form.filled && 'filled large'}">${form.button}</button></p></form>`;
}

function fieldView({ say }: SignedInVisit, step: string, field: FormField, attempt?: Attempt): Html {
  const [id, held, wrong] = [`${step}-${field.name}`, attempt?.typed[field.name] ?? field.value ?? '', attempt?.wrong[field.name]];
  const described = html`${wrong !== undefined && html`aria-invalid="true" aria-describedby="${id}-wrong"`}`;
  const label = html`<label for="${id}">${field.label}${field.optional && html` <span class="quiet">${say('(facultatif)', '(optional)')}</span>`}</label>`;
  return html`<div class="field">${label}${field.hint && html`<p class="hint">${field.hint}</p>`}${input(say, id, held, field, described)}${
    wrong !== undefined && html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}</div>`;
}

function input(say: SignedInVisit['say'], id: string, held: string, field: FormField, described: Html): Html {
  const usual = html`id="${id}" name="${field.name}" ${!field.optional && html`required`} ${described}`;
  switch (field.kind) {
    case 'long': return html`<textarea class="prose" ${usual} rows="3" maxlength="${field.max ?? 1_000}">${held}</textarea>`;
    case 'choice': return html`<select ${usual}>${(field.choices.length > 1 || field.optional) && html`<option value="">${say('Choisir', 'Choose')}</option>`}${field.choices.map(([value, word]) => html`<option value="${value}" ${
      value === held && html`selected`}>${word}</option>`)}</select>`;
    case 'amount': case 'percent': return html`<input ${usual} inputmode="decimal" maxlength="15" value="${held}">`;
    case 'whole': return html`<input ${usual} inputmode="numeric" maxlength="9" value="${held}">`;
    case 'day': return html`<input ${usual} type="date" value="${held}">`;
    case 'text': return html`<input ${usual} maxlength="${field.max ?? 200}" value="${held}">`;
  }
}

function confirmation(visit: SignedInVisit, step: string, cents: number, attempt?: Attempt): Html {
  const amount = amountText(cents, visit.language);
  return fieldView(visit, step, { kind: 'amount', name: CONFIRMATION, label: visit.say(`Tapez ${amount} pour confirmer`, `Type ${amount} to confirm`) }, attempt);
}
