// Is the parcel complete? What is under way to this distributor, to be confirmed whole or in part; and what it sent itself.
import { uuidv7 } from 'uuidv7';
import { part, table } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import { isOwn, rangeText, vouchersText, type Desk } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import type { Deliveries, Delivery } from './deliveries.data.js';

/** What was typed of a part that arrived, where it was refused. */
export type Typed = Readonly<{ deliveryId: string; first: string; last: string }>;
type Shown = Readonly<{ deliveries: Read<Deliveries>; desks: Read<readonly Desk[]>; above?: Piece; typed?: Typed | undefined }>;

export function deliveriesPage(visit: SignedInVisit, { deliveries, desks, above, typed }: Shown): Html {
  const { say } = visit;
  const title = say('Réceptions et envois', 'Deliveries');
  return signedInPage(visit, title, html`<h1>${title}</h1>${above}
${part(deliveries, say, title, ({ items, nextCursor }) => {
    const coming = items.filter((one) => one.inTransitCount > 0 && one.kind !== 'return' && isOwn(one.distributorId, visit));
    const sent = items.filter((one) => one.inTransitCount > 0 && isOwn(one.fromDistributorId, visit));
    return html`${toConfirm(visit, coming, desks.ok ? desks.value : [], typed)}${sent.length > 0 && sentPart(visit, sent)}
<section class="section"><h2>${say('Tous les envois', 'All deliveries')}</h2>${items.length === 0
    ? html`<p class="empty">${say('Aucun envoi encore. Votre opérateur vous en annoncera un.', 'No delivery yet. Your operator will announce one.')}</p>` : history(visit, items)}
${nextCursor && html`<p class="list-end"><a class="button" href="/deliveries?cursor=${encodeURIComponent(nextCursor)}" rel="next">${say('Suite de la liste', 'More of the list')}</a></p>`}</section>`;
  })}`);
}

function toConfirm(visit: SignedInVisit, coming: readonly Delivery[], desks: readonly Desk[], typed?: Typed): Html {
  const { say } = visit;
  if (coming.length === 0) return html`<p class="lead">${say('Rien n’est à confirmer.', 'Nothing is to be confirmed.')}</p>`;
  return html`<p class="lead">${say('Comptez les carnets, puis confirmez. Ils sont dans votre stock dès ce moment, et vous en répondez.', 'Count the booklets, then confirm. They are in your stock from then on, and you answer for them.')}</p>
${coming.map((one, index) => confirmForms(visit, one, { desks, isFirst: index === 0, typed: typed?.deliveryId === one.deliveryId ? typed : undefined }))}`;
}

type Around = Readonly<{ desks: readonly Desk[]; isFirst: boolean; typed: Typed | undefined }>;

function confirmForms(visit: SignedInVisit, delivery: Delivery, { desks, isFirst, typed }: Around): Html {
  const { say, language } = visit;
  const { deliveryId, label, shippedAt, inTransitCount, agentId, receivedCount } = delivery;
  const desk = desks.find((one) => one.agentId === agentId);
  const what = vouchersText(inTransitCount, visit);
  return html`<section class="panel" aria-labelledby="of-${deliveryId}"><h2 id="of-${deliveryId}">${say('Lot', 'Batch')} <code>${label}</code> · ${rangeText(delivery, visit)}</h2>
<p>${say('Envoyé le', 'Sent on')} ${moment(shippedAt, language)}${desk && say(` pour le guichet ${desk.name}`, ` for the desk ${desk.name}`)}.${
  receivedCount > 0 && say(` ${vouchersText(receivedCount, visit)} déjà reçus ; le reste est attendu.`, ` ${vouchersText(receivedCount, visit)} arrived already; the rest is awaited.`)}</p>
<form method="post" action="/deliveries/${deliveryId}/receipt"><input type="hidden" name="key" value="${uuidv7()}">
<button class="button ${isFirst && 'filled'}">${icon('done')}${say(`Confirmer la réception de ${what}`, `Confirm the arrival of ${what}`)}</button></form>
<details ${typed && html`open`}><summary>${say('Une partie seulement est arrivée', 'Only a part arrived')}</summary>
<form method="post" action="/deliveries/${deliveryId}/receipt"><input type="hidden" name="key" value="${uuidv7()}"><div class="said">
<div class="field"><label for="first-${deliveryId}">${say('Du carnet n°', 'From booklet no.')}</label><input id="first-${deliveryId}" name="first" inputmode="numeric" required maxlength="7" value="${typed?.first ?? ''}"></div>
<div class="field"><label for="last-${deliveryId}">${say('Au carnet n°', 'To booklet no.')}</label><input id="last-${deliveryId}" name="last" inputmode="numeric" required maxlength="7" value="${typed?.last ?? ''}"></div></div>
<p class="hint">${say('Le numéro est sur la couverture, après le B. Ce que vous ne confirmez pas reste en chemin.', 'The number is on the cover, after the B. What you do not confirm stays under way.')}</p>
<button class="button">${say('Confirmer ces carnets', 'Confirm these booklets')}</button></form></details></section>`;
}

function sentPart(visit: SignedInVisit, sent: readonly Delivery[]): Html {
  const { say, language } = visit;
  return html`<section class="section"><h2>${say('Envoyés par vous, pas encore confirmés', 'Sent by you, not confirmed yet')}</h2><ul class="lines">${sent.map((one) => html`<li class="wraps"><span class="what"><b>${
    say('Lot', 'Batch')} <code>${one.label}</code> · ${rangeText(one, visit)}</b>${say('Envoyés le', 'Sent on')} ${moment(one.shippedAt, language)}</span><details class="undo"><summary>${
    say('Jamais arrivés', 'Never arrived')}<span class="visually-hidden"> ${one.label}</span></summary><form method="post" action="/deliveries/${one.deliveryId}/loss"><input type="hidden" name="key" value="${uuidv7()}"><p>${
    say('Ces chèques sont perdus pour de bon : ils sont arrêtés, et personne ne peut plus les recevoir.', 'These vouchers are lost for good: they are stopped, and nobody can receive them any more.')}</p><p class="field"><button class="button">${
    say(`Déclarer ${vouchersText(one.inTransitCount, visit)} perdus`, `Note ${vouchersText(one.inTransitCount, visit)} as lost`)}</button></p></form></details></li>`)}</ul></section>`;
}

function history(visit: SignedInVisit, items: readonly Delivery[]): Html {
  const { say, language } = visit;
  const way = ({ kind, fromDistributorId, agentId }: Delivery): string => {
    if (kind === 'return') return say('Rendu à l’opérateur', 'Given back to the operator');
    if (kind === 'shipping') return say('De l’opérateur', 'From the operator');
    if (agentId !== null) return say('Vers un guichet', 'To a desk');
    return isOwn(fromDistributorId, visit) ? say('Envoyé par vous', 'Sent by you') : say('D’un autre distributeur', 'From another distributor');
  };
  return table(say('Tous les envois', 'All deliveries'), [
    { head: say('Envoyé le', 'Sent'), cell: ({ shippedAt }: Delivery) => moment(shippedAt, language) },
    { head: say('Lot', 'Batch'), cell: ({ label }) => html`<code>${label}</code>` },
    { head: say('Quoi', 'What'), cell: (one) => rangeText(one, visit) },
    { head: say('Chemin', 'Way'), cell: way },
    { head: say('État', 'State'), cell: ({ inTransitCount, lostCount }) => (inTransitCount > 0 ? pill('info', say('En chemin', 'Under way'))
      : lostCount > 0 ? pill('no', say('Perdu en partie', 'Lost in part')) : pill('ok', say('Reçu', 'Arrived'))) },
    { head: say('Reçus', 'Arrived'), number: true, cell: ({ receivedCount }) => count(receivedCount, language) },
    { head: say('En chemin', 'Under way'), number: true, cell: ({ inTransitCount }) => count(inTransitCount, language) },
    { head: say('Perdus', 'Lost'), number: true, cell: ({ lostCount }) => count(lostCount, language) },
  ], items);
}
