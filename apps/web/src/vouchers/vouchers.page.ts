// Where is it, how do I stop it, how do I replace it? What each does is said before the button.
import { uuidv7 } from 'uuidv7';
import { STOP_REASONS } from '#libs/contracts';
import { missingPart, part } from '../components.js';
import { moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import { vouchersText, type Desk } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import type { Found, Quota } from './vouchers.data.js';

const PLACES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  printer: ['Chez l’imprimeur', 'At the printer'], operator: ['Chez l’opérateur', 'With the operator'], under_way: ['En chemin', 'Under way'],
  stock: ['Dans votre stock', 'In your stock'], handed_over: ['Remis', 'Handed over'], returned: ['Rendu à l’opérateur', 'Given back to the operator'],
  lost: ['Perdu', 'Lost'], destroyed: ['Détruit', 'Destroyed'],
};
const REASONS: Readonly<Record<(typeof STOP_REASONS)[number], readonly [french: string, english: string]>> = {
  lost: ['Perdu', 'Lost'], stolen: ['Volé', 'Stolen'], damaged: ['Abîmé', 'Damaged'], misprinted: ['Mal imprimé', 'Misprinted'], other: ['Autre', 'Other'],
};

/** `isAsked`: it was stopped here a moment ago, which issuance may not know yet. */
export type Shown = Readonly<{
  serial: string; found?: Read<Found> | undefined; quota?: Read<Quota> | undefined; desks?: Read<readonly Desk[]>;
  above?: Piece; isAsked?: boolean;
}>;

export function vouchersPage(visit: SignedInVisit, shown: Shown): Html {
  const { say } = visit;
  const title = say('Chercher, arrêter, remplacer', 'Find, stop, replace');
  const { serial, found, above } = shown;
  return signedInPage(visit, title, html`<div class="narrow"><h1>${title}</h1>${above}
<form method="get" action="/vouchers" autocomplete="off"><div class="field"><label for="serial">${say('Numéro du chèque ou du carnet', 'Number of the voucher or booklet')}</label>
<input class="big" id="serial" name="serial" required maxlength="80" autocapitalize="characters" autocomplete="off" spellcheck="false" value="${serial}" aria-describedby="serial-hint">
<p class="hint" id="serial-hint">${say('Au dos du chèque, ou sur la couverture. Jamais le code secret.', 'On the back of the voucher, or on the cover. Never the secret code.')}</p></div>
<p class="field"><button class="button ${!found?.ok && 'filled'}">${icon('trace')}${say('Chercher', 'Find')}</button></p></form>
${found && (found.ok ? foundPart(visit, shown, found.value) : notFound(visit, found))}</div>`);
}

function notFound({ say }: SignedInVisit, found: Exclude<Read<Found>, { ok: true }>): Html {
  if (found.status !== 404 && found.status !== 400) return missingPart(say, say('Chèque', 'Voucher'), found);
  return html`<div class="notice no" role="alert">${icon('refused')}<p>${
    say('Aucun chèque ni carnet de ce numéro n’est passé par vous. Relisez-le.', 'No voucher or booklet of this number passed through you. Read it again.')}</p></div>`;
}

function foundPart(visit: SignedInVisit, shown: Shown, found: Found): Html {
  const { say, language } = visit;
  const { place, since, isStopped, moves, first, last } = found;
  const named = (what: string) => say(...PLACES[what] ?? [what, what]);
  const desk = (agentId: string | null) => (shown.desks?.ok ? shown.desks.value.find((one) => one.agentId === agentId)?.name : undefined);
  return html`<section class="section"><h2>${named(place)} ${isStopped && pill('no', say('Arrêté', 'Stopped'))}</h2>
<p class="lead">${vouchersText(last - first + 1, visit)} · ${say('depuis le', 'since')} ${moment(since, language)}</p>
<ul class="lines">${moves.map((move) => html`<li><span class="what"><b>${named(move.place)}</b>${desk(move.agentId)}</span>${moment(move.movedAt, language)}</li>`)}</ul></section>
${isStopped || shown.isAsked ? replaceParts(visit, shown, found) : (place === 'stock' || place === 'handed_over') && stopForm(visit, shown.serial, found)}`;
}

function stopForm(visit: SignedInVisit, serial: string, { batchId, first, last }: Found): Html {
  const { say } = visit;
  const what = vouchersText(last - first + 1, visit);
  return html`<section class="panel"><h2>${say('Arrêter', 'Stop')}</h2><p>${say(
    `Aucun lieu ne prendra plus ce qui reste sur ${last === first ? 'ce chèque' : `ces ${what}`}, dès maintenant et sans retour. Ce qui est déjà utilisé le reste.`,
    `No place will take what is left on ${last === first ? 'this voucher' : `these ${what}`}, from now on; that cannot be undone. What was used stays used.`)}</p>
<form method="post" action="/vouchers/stop">${hidden({ key: uuidv7(), serial, batchId, first, last })}
<div class="field"><label for="reason">${say('Pourquoi', 'Why')}</label><select id="reason" name="reason">${STOP_REASONS.map((reason) => html`<option value="${reason}">${say(...REASONS[reason])}</option>`)}</select></div>
<button class="button filled">${say(`Arrêter ${what}`, `Stop ${what}`)}</button></form></section>`;
}

function replaceParts(visit: SignedInVisit, { serial, quota }: Shown, { batchId, first, last }: Found): Html {
  const { say } = visit;
  const count = last - first + 1;
  const fields = hidden({ serial, batchId, first, last });
  return html`<section class="section"><h2>${say('Remplacer', 'Replace')}</h2>${quota && part(quota, say, say('Remplacements du mois', 'Replacements of the month'), ({ vouchersPerMonth, used }) => html`<p>${
    say(`Ce mois-ci, vous pouvez encore remplacer ${vouchersText(Math.max(vouchersPerMonth - used, 0), visit)} sur ${vouchersPerMonth}.`,
      `This month you may still replace ${vouchersText(Math.max(vouchersPerMonth - used, 0), visit)} of ${vouchersPerMonth}.`)}</p>`)}
<div class="panel"><h3>${say('Par d’autres de votre stock', 'By others of your stock')}</h3><p>${say(
    `Vous remettez ${vouchersText(count, visit)} de votre stock à leur place. Ce qui restait sur les anciens n’est pas reporté.`,
    `You hand ${vouchersText(count, visit)} of your stock over in their place. What was left on the old ones does not move.`)}</p>
<form method="post" action="/vouchers/replace-from-stock" autocomplete="off"><input type="hidden" name="key" value="${uuidv7()}">${fields}
<div class="field"><label for="given">${say('Numéro de ce que vous donnez', 'Number of what you give')}</label><input id="given" name="given" required maxlength="80" autocapitalize="characters" autocomplete="off" spellcheck="false"></div>
<button class="button filled">${say(`Remplacer ${vouchersText(count, visit)}`, `Replace ${vouchersText(count, visit)}`)}</button></form></div>
<details><summary>${say('Par de nouveaux, à imprimer', 'By new ones, to be printed')}</summary><form method="post" action="/vouchers/replace"><input type="hidden" name="key" value="${uuidv7()}">${fields}<p>${
    say('L’opérateur en fabrique de nouveaux ; ce qui reste sur les anciens passe sur eux.', 'The operator makes new ones; what is left on the old ones moves to them.')}</p>
<p class="field"><button class="button">${say(`Demander ${vouchersText(count, visit)} de remplacement`, `Ask for ${vouchersText(count, visit)} in their place`)}</button></p></form></details></section>`;
}

const hidden = (fields: Readonly<Record<string, string | number>>): Html =>
  html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
