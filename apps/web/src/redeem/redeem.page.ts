// Yes, no, or later: it fills the top of the screen, by word and icon first, then by lightness, then by colour.
import { amount, amountText, clock, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { serviceName } from '../service-choice.js';
import type { SignedInVisit } from '../visit.js';
import type { Attempt } from './attempt.js';

export type Redeemed = Readonly<{
  redemptionId: string;
  amountCents: number;
  /** What is left on the voucher. */
  balanceCents: number;
  redeemedAt: string;
}>;
export type Checked = Readonly<{
  kind: 'unit' | 'balance';
  availableCents: number;
  /** Of that, what one redemption may take. */
  takeableCents: number;
  usableUntil: string;
  /** What it is for; empty: everything. */
  services: readonly string[];
  heldUntil?: string | undefined;
}>;

export function yes({ say, language }: SignedInVisit, { redemptionId, amountCents, balanceCents, redeemedAt }: Redeemed): Html {
  return html`<div class="answer yes" role="status"><p class="word">${icon('done')}${say('Oui', 'Yes')}</p><p class="sum">${amount(amountCents, language)}</p>
${balanceCents > 0 && html`<p>${say('Il reste', 'Left:')} ${amountText(balanceCents, language)} ${say('sur le chèque.', 'on the voucher.')}</p>`}
<p>${say('Reçu', 'Receipt')} <code title="${redemptionId}">${shortId(redemptionId)}</code> · ${clock(redeemedAt, language)}</p></div>`;
}

/** Not green: nothing was taken, and somebody else may take it before. */
export function checked(visit: SignedInVisit, { kind, availableCents, takeableCents, usableUntil, services, heldUntil }: Checked): Html {
  const { say, language } = visit;
  return html`<div class="answer check" role="status"><p class="word">${icon('voucher')}${say('Accepté pour le moment', 'Would be taken now')}</p><p class="sum">${amount(takeableCents, language)}</p>
<p><b>${say('Rien n’est encaissé.', 'Nothing was redeemed.')}</b> ${kind === 'unit' ? say('Ce chèque s’utilise en entier.', 'This voucher is used whole.')
    : say(`Il contient ${amountText(availableCents, language)}.`, `It holds ${amountText(availableCents, language)}.`)}</p>
<p>${say('Dernier jour du service :', 'Last day of service:')} ${day(usableUntil, language)}${services.length > 0 && html` · ${services.map((code, index) => html`${index > 0 && ', '}${serviceName(code, visit)}`)}`}</p>
${heldUntil !== undefined && html`<p>${say('Une partie est réservée jusqu’au', 'A part is held until')} ${moment(heldUntil, language)}.</p>`}</div>`;
}

export const no = ({ say }: SignedInVisit, reason: string): Html =>
  html`<div class="answer no" role="alert"><p class="word">${icon('refused')}${say('Non', 'No')}</p><p>${reason}</p></div>`;

/** Nobody knows yet whether it was redeemed: the same form, with the same key, asks again and cannot redeem twice. */
export const later = ({ say }: SignedInVisit): Html =>
  html`<div class="answer later" role="alert"><p class="word">${icon('hourglass')}${say('En attente', 'Wait')}</p><p>${
    say('La réponse n’est pas venue. Réessayez : le chèque ne sera pas encaissé deux fois.', 'The answer did not come. Try again: the voucher will not be redeemed twice.')}</p></div>`;

export function againForm({ say }: SignedInVisit, { key, code, serviceDate, amount: typed, service }: Attempt): Html {
  const fields = Object.entries({ key, serviceDate, amount: typed, service });
  return html`<form method="post" action="/redeem" data-till="redeem">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<input type="hidden" name="code" value="${code}" data-code="one">
<p class="field"><button class="button filled large">${say('Réessayer avec ce chèque', 'Try again with this voucher')}</button></p>
<p class="field"><a href="/home">${say('Un autre chèque', 'Another voucher')}</a></p></form>`;
}
