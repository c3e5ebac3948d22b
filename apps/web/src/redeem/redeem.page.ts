// Yes, no, or later: it fills the top of the screen, by word and icon first, then by lightness, then by colour.
import { amount, amountText, clock, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { SignedInVisit } from '../visit.js';

export type Redeemed = Readonly<{
  redemptionId: string;
  amountCents: number;
  /** What is left on the voucher. */
  balanceCents: number;
  redeemedAt: string;
}>;

export function yes({ say, language }: SignedInVisit, { redemptionId, amountCents, balanceCents, redeemedAt }: Redeemed): Html {
  return html`<div class="answer yes" role="status"><p class="word">${icon('done')}${say('Oui', 'Yes')}</p><p class="sum">${amount(amountCents, language)}</p>
${balanceCents > 0 && html`<p>${say('Il reste', 'Left:')} ${amountText(balanceCents, language)} ${say('sur le chèque.', 'on the voucher.')}</p>`}
<p>${say('Reçu', 'Receipt')} <code title="${redemptionId}">${shortId(redemptionId)}</code> · ${clock(redeemedAt, language)}</p></div>`;
}

export const no = ({ say }: SignedInVisit, reason: string): Html =>
  html`<div class="answer no" role="alert"><p class="word">${icon('refused')}${say('Non', 'No')}</p><p>${reason}</p></div>`;

/** Nobody knows yet whether it was redeemed: the same form, with the same key, asks again and cannot redeem twice. */
export const later = ({ say }: SignedInVisit): Html =>
  html`<div class="answer later" role="alert"><p class="word">${icon('hourglass')}${say('En attente', 'Wait')}</p><p>${
    say('La réponse n’est pas venue. Réessayez : le chèque ne sera pas encaissé deux fois.', 'The answer did not come. Try again: the voucher will not be redeemed twice.')}</p></div>`;

export type Attempt = Readonly<{ key: string; code: string; serviceDate: string; amount: string; service: string }>;

export function againForm({ say }: SignedInVisit, attempt: Attempt): Html {
  return html`<form method="post" action="/redeem">${Object.entries(attempt).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="field"><button class="button filled large">${say('Réessayer avec ce chèque', 'Try again with this voucher')}</button></p>
<p class="field"><a href="/home">${say('Un autre chèque', 'Another voucher')}</a></p></form>`;
}
