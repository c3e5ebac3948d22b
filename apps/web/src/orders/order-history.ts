// What happened to an order, oldest first, each as a sentence with its moment.
import { amountText, counted, moment } from '../format.js';
import { html, type Html } from '../html.js';
import type { SignedInVisit } from '../visit.js';
import type { Happening } from './order.data.js';

const STEPS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  drafted: ['Brouillon écrit', 'Draft written'],
  revised: ['Brouillon changé', 'Draft changed'],
  quoted: ['Devis établi', 'Quote made'],
  quote_accepted: ['Devis accepté', 'Quote accepted'],
  quote_refused: ['Devis refusé', 'Quote refused'],
  accepted: ['Commande passée', 'Order placed'],
  proof_submitted: ['Épreuve de l’impression envoyée', 'Proof of the print sent'],
  proof_approved: ['Épreuve approuvée', 'Proof approved'],
  proof_sent_back: ['Épreuve renvoyée', 'Proof sent back'],
  minted: ['Chèques fabriqués', 'Vouchers made'],
  shipped: ['Chèques expédiés', 'Vouchers shipped'],
  received: ['Chèques reçus par le distributeur', 'Vouchers received by the distributor'],
  lost: ['Chèques perdus en route', 'Vouchers lost on the way'],
  funded: ['Votre argent est arrivé', 'Your money arrived'],
  activated: ['Chèques rendus actifs', 'Vouchers made active'],
  expired: ['Chèques arrivés à échéance', 'Vouchers expired'],
  reconciled: ['Compte de la commande signé', 'Account of the order signed'],
  cancelled: ['Annulation', 'Cancellation'],
};

const FUNDED_BY_OTHERS = ['Argent arrivé', 'Money arrived'] as const;

/** The word of a step; one that this version does not know is shown as it is. */
export function stepWord(step: string, { say, person: { organisation: { kind } } }: SignedInVisit): string {
  const words = step === 'funded' && kind !== 'payer' ? FUNDED_BY_OTHERS : STEPS[step];
  return words ? say(...words) : step;
}

export function historyPart(visit: SignedInVisit, history: readonly Happening[]): Html {
  const { say } = visit;
  if (history.length === 0) return html`<p class="empty">${say('Rien encore.', 'Nothing yet.')}</p>`;
  return html`<ol class="lines">${history.map((one) => line(visit, one))}</ol>`;
}

function line(visit: SignedInVisit, { step, takenAt, reason, count, amountCents }: Happening): Html {
  const { say, language } = visit;
  const what = [
    count !== null && counted(count, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]),
    amountCents !== null && amountText(amountCents, language),
  ].filter((part) => part !== false).join(', ');
  return html`<li><span class="what"><b>${stepWord(step, visit)}</b>${[what, reason].filter((part) => part).join(' – ')}</span><span class="small quiet">${moment(takenAt, language)}</span></li>`;
}
