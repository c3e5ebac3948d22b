// What waits for a payer: quotes to answer, shares to pay, vouchers that end to sign off.
import { loadQuoted, type Draft } from '../drafts/draft.data.js';
import { amountText, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import type { Services } from '../services.js';
import { loadVintages, type Vintage } from '../vintages/vintage.data.js';
import { vintageAddress } from '../vintages/vintages.page.js';
import type { SignedInVisit } from '../visit.js';

/** `complete`: false where a part could not be had. */
export type PayerTodo = Readonly<{ quotes: readonly Draft[]; vintages: readonly Vintage[]; complete: boolean }>;
export type OpenShare = Readonly<{ orderId: string; programmeName: string; owedCents: number; reference: string }>;

export async function loadPayerTodo(services: Services, { person: { bearer, organisation } }: SignedInVisit): Promise<PayerTodo> {
  const [quoted, vintages] = await Promise.all([loadQuoted(services, bearer), loadVintages(services, bearer)]);
  const isAsked = ({ quote }: Draft): boolean =>
    quote?.shares.some(({ payerId, answer }) => payerId === organisation.partyId && answer === null) ?? false;
  return {
    quotes: quoted.ok ? quoted.value.filter(isAsked) : [],
    vintages: vintages.ok ? vintages.value.filter(({ state }) => state === 'to_sign') : [], complete: quoted.ok && vintages.ok,
  };
}

export function todoPart(visit: SignedInVisit, { quotes, vintages, complete }: PayerTodo, open: readonly OpenShare[]): Html {
  const { say, language } = visit;
  const lines = [
    ...vintages.map((vintage) => line(`${say('Signer l’échéance de', 'Sign the end of')} ${vintage.programmeName}`,
      `${say('Chèques utilisables jusqu’au', 'Vouchers usable until')} ${day(vintage.usableUntil, language)}`, vintageAddress(vintage), say('Lire et signer', 'Read and sign'))),
    ...quotes.map(({ orderId, programmeName, quote }) => line(`${say('Répondre au devis de', 'Answer the quote of')} ${programmeName}`,
      `${say('Avant le', 'By')} ${day(quote?.validUntil, language)}`, `/drafts/${orderId}`, say('Voir le devis', 'See the quote'))),
    ...open.map(({ orderId, programmeName, owedCents, reference }) => line(`${say('Payer', 'Pay')} ${amountText(owedCents, language)}`,
      html`${programmeName} · ${say('référence', 'reference')} <code>${reference}</code>`, `/orders/${orderId}`, say('Comment payer', 'How to pay'))),
  ];
  return html`<section class="section queue"><h2>${say('À faire', 'To do')}</h2>${lines.length === 0 && complete
    ? html`<p class="empty">${say('Rien n’attend.', 'Nothing waits.')}</p>` : html`<ul class="lines">${lines}</ul>`}
${!complete && html`<p class="notice wait" role="status">${say('Une partie de cette liste n’a pas pu être lue. Rechargez dans un moment.', 'A part of this list could not be read. Reload in a moment.')}</p>`}</section>`;
}

const line = (what: string, more: Piece, href: string, action: string): Html =>
  html`<li><span class="what"><b>${what}</b>${more}</span><a class="button" href="${href}">${action}<span class="visually-hidden"> : ${what}</span></a></li>`;
