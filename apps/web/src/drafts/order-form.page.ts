// An order in four steps, each a plain form; nothing is asked of anybody before the last one.
import { uuidv7 } from 'uuidv7';
import { headline } from '../components.js';
import { amount, amountText, counted, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import { refusedNotice } from '../orders/order.page.js';
import type { SignedInVisit } from '../visit.js';
import type { Programme } from './draft.data.js';
import { addressOf, CO_FUNDERS, FORM_STEPS, type AskedOrder, type Field, type FormStep, type OrderTexts, type Read } from './order-form.js';

const STEPS: Readonly<Record<FormStep, readonly [french: string, english: string]>> = {
  programme: ['Programme', 'Programme'], vouchers: ['Chèques', 'Vouchers'], funders: ['Cofinanceurs', 'Co-funders'], check: ['Vérifier', 'Check'],
};

export type FormView = Readonly<{
  step: FormStep; said: OrderTexts; read: Read; programmes: readonly Programme[];
  /** Not on the first look at a step. */
  showWrong: boolean; refused: string | undefined; own: string;
}>;

export function orderFormPage(visit: SignedInVisit, view: FormView): Html {
  const { say } = visit;
  const title = view.said.draft === '' ? say('Préparer une commande', 'Prepare an order') : say('Changer le brouillon', 'Change the draft');
  return signedInPage(visit, title, html`<p class="small"><a href="/orders">${say('Commandes', 'Orders')}</a></p><h1>${title}</h1>
<ol class="form-steps">${FORM_STEPS.map((step) => html`<li ${step === view.step && html`aria-current="step"`}>${say(...STEPS[step])}</li>`)}</ol>
${refusedNotice(visit, view.refused)}${stepOf(visit, view)}`);
}

function stepOf(visit: SignedInVisit, view: FormView): Html {
  switch (view.step) {
    case 'programme': return programmeStep(visit, view);
    case 'vouchers': return vouchersStep(visit, view);
    case 'funders': return fundersStep(visit, view);
    case 'check': return view.read.asked ? checkStep(visit, view, view.read.asked) : html``;
  }
}

/** What was said at the other steps goes along. */
function carried(said: OrderTexts, besides: readonly string[]): Piece {
  return Object.entries(said).filter(([name, value]) => value !== '' && !besides.includes(name))
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}

const formTo = ({ say }: SignedInVisit, step: FormStep, fields: Piece): Html => html`<form class="narrow" method="get" action="/orders/new"><input type="hidden" name="step" value="${step}">${fields}
<p class="field"><button class="button filled large">${say('Continuer', 'Continue')}</button></p></form>`;

const wrongNote = ({ showWrong, read }: FormView, field: Field, sentence: string): Piece =>
  showWrong && read.wrong.has(field) && html`<p class="wrong" id="${field}-wrong">${sentence}</p>`;

/** On the field itself, so that the focus is there. */
const wrongMark = ({ showWrong, read }: FormView, field: Field): Piece =>
  showWrong && read.wrong.has(field) && html`aria-invalid="true" aria-describedby="${field}-wrong"`;

function programmeStep(visit: SignedInVisit, view: FormView): Html {
  const { say, language } = visit;
  if (view.programmes.length === 0) {
    return html`<p class="empty field">${say('Aucun programme n’est ouvert. Demandez à votre opérateur d’en publier un.', 'No programme is open. Ask your operator to publish one.')}</p>`;
  }
  return formTo(visit, 'vouchers', html`${carried(view.said, ['programmeId'])}<fieldset class="choices stacked"><legend>${say('De quel programme ?', 'Of which programme?')}</legend>
${view.programmes.map(({ programmeId, name, faceCents, usableUntil, targetPublicLabel }, index) => html`<label class="tick"><input type="radio" name="programmeId" value="${programmeId}" required ${
    (programmeId === view.said.programmeId || (view.said.programmeId === '' && index === 0)) && html`checked`}><span><b>${name}</b><br>${
    say('Chèques de', 'Vouchers of')} ${amountText(faceCents, language)}, ${say('utilisables jusqu’au', 'usable until')} ${day(usableUntil, language)}${
    targetPublicLabel !== null && html`<br>${targetPublicLabel}`}</span></label>`)}</fieldset>`);
}

function vouchersStep(visit: SignedInVisit, view: FormView): Html {
  const { said, read: { programme } } = view;
  const { say, language } = visit;
  if (!programme) return html``;
  const { limits: { orderCountMin, orderCountMax }, faceCents, faceCentsMin, faceCentsMax } = programme;
  const between = [orderCountMin !== null && `${say('au moins', 'at least')} ${orderCountMin}`, orderCountMax !== null && `${say('au plus', 'at most')} ${orderCountMax}`].filter((part) => part !== false).join(', ');
  return formTo(visit, 'funders', html`${carried(said, ['count', 'face', 'carrier'])}
<div class="field"><label for="count">${say('Combien de chèques ?', 'How many vouchers?')}</label><input id="count" name="count" inputmode="numeric" maxlength="12" required value="${said.count}" ${wrongMark(view, 'count')}>
${between !== '' && html`<p class="hint">${between}</p>`}${wrongNote(view, 'count', say('Ce nombre ne convient pas à ce programme.', 'This number does not fit this programme.'))}</div>
${faceCentsMin < faceCentsMax && html`<div class="field"><label for="face">${say('Valeur d’un chèque, en euros', 'Value of a voucher, in euros')}</label><input id="face" name="face" inputmode="decimal" maxlength="12" value="${said.face}" ${wrongMark(view, 'face')}>
<p class="hint">${say('De', 'From')} ${amountText(faceCentsMin, language)} ${say('à', 'to')} ${amountText(faceCentsMax, language)} ; ${say('vide :', 'empty:')} ${amountText(faceCents, language)}</p>
${wrongNote(view, 'face', say('Cette valeur n’est pas permise.', 'This value is not allowed.'))}</div>`}
<fieldset class="choices stacked"><legend>${say('Sur quel support ?', 'On what carrier?')}</legend>
<label class="tick"><input type="radio" name="carrier" value="file" ${said.carrier === 'file' && html`checked`}>${say('Un fichier à imprimer vous-même', 'A file to print yourself')}</label>
<label class="tick"><input type="radio" name="carrier" value="paper" ${said.carrier === 'paper' && html`checked`}>${say('Imprimés et livrés aux distributeurs', 'Printed and delivered to distributors')}</label></fieldset>`);
}

function fundersStep(visit: SignedInVisit, view: FormView): Html {
  const { say } = visit;
  const { said, own } = view;
  return formTo(visit, 'check', html`${carried(said, CO_FUNDERS.flatMap((row) => [`funder${row}`, `part${row}`]))}
<p class="field">${say('Vous payez seul ? Continuez. Sinon, nommez vos cofinanceurs et la part de chacun : le reste est pour vous.', 'You pay alone? Continue. Otherwise name your co-funders and the part of each: the rest is yours.')}</p>
${CO_FUNDERS.map((row) => html`<div class="said"><div class="field"><label for="funder${row}">${say('Identifiant du cofinanceur', 'Identifier of the co-funder')} ${row} ${say('(facultatif)', '(optional)')}</label>
<input id="funder${row}" name="funder${row}" maxlength="60" value="${said[`funder${row}`]}" ${row === CO_FUNDERS[0] && wrongMark(view, 'funders')}></div>
<div class="field"><label for="part${row}">${say('Part, en %', 'Part, in %')}</label><input id="part${row}" name="part${row}" inputmode="decimal" maxlength="8" value="${said[`part${row}`]}"></div></div>`)}
${wrongNote(view, 'funders', say('Un identifiant commence par pyr_, chaque cofinanceur a une part, et il doit vous en rester une.', 'An identifier begins with pyr_, each co-funder has a part, and one must be left for you.'))}
${own !== '' && html`<p class="hint">${say('Votre propre identifiant, à donner à qui vous nomme :', 'Your own identifier, for those who name you:')} <code>${own}</code></p>`}`);
}

function checkStep(visit: SignedInVisit, { said }: FormView, asked: AskedOrder): Html {
  const { say, language } = visit;
  const { programme, count, faceCents, amountCents, paper, coFunders, ownBasisPoints } = asked;
  const change = (step: FormStep, what: string) => html`<a class="small" href="${addressOf(said, step)}">${say('Modifier', 'Change')}<span class="visually-hidden"> : ${what}</span></a>`;
  const row = (what: string, answer: Piece, step: FormStep) => html`<div><dt class="what">${what}<b>${answer}</b></dt><dd>${change(step, what)}</dd></div>`;
  const vouchers = counted(count, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
  const action = said.draft === '' ? say('Demander un devis pour', 'Ask for a quote for') : say('Garder le brouillon à', 'Keep the draft at');
  return html`${headline(amount(amountCents, language), say('de chèques. Frais et TVA sont dans le devis, que vous acceptez ou refusez ensuite.', 'of vouchers. Fee and VAT are in the quote, which you then accept or refuse.'))}
<div class="two"><div><section class="section"><h2>${say('Ce que vous commandez', 'What you order')}</h2><dl class="lines">
${row(say('Programme', 'Programme'), programme.name, 'programme')}
${row(say('Chèques', 'Vouchers'), html`${vouchers} ${say('de', 'of')} ${amountText(faceCents, language)}`, 'vouchers')}
${row(say('Utilisables jusqu’au', 'Usable until'), day(programme.usableUntil, language), 'programme')}
${row(say('Support', 'Carrier'), paper ? say('Imprimés et livrés', 'Printed and delivered') : say('Fichier à imprimer', 'File to print'), 'vouchers')}</dl></section>
<section class="section"><h2>${say('Qui paie quelle part', 'Who pays which part')}</h2><dl class="lines">
${row(say('Vous', 'You'), percent(ownBasisPoints, visit), 'funders')}${coFunders.map(({ payerId, basisPoints }) => row(payerId, percent(basisPoints, visit), 'funders'))}</dl></section></div>
<aside class="panel"><p>${say('Rien n’est dû encore. Chaque financeur accepte sa propre part du devis ; avec le dernier accord, la commande existe.', 'Nothing is owed yet. Each payer accepts its own share of the quote; with the last acceptance the order exists.')}</p>
<form method="post" action="/orders/new"><input type="hidden" name="key" value="${uuidv7()}">${carried(said, [])}
<button class="button filled large">${action} ${amountText(amountCents, language)}</button></form></aside></div>`;
}

/** `60 %` of basis points. */
export function percent(basisPoints: number, { language, say }: SignedInVisit): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  return `${format.format(basisPoints / 100)}${say('\u00A0%', '%')}`;
}
