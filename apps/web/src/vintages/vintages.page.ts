// What ends when, and what of it I have to sign before distributors are told to stop.
import { uuidv7 } from 'uuidv7';
import { headline, part, table } from '../components.js';
import { amount, amountText, count, counted, day } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { refusedNotice } from '../orders/order.page.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { figuresOf, type BatchFigures, type Vintage } from './vintage.data.js';

const STEPS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  thirty_days: ['30 jours avant', '30 days before'], fifteen_days: ['15 jours avant', '15 days before'], seven_days: ['7 jours avant', '7 days before'],
  use_ended: ['Fin d’utilisation', 'End of use'], claims_ended: ['Fin des demandes des lieux', 'End of claims of places'],
};
const stepName = (step: string, { say }: SignedInVisit): string => {
  const words = STEPS[step];
  return words ? say(...words) : step;
};

export const vintageAddress = ({ programmeId, usableUntil, step }: Vintage): string => `/vintages/${programmeId}/${usableUntil}/${step}`;

export function vintagesPage(visit: SignedInVisit, read: Read<readonly Vintage[]>): Html {
  const { say } = visit;
  const title = say('Échéances', 'Ends of validity');
  return signedInPage(visit, title, html`<h1>${title}</h1>${part(read, say, title, (found) => {
    if (found.length === 0) return html`<p class="empty field">${say('Rien ne finit dans les trente jours. Ici se liront les étapes de vos chèques qui finissent.', 'Nothing ends within thirty days. Here you will read the steps of your vouchers that end.')}</p>`;
    const open = found.filter(({ state }) => state === 'to_sign').length;
    return html`${headline(counted(open, visit.language, [say('étape à signer', 'step to sign'), say('étapes à signer', 'steps to sign')]),
      say('Les distributeurs apprennent qu’il faut arrêter de remettre quand l’étape du quinzième jour est signée.', 'Distributors are told to stop handing over once the step of the fifteenth day is signed.'))}
<section class="section"><h2>${say('Étapes', 'Steps')}</h2>${stepTable(visit, found)}</section>`;
  })}`);
}

const stepTable = (visit: SignedInVisit, found: readonly Vintage[]): Html => {
  const { say, language } = visit;
  return table(say('Étapes', 'Steps'), [
    { head: say('Programme', 'Programme'), cell: (vintage: Vintage) => html`<a href="${vintageAddress(vintage)}">${vintage.programmeName}</a>` },
    { head: say('Utilisables jusqu’au', 'Usable until'), cell: ({ usableUntil }) => day(usableUntil, language) },
    { head: say('Étape', 'Step'), cell: ({ step }) => stepName(step, visit) },
    { head: say('Du', 'Of'), cell: ({ dueOn }) => day(dueOn, language) },
    { head: say('État', 'State'), cell: ({ state }) => statePill(visit, state) },
    { head: say('Reste sur les chèques', 'Left on the vouchers'), number: true, cell: (vintage) => leftOf(visit, vintage) },
  ], found);
};

function statePill({ say }: SignedInVisit, state: Vintage['state']): Html {
  switch (state) {
    case 'to_sign': return pill('wait', say('À signer', 'To sign'));
    case 'signed': return pill('ok', say('Signée', 'Signed'));
    case 'told': return pill('mute', say('Annoncée', 'Told'));
  }
}

const sumOf = (batches: readonly BatchFigures[]): number => batches.reduce((sum, { leftCents }) => sum + leftCents, 0);
const leftOf = ({ language }: SignedInVisit, vintage: Vintage): Html | string => {
  const batches = figuresOf(vintage);
  return batches ? amount(sumOf(batches), language) : '–';
};

export function vintagePage(visit: SignedInVisit, vintage: Vintage, refused: string | undefined): Html {
  const { say, language } = visit;
  const batches = figuresOf(vintage);
  const title = `${vintage.programmeName}, ${stepName(vintage.step, visit)}`;
  const left = batches && sumOf(batches);
  return signedInPage(visit, title, html`<p class="small"><a href="/vintages">${say('Échéances', 'Ends of validity')}</a></p>
<h1>${title} ${statePill(visit, vintage.state)}</h1>
${refusedNotice(visit, refused)}
${left !== undefined && headline(amount(left, language), `${say('restent sur les chèques utilisables jusqu’au', 'are left on the vouchers usable until')} ${day(vintage.usableUntil, language)}.`)}
<section class="section"><h2>${say('Chiffres', 'Figures')}</h2>${batches ? figureTable(visit, batches) : html`<p class="empty">${say('Ces chiffres ne se lisent pas ici.', 'These figures cannot be read here.')}</p>`}
<p class="small quiet field">SHA-256</p><p class="fingerprint">${vintage.sha256}</p></section>
${vintage.state === 'to_sign' && left !== undefined && signForm(visit, vintage, left)}`);
}

function figureTable({ say, language }: SignedInVisit, batches: readonly BatchFigures[]): Html {
  const number = (value: number) => count(value, language);
  const since = batches.some(({ handedOverSinceCount }) => handedOverSinceCount !== undefined);
  return table(say('Chiffres', 'Figures'), [
    { head: say('Lot', 'Batch'), cell: ({ batchId }: BatchFigures) => html`<code title="${batchId}">…${batchId.slice(-8)}</code>` },
    { head: say('Fabriqués', 'Made'), number: true, cell: ({ issuedCount }) => number(issuedCount) },
    { head: say('Remis', 'Handed over'), number: true, cell: ({ handedOverCount }) => number(handedOverCount) },
    { head: say('Pas remis', 'Not handed over'), number: true, cell: ({ notHandedOverCount }) => number(notHandedOverCount) },
    ...(since ? [{ head: say('Remis depuis le 15e jour', 'Handed over since the 15th day'), number: true, cell: ({ handedOverSinceCount }: BatchFigures) => number(handedOverSinceCount ?? 0) }] : []),
    { head: say('Commencés', 'Started'), number: true, cell: ({ startedCount }) => number(startedCount) },
    { head: say('Reste', 'Left'), number: true, cell: ({ leftCents }) => amount(leftCents, language) },
  ], batches);
}

function signForm({ say, language }: SignedInVisit, vintage: Vintage, left: number): Html {
  const follows = vintage.step === 'fifteen_days'
    ? say('Après votre signature, les distributeurs apprennent qu’il faut arrêter de remettre ces chèques. Les personnes qui en ont peuvent encore les utiliser.',
      'After you sign, distributors are told to stop handing these vouchers over. People who have some can still use them.')
    : say('Vous prenez acte de ce qui a été remis depuis le quinzième jour, à votre charge.', 'You acknowledge what was handed over since the fifteenth day, at your charge.');
  return html`<aside class="panel narrow"><p>${follows}</p>
<form method="post" action="${vintageAddress(vintage)}"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="sha256" value="${vintage.sha256}">
<button class="button filled large">${say('Signer pour', 'Sign for')} ${amountText(left, language)}</button></form></aside>`;
}
