// A place's question: when am I paid, and how much? The amount and the day first, then the sum in words, then what is held and why.
import { z } from 'zod';
import { headline, part } from '../components.js';
import { amount, amountText, counted, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { loadNextPayment, nextOf, type Next, type NextPayment } from './next-payment.data.js';

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) }).transform(({ items }) => items);
const hold = z.object({
  holdId: z.string(), reason: z.string(), lines: z.int(), grossCents: z.int(), alertId: z.string().nullable(),
  measureId: z.string().nullable().default(null),
  alertTextFr: z.string().nullable().default(null), alertTextEn: z.string().nullable().default(null),
});
const carried = z.object({
  reason: z.string(), lines: z.int(), netCents: z.int(), nextEnd: z.string().nullable(), latestEnd: z.string().nullable(),
});
const account = z.object({ paidTo: z.object({ iban: z.string(), blocked: z.boolean() }).nullable(), byStripe: z.boolean() });
type Hold = z.output<typeof hold>;
type Carried = z.output<typeof carried>;
type Account = z.output<typeof account>;

export async function statementsTop(visit: SignedInVisit, _: unknown, services: Services): Promise<Html> {
  const { say, person: { bearer } } = visit;
  const [next, holds, waiting, paidTo] = await Promise.all([
    loadNextPayment(services, bearer),
    services.get('/settlement/holds?state=held&limit=50', listOf(hold), bearer),
    services.get('/settlement/carry-overs?limit=50', listOf(carried), bearer),
    services.get('/settlement/own-account', account, bearer),
  ]);
  return html`${part(next, say, say('Prochain virement', 'Next payment'), (found) => answer(visit, found, paidTo))}
${part(holds, say, say('Lignes retenues', 'Held lines'), (found) => html`${found.map((one) => heldNotice(visit, one))}`)}
${waiting.ok && waiting.value.map((one) => carriedNotice(visit, one))}
<nav class="links" aria-label="${say('Argent du lieu', 'Money of the place')}"><a class="target" href="/paid-early">${say('Ne pas attendre : demander un acompte', 'Not wait: ask for an early payment')}</a>
<a class="target" href="/account">${say('Compte bancaire', 'Bank account')}</a>
<a class="target" href="/statement-lines">${say('Lignes des relevés, une par encaissement', 'Lines of the statements, one per redemption')}</a>
<a class="target" href="/invoices">${say('Factures et notes de débit', 'Invoices and debit notes')}</a></nav>
<h2 class="section">${say('Relevés', 'Statements')}</h2>`;
}

function answer(visit: SignedInVisit, found: NextPayment, account_: Read<Account>): Html {
  const { say, language } = visit;
  const next = nextOf(found);
  const { owingCents, accruing } = found;
  if (!next) {
    const waits = found.held.lines + accruing.lines > 0;
    return headline(say('Rien à virer', 'Nothing to pay'), waits ? say('Ce qui reste est retenu, ou attend d’autres encaissements : voyez plus bas.', 'What is left is held, or waits for other redemptions: see below.') : say('Tout ce qui est encaissé est viré. Le prochain encaissement ouvre le virement suivant.',
      'All that was redeemed is paid. The next redemption opens the next payment.'));
  }
  return html`${headline(amount(next.cents, language), html`${whenSaid(visit, next)} ${whereTo(visit, account_)}`)}
${accruing.lines > 0 && sumInWords(visit, found)}
${owingCents > 0 && html`<div class="notice wait" role="status">${icon('clock')}<p>${say(`Votre organisme doit encore ${amountText(owingCents, language)} : c’est pris sur ce qui vient.`,
    `Your body still owes ${amountText(owingCents, language)}: it is taken of what comes.`)} <a href="/invoices">${say('Voir pourquoi', 'See why')}</a></p></div>`}`;
}

/** `sur le virement`, as a sentence that is true of what is known and of no more. */
export function whenSaid({ say, language }: SignedInVisit, { how, on }: Next): string {
  const date = day(on, language);
  switch (how) {
    case 'ordered': return say(`Virement prévu le ${date}.`, `Payment planned for ${date}.`);
    case 'promised': return on === null ? say('À virer à la prochaine campagne de l’opérateur.', 'To be paid with the operator’s next run.')
      : say(`À virer au plus tard le ${date}.`, `To be paid by ${date} at the latest.`);
    case 'accruing': return on === null ? say('Encaissés, dans aucun relevé encore : viré après la prochaine clôture de l’opérateur.', 'Redeemed, in no statement yet: paid after the operator’s next closing.')
      : say(`Encaissés, dans aucun relevé encore : virés au plus tard le ${date}.`, `Redeemed, in no statement yet: paid by ${date} at the latest.`);
  }
}

function whereTo({ say }: SignedInVisit, read: Read<Account>): Piece {
  if (!read.ok) return null;
  const { paidTo, byStripe } = read.value;
  if (paidTo?.blocked) return html`<b>${say('La banque a renvoyé un virement : donnez un autre compte.', 'The bank sent a payment back: give another account.')}</b>`;
  if (paidTo) return html`${say('Sur le compte', 'To the account')} <code>${paidTo.iban}</code>.`;
  if (byStripe) return say('Par Stripe.', 'By Stripe.');
  return html`<b>${say('Aucun compte n’est enregistré :', 'No account is known:')}</b> <a href="/account">${say('donnez-en un', 'give one')}</a>.`;
}

function sumInWords({ say, language }: SignedInVisit, { accruing }: NextPayment): Html {
  const { lines, grossCents, feeCents, vatCents, commonsCents, netCents, nextEnd } = accruing;
  const vouchers = counted(lines, language, [say('encaissement', 'redemption'), say('encaissements', 'redemptions')]);
  return html`<dl class="sums" aria-label="${say('Ce qui n’est pas encore relevé', 'What is in no statement yet')}">
<div><dt>${say('Pas encore relevé', 'In no statement yet')}</dt><dd>${amount(grossCents, language)}<small>${vouchers}${nextEnd !== null && html` · ${say('période close le', 'period ends on')} ${day(nextEnd, language)}`}</small></dd></div>
<div><dt>${say('Frais et TVA', 'Fees and VAT')}</dt><dd>${amount(-(feeCents + vatCents), language)}</dd></div>
<div><dt>${say('Fonds commun', 'Commons')}</dt><dd>${amount(-commonsCents, language)}</dd></div>
<div class="yours"><dt>${say('Pour vous', 'For you')}</dt><dd>${amount(netCents, language)}</dd></div></dl>`;
}

/** What is held, why, and where to disagree. */
function heldNotice(visit: SignedInVisit, { reason, lines, grossCents, alertId, measureId, alertTextFr, alertTextEn }: Hold): Html {
  const { say, language } = visit;
  const [why, what] = heldWords(visit, reason);
  const text = say(alertTextFr ?? '', alertTextEn ?? '');
  return html`<div class="notice wait" role="status">${icon('clock')}<p><b>${say(`${amountText(grossCents, language)} retenus : ${why}.`, `${amountText(grossCents, language)} held: ${why}.`)}</b> ${
    counted(lines, language, [say('encaissement', 'redemption'), say('encaissements', 'redemptions')])}. ${text} ${what} ${
    alertId !== null && html`<a href="/alerts">${say('Lire et contester', 'Read and appeal')}</a>`}${
    measureId !== null && html`<a href="/accreditation">${say('Lire et contester', 'Read and appeal')}</a>`}</p></div>`;
}

function heldWords({ say }: SignedInVisit, reason: string): readonly [why: string, what: string] {
  switch (reason) {
    case 'first_remittance': return [say('votre premier relevé est lu par une personne', 'your first statement is read by a person'), say('Rien à faire : il est viré après cette lecture.', 'Nothing to do: it is paid after that reading.')];
    case 'place_suspended': return [say('votre lieu est suspendu', 'your place is suspended'), say('Ce qui est juste est viré après examen.', 'What is right is paid after a review.')];
    case 'place_withdrawn': return [say('l’agrément est retiré', 'the accreditation is withdrawn'), say('Ce qui est juste est viré après examen.', 'What is right is paid after a review.')];
    case 'alert_upheld': return [say('une alerte est confirmée', 'an alert was upheld'), ''];
    default: return [reason, ''];
  }
}

function carriedNotice({ say, language }: SignedInVisit, { reason, netCents, nextEnd, latestEnd }: Carried): Html {
  const money = amountText(netCents, language);
  const sentence = reason === 'below_minimum' ? say(`${money} attendent : la somme est sous le minimum du programme.`, `${money} wait: the sum is below the minimum of the programme.`)
    : reason === 'not_due' ? say(`${money} attendent la fin de leur période.`, `${money} wait for the end of their period.`)
      : say('Quelques centimes attendent d’autres encaissements : les frais arrondis les dépassent.', 'A few cents wait for other redemptions: rounded fees are above them.');
  return html`<div class="notice info" role="status">${icon('underway')}<p>${sentence} ${nextEnd !== null && say(`Prochaine clôture : ${day(nextEnd, language)}.`, `Next closing: ${day(nextEnd, language)}.`)} ${
    latestEnd !== null && say(`Virés quoi qu’il arrive après le ${day(latestEnd, language)}.`, `Paid whatever happens after ${day(latestEnd, language)}.`)}</p></div>`;
}
