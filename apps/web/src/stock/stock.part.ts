// The answer of a distributor's home: what lies there and what it is worth, what to confirm, what ends soon, what to do next.
import { headline, table } from '../components.js';
import { amount, count, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import type { SignedInVisit } from '../visit.js';
import { bookletsText, centsInStock, vouchersText, type Stock, type StockRow } from './stock.data.js';

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

export function stockPart(visit: SignedInVisit, { items, nextCursor }: Stock): Html {
  const { say, language } = visit;
  if (items.length === 0) return headline(say('Pas encore de chèques', 'No vouchers yet'), say('Votre opérateur vous annoncera une livraison : vous la confirmerez ici.', 'Your operator will announce a delivery, and you will confirm it here.'));
  const sum = (of: (row: StockRow) => number): number => items.reduce((total, row) => total + of(row), 0);
  const [vouchers, booklets] = [sum(({ inStock }) => inStock.vouchers), sum(({ inStock }) => inStock.booklets)];
  const sentence = say(`en stock : ${bookletsText(booklets, visit)}, ${vouchersText(vouchers, visit)}.`, `in stock: ${bookletsText(booklets, visit)}, ${vouchersText(vouchers, visit)}.`);
  const coming = sum(({ inTransit }) => inTransit.vouchers);
  return html`${headline(amount(sum(centsInStock), language), sentence)}
${coming > 0 && toConfirm(visit, coming, vouchers === 0)}${items.map((row) => endingNotice(visit, row))}
${vouchers > 0 && html`<p class="field buttons"><a class="button filled" href="/hand-over">${icon('voucher')}${say('Remettre un carnet', 'Hand a booklet over')}</a> <a class="button" href="/hand-over/list">${say('Remettre par liste', 'Hand over by a list')}</a></p>`}
<section class="section"><h2>${say('Par lot', 'By batch')}</h2>${stockTable(visit, items)}${
  nextCursor && html`<p class="small quiet field">${say('Les premiers lots seulement.', 'The first batches only.')} <a href="/stock">${say('Tous les lots', 'All batches')}</a></p>`}</section>`;
}

/** With nothing in stock, this is the next step. */
function toConfirm(visit: SignedInVisit, vouchers: number, isNext: boolean): Html {
  const { say } = visit;
  return html`<div class="notice info" role="status">${icon('underway')}<p><b>${say(`${vouchersText(vouchers, visit)} en chemin.`, `${vouchersText(vouchers, visit)} under way.`)}</b> ${
    say('Comptez à l’arrivée, puis confirmez : ils seront dans votre stock.', 'Count them on arrival, then confirm: they will be in your stock.')}${
    isNext ? '' : html` <a href="/deliveries">${say('Confirmer', 'Confirm')}</a>`}</p></div>${
    isNext && html`<p class="field"><a class="button filled" href="/deliveries">${say('Confirmer la réception', 'Confirm the arrival')}</a></p>`}`;
}

const daysLeft = (usableUntil: string): number => Math.ceil((Date.parse(`${usableUntil}T23:59:59Z`) - Date.now()) / DAY_MS);

function endingNotice(visit: SignedInVisit, row: StockRow): Piece {
  const { say, language } = visit;
  const { inStock, usableUntil, label } = row;
  if (inStock.vouchers === 0 || daysLeft(usableUntil) > SOON_DAYS) return null;
  const [last, what] = [day(usableUntil, language), vouchersText(inStock.vouchers, visit)];
  return html`<div class="notice wait" role="status">${icon('hourglass')}<p>${daysLeft(usableUntil) < 0
    ? say(`Lot ${label} : plus aucun service depuis le ${last}. ${what} à rendre à l’opérateur.`, `Batch ${label}: no service any more since ${last}. ${what} to give back to the operator.`)
    : say(`Lot ${label} : ${what} à remettre avant le ${last}, dernier jour du service. Cédez ce qui ne partira pas.`, `Batch ${label}: ${what} to hand over before ${last}, the last day of service. Send on what will not leave.`)} <a href="/send-stock">${say('Envoyer ou rendre', 'Send or give back')}</a></p></div>`;
}

function stockTable({ say, language }: SignedInVisit, rows: readonly StockRow[]): Html {
  return table(say('Stock par lot', 'Stock by batch'), [
    { head: say('Lot', 'Batch'), cell: ({ label, batchId }: StockRow) => html`<a href="/hand-overs?batchId=${batchId}"><code>${label}</code></a>` },
    { head: say('Programme', 'Programme'), cell: ({ programmeName }) => programmeName },
    { head: say('Utilisable jusqu’au', 'Usable until'), cell: ({ usableUntil }) => day(usableUntil, language) },
    { head: say('En chemin', 'Under way'), number: true, cell: ({ inTransit }) => count(inTransit.vouchers, language) },
    { head: say('En stock', 'In stock'), number: true, cell: ({ inStock }) => count(inStock.vouchers, language) },
    { head: say('Carnets en stock', 'Booklets in stock'), number: true, cell: ({ inStock }) => count(inStock.booklets, language) },
    { head: say('Remis', 'Handed over'), number: true, cell: ({ handedOver }) => count(handedOver.vouchers, language) },
    { head: say('Valeur en stock', 'Value in stock'), number: true, cell: (row) => amount(centsInStock(row), language) },
  ], rows);
}
