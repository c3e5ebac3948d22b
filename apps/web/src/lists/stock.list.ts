// All batches of a distributor: what came, what is left, what it is worth.
import { pill } from '../status.js';
import { html } from '../html.js';
import { centsInStock, stockRow, type StockRow } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import type { List, Words } from './list.js';

const stateOf = ({ inTransit, inStock, lost, handedOver }: StockRow): readonly ['wait' | 'ok' | 'no' | 'mute', Words] => {
  if (inTransit.vouchers > 0) return ['wait', ['À confirmer', 'To confirm']];
  if (inStock.vouchers > 0) return ['ok', ['En stock', 'In stock']];
  return lost.vouchers > handedOver.vouchers ? ['no', ['Perdu', 'Lost']] : ['mute', ['Épuisé', 'None left']];
};
const stateWords = (row: StockRow, { say }: SignedInVisit): string => say(...stateOf(row)[1]);

export const stockList: List<StockRow> = {
  path: '/stock', api: '/issuance/stock', item: stockRow, title: ['Lots', 'Batches'], counted: [['lot', 'batch'], ['lots', 'batches']],
  empty: { sentence: ['Ici se liront vos lots, dès la première livraison.', 'Here you will read your batches, from the first delivery on.'], next: { href: '/deliveries', words: ['Voir les réceptions', 'See the deliveries'] } },
  columns: [
    { name: 'label', head: ['Lot', 'Batch'], kind: 'text', value: ({ label }) => label, cell: ({ label, batchId }) => html`<a href="/hand-overs?batchId=${batchId}"><code>${label}</code></a>` },
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', value: ({ programmeName }) => programmeName },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: stateWords, cell: (row, visit) => pill(stateOf(row)[0], stateWords(row, visit)) },
    { name: 'usableUntil', head: ['Utilisable jusqu’au', 'Usable until'], kind: 'day', value: ({ usableUntil }) => usableUntil },
    { name: 'inTransit', head: ['En chemin', 'Under way'], kind: 'whole', value: ({ inTransit }) => inTransit.vouchers },
    { name: 'booklets', head: ['Carnets en stock', 'Booklets in stock'], kind: 'whole', value: ({ inStock }) => inStock.booklets },
    { name: 'vouchers', head: ['Chèques en stock', 'Vouchers in stock'], kind: 'whole', value: ({ inStock }) => inStock.vouchers, extra: true },
    { name: 'handedOver', head: ['Remis', 'Handed over'], kind: 'whole', value: ({ handedOver }) => handedOver.vouchers },
    { name: 'sent', head: ['Envoyés, pas arrivés', 'Sent, not arrived'], kind: 'whole', value: ({ sent }) => sent.vouchers, extra: true },
    { name: 'lost', head: ['Perdus', 'Lost'], kind: 'whole', value: ({ lost }) => lost.vouchers, extra: true },
    { name: 'faceCents', head: ['Valeur d’un chèque', 'Value of a voucher'], kind: 'cents', value: ({ faceCents }) => faceCents, extra: true },
    { name: 'value', head: ['Valeur en stock', 'Value in stock'], kind: 'cents', value: centsInStock },
  ],
  filters: [], totals: false,
};
