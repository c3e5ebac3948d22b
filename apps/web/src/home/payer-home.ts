// The payer's question: where is my money?
import { z } from 'zod';
import { headline, part, table } from '../components.js';
import { amount, amountText, count, counted } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { lifeBar } from './life-bar.js';
import { lifeOfMoney, type LifeOfMoney } from './life-of-money.js';
import { loadPayerTodo, todoPart, type OpenShare, type PayerTodo } from './payer-todo.js';

const order = z.object({
  orderId: z.string(), programmeId: z.string(), programmeName: z.string(), state: z.string(), faceCents: z.int(), amountCents: z.int(),
  fundedCents: z.int(), activatedCents: z.int(),
  // A payer is shown its own share only: what it owes, and the reference that makes the money its own.
  shares: z.array(z.object({ reference: z.string(), amountCents: z.int(), missingCents: z.int(), feeDueCents: z.int() })),
  batches: z.array(z.object({
    count: z.int(), handedOverCount: z.int(), replacedBatchId: z.string().nullable(), redeemedCount: z.int(), redeemedCents: z.int(),
  })),
});
const orders = z.object({ items: z.array(order.omit({ batches: true })), nextCursor: z.string().nullable() });
const coverage = z.object({ programmeId: z.string(), availableCents: z.int(), announcedCents: z.int(), activatedCents: z.int() });
type Order = z.output<typeof order>;
type Coverage = z.output<typeof coverage> & Readonly<{ name: string }>;

/** Orders on the page; each is asked for its batches. */
const ORDERS_MAX = 20;

export type PayerHome = Readonly<{ orders: Read<readonly Order[]>; coverage: readonly Coverage[]; more: boolean; todo: PayerTodo }>;

export async function loadPayerHome(services: Services, visit: SignedInVisit): Promise<PayerHome> {
  const { bearer } = visit.person;
  const [listed, todo] = await Promise.all([services.get(`/issuance/orders?limit=${ORDERS_MAX}`, orders, bearer), loadPayerTodo(services, visit)]);
  if (!listed.ok) return { orders: listed, coverage: [], more: false, todo };
  const names = new Map(listed.value.items.map(({ programmeId, programmeName }) => [programmeId, programmeName]));
  const [details, covered] = await Promise.all([
    Promise.all(listed.value.items.map(({ orderId }) => services.get(`/issuance/orders/${orderId}`, order, bearer))),
    Promise.all([...names.keys()].map((programmeId) => services.get(`/issuance/programmes/${programmeId}/coverage`, coverage, bearer))),
  ]);
  const failed = details.find((detail) => !detail.ok);
  return {
    orders: failed && !failed.ok ? failed : { ok: true, value: details.flatMap((detail) => (detail.ok ? [detail.value] : [])) },
    coverage: covered.flatMap((read) => (read.ok ? [{ ...read.value, name: names.get(read.value.programmeId) ?? '' }] : [])),
    more: listed.value.nextCursor !== null, todo,
  };
}

export function payerHomePage(visit: SignedInVisit, home: PayerHome): Html {
  const { say } = visit;
  const title = say('Accueil', 'Home');
  return signedInPage(visit, title, html`<h1>${visit.person.organisation.name}</h1>
${part(home.orders, say, say('Commandes', 'Orders'), (found) => (found.length === 0 ? firstTime(visit, home) : standing(visit, found, home)))}`);
}

/** What there is to do before the first voucher, in the order in which it is done. */
function firstTime(visit: SignedInVisit, { todo }: PayerHome): Html {
  const { say } = visit;
  const steps = [
    [say('Préparez une commande', 'Prepare an order'), say('Vous choisissez le programme, le nombre de chèques et vos cofinanceurs.', 'You choose the programme, the number of vouchers and your co-funders.')],
    [say('Répondez au devis', 'Answer the quote'), say('Votre opérateur le fait, frais et TVA compris.', 'Your operator makes it, fee and VAT included.')],
    [say('Payez votre part', 'Pay your share'), say('Les chèques deviennent actifs quand l’argent est là.', 'Vouchers become active once the money is there.')],
    [say('Suivez vos chèques', 'Follow your vouchers'), say('Remis, utilisés, remboursés aux lieux : chaque centime se lit ici.', 'Handed over, used, paid to places: every cent is read here.')],
  ] as const;
  return html`${headline(say('Aucune commande', 'No order'), say('Vos premiers chèques sont à quatre étapes. Rien n’est payé avant que vous ayez tout vérifié.', 'Your first vouchers are four steps away. Nothing is paid before you have checked everything.'))}
<ol class="lines field">${steps.map(([what, more], index) => html`<li><span class="what"><b>${index + 1}. ${what}</b>${more}</span></li>`)}</ol>
<p class="field">${orderLink(say('Préparer une commande', 'Prepare an order'))}</p>${todoPart(visit, todo, [])}`;
}

const orderLink = (words: string): Html => html`<a class="button filled" href="/orders/new">${words}</a>`;

function standing(visit: SignedInVisit, found: readonly Order[], home: PayerHome): Html {
  const { say, language } = visit;
  const money = lifeOfMoney(found.map((one) => ({ ...one, redeemedCents: redeemedOf(one) })));
  const used = found.flatMap(({ batches }) => batches).reduce((sum, batch) => sum + batch.redeemedCount, 0);
  return html`${answer(visit, found, money)}
<p class="field">${orderLink(say('Commander des chèques', 'Order vouchers'))}</p>
${lifeBar(visit, money)}
<p class="small quiet field">${say(`Utilisé : ${counted(used, language, ['chèque', 'chèques'])}.`, `Used: ${counted(used, language, ['voucher', 'vouchers'])}.`)} <a href="/funnel">${say('Voir le parcours des chèques', 'See the way of the vouchers')}</a>${
  home.more && ` – ${say(`sur les ${ORDERS_MAX} commandes les plus récentes.`, `over the latest ${ORDERS_MAX} orders.`)}`}</p>
<div class="two">${todoPart(visit, home.todo, openShares(found))}
<section class="section"><h2>${say('Couverture', 'Cover')}</h2>${coverPart(visit, home.coverage)}</section></div>
<section class="section"><h2>${say('Vos programmes', 'Your programmes')}</h2>${programmeTable(visit, found)}
<p class="field"><a href="/orders">${say('Toutes les commandes', 'All orders')}</a></p></section>`;
}

const redeemedOf = ({ batches }: Order): number => batches.reduce((sum, batch) => sum + batch.redeemedCents, 0);

/** Over: what is in stock is not handed over any more. */
const OVER = new Set(['expired', 'reconciled', 'cancelled']);

/**
 * Vouchers that were made and that nobody has yet; those that replace stopped ones are not counted again. Somebody has what
 * was used, also where no distributor wrote down that it was handed over.
 */
function inStockOf({ state, faceCents, batches }: Order): number {
  if (OVER.has(state)) return 0;
  const withPeople = ({ handedOverCount, redeemedCents }: Order['batches'][number]): number =>
    Math.max(handedOverCount, Math.ceil(redeemedCents / faceCents));
  return batches.filter(({ replacedBatchId }) => replacedBatchId === null).reduce((sum, batch) => sum + batch.count - withPeople(batch), 0);
}

function answer({ say, language }: SignedInVisit, found: readonly Order[], money: LifeOfMoney): Html {
  const stock = found.map((one) => ({ vouchers: inStockOf(one), cents: inStockOf(one) * one.faceCents }));
  const vouchers = stock.reduce((sum, one) => sum + one.vouchers, 0);
  const owedCents = openShares(found).reduce((sum, share) => sum + share.owedCents, 0);
  const owed = owedCents > 0 && say(` Il vous reste ${amountText(owedCents, language)} à payer.`, ` You have ${amountText(owedCents, language)} left to pay.`);
  if (vouchers === 0) return headline(amount(money.activeCents, language), html`${say('de chèques actifs restent à utiliser.', 'of active vouchers are still to be used.')}${owed}`);
  const cents = stock.reduce((sum, one) => sum + one.cents, 0);
  const words = counted(vouchers, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
  return headline(amount(cents, language), html`${say(`restent à remettre : ${words}.`, `are still to be handed over: ${words}.`)}${owed}`);
}

const openShares = (found: readonly Order[]): readonly OpenShare[] => found.filter(({ state }) => state !== 'cancelled')
  .flatMap(({ orderId, programmeName, shares }) => shares.map(({ missingCents, feeDueCents, reference }) => (
    { orderId, programmeName, reference, owedCents: missingCents + feeDueCents })))
  .filter(({ owedCents }) => owedCents > 0);

function programmeTable({ say, language }: SignedInVisit, found: readonly Order[]): Html {
  const programmeIds = [...new Set(found.map(({ programmeId }) => programmeId))];
  const byProgramme = programmeIds.map((id) => found.filter(({ programmeId }) => programmeId === id));
  const sum = (orders: readonly Order[], value: (order: Order) => number) => orders.reduce((total, one) => total + value(one), 0);
  const own = ({ shares }: Order) => shares.reduce((total, { amountCents }) => total + amountCents, 0);
  const columns = (orders: readonly Order[]) =>
    [sum(orders, ({ amountCents }) => amountCents), sum(orders, redeemedOf), sum(orders, own)] as const;
  const foot = html`<tfoot><tr><td>${counted(byProgramme.length, language, [say('programme', 'programme'), say('programmes', 'programmes')])}</td><td></td>${
    columns(found).map((cents) => html`<td class="number">${amount(cents, language)}</td>`)}</tr></tfoot>`;
  return table(say('Vos programmes', 'Your programmes'), [
    { head: say('Programme', 'Programme'), cell: (orders: readonly Order[]) => orders[0]?.programmeName },
    { head: say('Commandes', 'Orders'), number: true, cell: (orders) => count(orders.length, language) },
    { head: say('Commandé', 'Ordered'), number: true, cell: (orders) => amount(columns(orders)[0], language) },
    { head: say('Utilisé', 'Used'), number: true, cell: (orders) => amount(columns(orders)[1], language) },
    { head: say('Votre part', 'Your share'), number: true, cell: (orders) => amount(columns(orders)[2], language) },
  ], byProgramme, byProgramme.length > 1 && foot);
}

function coverPart({ say, language }: SignedInVisit, covered: readonly Coverage[]): Html {
  return html`${covered.map(({ name, availableCents, announcedCents, activatedCents }) => html`<h3>${name}</h3><dl class="lines">
<div><dt>${say('Rendu actif', 'Made active')}</dt><dd>${amount(activatedCents, language)}</dd></div>
<div><dt>${say('Arrivé, pas encore en chèques', 'Arrived, not in vouchers yet')}</dt><dd>${amount(availableCents, language)}</dd></div>
<div><dt>${say('Annoncé, pas arrivé', 'Announced, not arrived')}</dt><dd>${amount(announcedCents, language)}</dd></div></dl>`)}
<p class="small field"><a href="/coverage">${say('L’argent est-il là ? Vérifier', 'Is the money there? Check it')}</a></p>`;
}
