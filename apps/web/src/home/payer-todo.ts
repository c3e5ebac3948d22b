// What waits for a payer: quotes to answer, shares to pay, vouchers that end to sign off, accounts to sign, later dates to agree to.
import { z } from 'zod';
import { statement, type Statement } from '../contradictory-statements/statement.data.js';
import { loadQuoted, type Draft } from '../drafts/draft.data.js';
import { extension, type Extension } from '../extensions/extensions.list.js';
import { amountText, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import type { Services } from '../services.js';
import { loadVintages, type Vintage } from '../vintages/vintage.data.js';
import { vintageAddress } from '../vintages/vintages.page.js';
import type { SignedInVisit } from '../visit.js';

/** `complete`: false where a part could not be had. */
export type PayerTodo = Readonly<{ quotes: readonly Draft[]; vintages: readonly Vintage[]; statements: readonly Statement[];
  extensions: readonly Extension[]; complete: boolean }>;
export type OpenShare = Readonly<{ orderId: string; programmeName: string; owedCents: number; reference: string }>;

export async function loadPayerTodo(services: Services, { person: { bearer, organisation } }: SignedInVisit): Promise<PayerTodo> {
  const [quoted, vintages, statements, extensions] = await Promise.all([
    loadQuoted(services, bearer), loadVintages(services, bearer), services.get(`/issuance/contradictory-statements?limit=${SHOWN_MAX}`, listOf(statement), bearer),
    services.get(`/issuance/extensions?limit=${SHOWN_MAX}`, listOf(extension), bearer),
  ]);
  const isOwn = ({ payerId }: Readonly<{ payerId: string }>): boolean => payerId === organisation.partyId;
  const isAsked = ({ quote }: Draft): boolean =>
    quote?.shares.some(({ payerId, answer }) => payerId === organisation.partyId && answer === null) ?? false;
  return {
    quotes: quoted.ok ? quoted.value.filter(isAsked) : [],
    vintages: vintages.ok ? vintages.value.filter(({ state }) => state === 'to_sign') : [],
    statements: statements.ok ? statements.value.items.filter(({ state, shares }) => state === 'to_sign' && shares.some((share) => isOwn(share) && share.signedAt === null)) : [],
    extensions: extensions.ok ? extensions.value.items.filter(({ state, payers }) => state === 'to_agree' && payers.some((one) => isOwn(one) && one.agreedAt === null)) : [],
    complete: [quoted, vintages, statements, extensions].every(({ ok }) => ok),
  };
}

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
/** Those of before are signed: what waits is among the newest. */
const SHOWN_MAX = 100;

export function todoPart(visit: SignedInVisit, todo: PayerTodo, open: readonly OpenShare[]): Html {
  const { quotes, vintages, statements, extensions, complete } = todo;
  const { say, language } = visit;
  const lines = [
    ...vintages.map((vintage) => line(`${say('Signer l’échéance de', 'Sign the end of')} ${vintage.programmeName}`,
      `${say('Chèques utilisables jusqu’au', 'Vouchers usable until')} ${day(vintage.usableUntil, language)}`, vintageAddress(vintage), say('Lire et signer', 'Read and sign'))),
    ...statements.map(({ statementId, expiredCents }) => line(say('Signer le compte d’une commande', 'Sign the account of an order'),
      `${amountText(expiredCents, language)} ${say('n’ont pas été utilisés', 'were not used')}`, `/contradictory-statements/${statementId}`, say('Lire et signer', 'Read and sign'))),
    ...extensions.map(({ extensionId, programmeName, asked, now }) => line(`${say('Répondre : dates plus tardives pour', 'Answer: later dates for')} ${programmeName}`,
      `${day(now.usableUntil, language)} → ${day(asked.usableUntil, language)}`, `/extensions/${extensionId}`, say('Voir la proposition', 'See the proposal'))),
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
