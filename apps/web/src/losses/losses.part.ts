// People who lost vouchers and know a number only: whoever handed them over looks, and stops or leaves them.
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { moment } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Problem } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const loss = z.object({
  reportId: z.string(), reference: z.string(), number: z.string(), first: z.int(), last: z.int(), reportedAt: z.string(),
  stopped: z.boolean(),
});
export const openLossesShape = z.object({ items: z.array(loss), nextCursor: z.string().nullable() });
export type OpenLosses = z.output<typeof openLossesShape>;
type Loss = z.output<typeof loss>;

export function lossesPart(visit: SignedInVisit, { items, nextCursor }: OpenLosses): Html {
  const { say } = visit;
  if (items.length === 0) return html`<p class="empty">${say('Personne n’attend.', 'Nobody waits.')}</p>`;
  return html`<p>${say('La personne a un numéro et pas le code. Regardez à qui vous l’avez remis avant d’arrêter : c’est sans retour.',
    'The person has a number and not the code. Look whom you gave it to before you stop it: that cannot be undone.')}</p>
<ul class="lines">${items.map((one) => lossItem(visit, one))}</ul>
${nextCursor && html`<p class="small quiet">${say('Les dernières seulement.', 'The latest only.')}</p>`}`;
}

function lossItem({ say, language }: SignedInVisit, { reportId, reference, number, first, last, reportedAt, stopped }: Loss): Html {
  const count = last - first + 1;
  const what = count === 1 ? say('Chèque', 'Voucher') : say(`Carnet de ${count} chèques`, `Booklet of ${count} vouchers`);
  const form = (outcome: 'stopped' | 'left', label: string) => html`<form method="post" action="/losses/${reportId}">
<input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="outcome" value="${outcome}">
<button class="button">${label}<span class="visually-hidden"> ${reference}</span></button></form>`;
  return html`<li class="loss"><span class="what"><b>${what} <code>${number}</code></b>${say('Référence', 'Reference')} ${reference}, ${moment(reportedAt, language)}${
    stopped && say(', déjà arrêté', ', stopped already')}</span><span class="loss-forms">${
    form('stopped', stopped ? say('Classer', 'Close') : say('Arrêter', 'Stop'))}${!stopped && form('left', say('Laisser', 'Leave'))}</span></li>`;
}

/** Why nothing was done. */
export function lossRefusal({ say }: SignedInVisit, { code, status }: Problem): Html {
  const sentence = code === 'range_not_held'
    ? say('Ces chèques ne sont plus à vous : ils sont partis chez un autre distributeur. Appelez l’opérateur.', 'These vouchers are not yours any more: another distributor has them. Call the operator.')
    : status >= 500 ? say('Le service n’a pas répondu. Rien n’a été arrêté ; réessayez.', 'The service did not answer. Nothing was stopped; try again.')
      : say('Rien n’a été arrêté : cette perte n’est pas, ou plus, à vous de traiter.', 'Nothing was stopped: this loss is not, or no longer, yours to answer.');
  return html`<div class="notice no" role="alert">${icon('refused')}<p>${sentence}</p></div>`;
}
