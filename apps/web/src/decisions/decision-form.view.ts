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
  /** Of exactly what was typed; `told` is what would come of it. */
  tried?: Readonly<{ of: string; told?: Piece }>;
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
  if (!form.folded) return bareForm(visit, path, form, { attempt, title: html`<h2>${form.title}</h2>` });
  return html`<details class="decision" ${attempt && html`open`}><summary><h2>${form.title}</h2></summary>${bareForm(visit, path, form, { attempt, title: null })}</details>`;
}

type Around = Readonly<{ attempt: Attempt | undefined; title: Piece }>;

function bareForm(visit: SignedInVisit, path: string, form: DecisionForm, { attempt, title }: Around): Html {
  const { say } = visit;
  return html`<form ${title && html`class="decision"`} id="form-${form.step}" method="post" action="${path}/${form.step}">${title}<p class="quiet">${form.says}</p>
<input type="hidden" name="key" value="${attempt?.key ?? uuidv7()}">${form.fields.filter(({ seldom }) => !seldom).map((field) => fieldView(visit, form.step, field, attempt))}
${seldomPart(visit, form, attempt)}
${form.confirms !== undefined && confirmation(visit, form.step, form.confirms, attempt)}${attempt?.asksForCode && codeOrPasskey(say)}
${form.trial && attempt?.tried && triedPart(visit, attempt.tried)}
<p class="field"><button class="button ${form.filled && 'filled large'}">${form.trial && !attempt?.tried ? form.trial.button : form.button}</button></p></form>`;
}

function triedPart({ say }: SignedInVisit, { of, told }: NonNullable<Attempt['tried']>): Html {
  return html`<input type="hidden" name="tried" value="${of}">${told && html`<div class="field" role="status"><h3>${say('Ce que cela changerait', 'What it would change')}</h3>${told}
<p class="quiet small">${say('Rien n’est encore publié. Si vous changez une valeur, elle est d’abord essayée de nouveau.', 'Nothing is published yet. Where you change a value, it is tried again first.')}</p></div>`}`;
}

/** How many of them say something stands beside; open where one of them is wrong. */
function seldomPart(visit: SignedInVisit, form: DecisionForm, attempt?: Attempt): Piece {
  const fields = form.fields.filter(({ seldom }) => seldom);
  if (fields.length === 0) return null;
  const isSet = ({ name, kind, value = '' }: FormField) => (!attempt ? value !== ''
    : kind === 'several' ? Object.keys(attempt.typed).some((key) => key.startsWith(`${name}.`)) : (attempt.typed[name] ?? '') !== '');
  const set = fields.filter(isSet).length;
  return html`<details class="field" ${fields.some(({ name }) => attempt?.wrong[name] !== undefined) && html`open`}><summary>${
    form.foldedWord ?? visit.say('Réglages plus rares', 'Settings seldom used')}${set > 0 && ` (${set})`}</summary>${fields.map((field) => fieldView(visit, form.step, field, attempt))}</details>`;
}

function fieldView(visit: SignedInVisit, step: string, field: FormField, attempt?: Attempt): Html {
  if (field.kind === 'several') return tickView(step, field, attempt);
  const { say } = visit;
  const [id, held, wrong] = [`${step}-${field.name}`, attempt?.typed[field.name] ?? field.value ?? '', attempt?.wrong[field.name]];
  const described = html`${wrong !== undefined && html`aria-invalid="true" aria-describedby="${id}-wrong"`}`;
  const label = html`<label for="${id}">${field.label}${field.optional && html` <span class="quiet">${say('(facultatif)', '(optional)')}</span>`}</label>`;
  return html`<div class="field">${label}${field.hint && html`<p class="hint">${field.hint}</p>`}${input(say, id, held, field, described)}${
    wrong !== undefined && html`<p class="wrong" id="${id}-wrong">${wrong}</p>`}</div>`;
}

type Several = Extract<FormField, Readonly<{ kind: 'several' }>>;

function tickView(step: string, { name, label, hint, value, choices }: Several, attempt?: Attempt): Html {
  const first = value?.split(' ') ?? [];
  const isTicked = (one: string) => (attempt ? `${name}.${one}` in attempt.typed : first.includes(one));
  return html`<fieldset class="field choice tall"><legend>${label}</legend>${hint && html`<p class="hint">${hint}</p>`}${choices.map(([one, word]) =>
    html`<label class="tick" for="${step}-${name}-${one}"><input type="checkbox" id="${step}-${name}-${one}" name="${name}.${one}" value="yes" ${isTicked(one) && html`checked`}>${word}</label>`)}</fieldset>`;
}

function input(say: SignedInVisit['say'], id: string, held: string, field: Exclude<FormField, Several>, described: Html): Html {
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
