// The payer's question: where is my money?
import { z } from 'zod';
import { headline, part, table } from '../components.js';
import { amount, amountText, count, counted, day } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read, Services } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { lifeBar } from './life-bar.js';
import { lifeOfMoney } from './life-of-money.js';

const order = z.object({
  orderId: z.string(), reference: z.string(), programmeId: z.string(), programmeName: z.string(), placedAt: z.string(), funding: z.string(),
  activation: z.string(), count: z.int(), amountCents: z.int(), fundedCents: z.int(), missingCents: z.int(), activatedCents: z.int(),
  creditor: z.object({ name: z.string(), iban: z.string() }),
  // A payer is shown its own share only: what it owes, and the reference that makes the money its own.
  shares: z.array(z.object({ reference: z.string(), missingCents: z.int() })),
  batches: z.array(z.object({ redeemedCount: z.int(), redeemedCents: z.int() })),
});
const orders = z.object({ items: z.array(order.omit({ batches: true })), nextCursor: z.string().nullable() });
const coverage = z.object({ programmeId: z.string(), availableCents: z.int(), announcedCents: z.int(), activatedCents: z.int() });
type Order = z.output<typeof order>;
type Coverage = z.output<typeof coverage> & Readonly<{ name: string }>;

/** Orders on the page; each is asked for its batches. */
const ORDERS_MAX = 20;

export type PayerHome = Readonly<{ orders: Read<readonly Order[]>; coverage: readonly Coverage[]; more: boolean }>;

export async function loadPayerHome(services: Services, bearer: string): Promise<PayerHome> {
  const listed = await services.get(`/issuance/orders?limit=${ORDERS_MAX}`, orders, bearer);
  if (!listed.ok) return { orders: listed, coverage: [], more: false };
  const names = new Map(listed.value.items.map(({ programmeId, programmeName }) => [programmeId, programmeName]));
  const [details, covered] = await Promise.all([
    Promise.all(listed.value.items.map(({ orderId }) => services.get(`/issuance/orders/${orderId}`, order, bearer))),
    Promise.all([...names.keys()].map((programmeId) => services.get(`/issuance/programmes/${programmeId}/coverage`, coverage, bearer))),
  ]);
  const failed = details.find((detail) => !detail.ok);
  return {
    orders: failed && !failed.ok ? failed : { ok: true, value: details.flatMap((detail) => (detail.ok ? [detail.value] : [])) },
    coverage: covered.flatMap((read) => (read.ok ? [{ ...read.value, name: names.get(read.value.programmeId) ?? '' }] : [])),
    more: listed.value.nextCursor !== null,
  };
}

export function payerHomePage(visit: SignedInVisit, home: PayerHome): Html {
  const { say } = visit;
  const title = say('Accueil', 'Home');
  return signedInPage(visit, title, html`<h1>${visit.person.organisation.name}</h1>
${part(home.orders, say, say('Commandes', 'Orders'), (found) => (found.length === 0 ? firstTime(visit) : standing(visit, found, home)))}`);
}

const firstTime = ({ say }: SignedInVisit): Html => headline(
  say('Aucune commande', 'No order'),
  say('Ici se lira où est votre argent. Demandez à votre opérateur de préparer la première commande.', 'Here you will read where your money is. Ask your operator to prepare the first order.'));

function standing(visit: SignedInVisit, found: readonly Order[], { coverage: covered, more }: PayerHome): Html {
  const { say, language } = visit;
  const money = lifeOfMoney(found.map((one) => ({ ...one, redeemedCents: redeemedOf(one) })));
  const used = found.flatMap(({ batches }) => batches).reduce((sum, batch) => sum + batch.redeemedCount, 0);
  const owed = amountText(money.unpaidCents, language);
  const sentence = money.unpaidCents > 0
    ? say(`de chèques actifs restent à utiliser. Il reste ${owed} à virer.`, `of active vouchers are still to be used. ${owed} remain to be transferred.`)
    : say('de chèques actifs restent à utiliser.', 'of active vouchers are still to be used.');
  return html`${headline(amount(money.activeCents, language), sentence)}
${lifeBar(visit, money)}
<p class="small quiet field">${say(`Utilisé : ${counted(used, language, ['chèque', 'chèques'])}.`, `Used: ${counted(used, language, ['voucher', 'vouchers'])}.`)}</p>
${toPay(visit, found)}
<section class="section"><h2>${say('Commandes', 'Orders')}</h2>${orderTable(visit, found)}
${more && html`<p class="small quiet">${say(`Les ${ORDERS_MAX} plus récentes.`, `The latest ${ORDERS_MAX}.`)}</p>`}</section>
<section class="section"><h2>${say('Couverture', 'Cover')}</h2>${coverTable(visit, covered)}</section>`;
}

const redeemedOf = ({ batches }: Order): number => batches.reduce((sum, batch) => sum + batch.redeemedCents, 0);

/** A transfer is a thing that one could hold: the amount, the account, the reference. */
function toPay({ say, language }: SignedInVisit, found: readonly Order[]): Html {
  const open = found.flatMap(({ programmeName, creditor, shares }) => shares
    .filter(({ missingCents }) => missingCents > 0).map((share) => ({ programmeName, creditor, ...share })));
  if (open.length === 0) return html``;
  return html`<section class="section"><h2>${say('À virer', 'To transfer')}</h2><dl class="lines">${open.map((one) => html`<div><dt class="what"><b>${
    one.programmeName}</b>${one.creditor.name}, <code>${one.creditor.iban}</code> · ${say('référence', 'reference')} <code>${one.reference}</code></dt><dd>${
    amount(one.missingCents, language)}</dd></div>`)}</dl></section>`;
}

function orderTable({ say, language }: SignedInVisit, found: readonly Order[]): Html {
  return table(say('Commandes', 'Orders'), [
    { head: say('Référence', 'Reference'), cell: ({ reference }: Order) => html`<code>${reference}</code>` },
    { head: say('Programme', 'Programme'), cell: ({ programmeName }) => programmeName },
    { head: say('Date', 'Date'), cell: ({ placedAt }) => day(placedAt.slice(0, 10), language) },
    { head: say('Argent', 'Money'), cell: ({ funding }) => status(funding, say) },
    { head: say('Chèques', 'Vouchers'), cell: ({ activation }) => status(activation, say) },
    { head: say('Nombre', 'Count'), number: true, cell: (one) => count(one.count, language) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Utilisé', 'Used'), number: true, cell: (one) => amount(redeemedOf(one), language) },
  ], found);
}

function coverTable({ say, language }: SignedInVisit, covered: readonly Coverage[]): Html {
  return table(say('Couverture', 'Cover'), [
    { head: say('Programme', 'Programme'), cell: ({ name }: Coverage) => name },
    { head: say('Arrivé, pas encore en chèques', 'Arrived, not in vouchers yet'), number: true, cell: ({ availableCents }) => amount(availableCents, language) },
    { head: say('Annoncé, pas arrivé', 'Announced, not arrived'), number: true, cell: ({ announcedCents }) => amount(announcedCents, language) },
    { head: say('Rendu actif', 'Made active'), number: true, cell: ({ activatedCents }) => amount(activatedCents, language) },
  ], covered);
}
