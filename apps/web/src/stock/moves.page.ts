// Booklets that leave a stock otherwise than by a hand-over: sent on, given back, lost.
import { uuidv7 } from 'uuidv7';
import { part } from '../components.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { bookletsText, type Desk, type Stock, type StockRow } from './stock.data.js';

export type Send = Readonly<{ batchId: string; first: string; last: string; to: string; distributorId: string; fromAgentId: string }>;
export type Loss = Readonly<{ batchId: string; first: string; last: string; reason: string }>;
type Around<Given> = Readonly<{ stock: Read<Stock>; above?: Piece; given?: Given | undefined }>;

const option = (value: string, label: string, chosen?: string): Html => html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`;
const filled = ({ items }: Stock): readonly StockRow[] => items.filter(({ inStock }) => inStock.vouchers > 0);

function bookletFields(visit: SignedInVisit, rows: readonly StockRow[], given?: Pick<Send, 'batchId' | 'first' | 'last'>): Html {
  const { say } = visit;
  return html`<input type="hidden" name="key" value="${uuidv7()}"><div class="field"><label for="batchId">${say('Lot', 'Batch')}</label><select id="batchId" name="batchId">${
    rows.map(({ batchId, label, programmeName, inStock }) => option(batchId, `${label} · ${programmeName} · ${bookletsText(inStock.booklets, visit)}`, given?.batchId))}</select></div>
<div class="said"><div class="field"><label for="first">${say('Du carnet n°', 'From booklet no.')}</label><input id="first" name="first" inputmode="numeric" required maxlength="7" value="${given?.first ?? ''}"></div>
<div class="field"><label for="last">${say('Au carnet n°', 'To booklet no.')}</label><input id="last" name="last" inputmode="numeric" required maxlength="7" value="${given?.last ?? ''}"></div></div>
<p class="hint">${say('Le numéro est sur la couverture, après le B.', 'The number is on the cover, after the B.')}</p>`;
}

const empty = ({ say }: SignedInVisit): Html => html`<p class="empty">${say('Aucun carnet en stock.', 'No booklet in stock.')} <a href="/deliveries">${say('Voir les réceptions', 'See the deliveries')}</a></p>`;

type Sending = Around<Send> & Readonly<{ desks: Read<readonly Desk[]> }>;

export function sendPageOf(visit: SignedInVisit, { stock, desks, above, given }: Sending): Html {
  const { say } = visit;
  const title = say('Envoyer ou rendre des carnets', 'Send or give back booklets');
  const known = desks.ok ? desks.value : [];
  const from = known.length > 0 && html`<div class="field"><label for="fromAgentId">${say('Ils sont', 'They are')}</label><select id="fromAgentId" name="fromAgentId">${
    option('', say('Dans le stock commun', 'In the common stock'))}${known.map(({ agentId, name }) => option(agentId, name, given?.fromAgentId))}</select></div>`;
  return signedInPage(visit, title, html`<div class="narrow"><h1>${title}</h1>${above}
<p class="lead">${say('Ils quittent votre stock dès l’envoi et ne se remettent plus. Qui les reçoit confirme à l’arrivée.', 'They leave your stock once sent and are not handed over any more. Whoever gets them confirms on arrival.')}</p>
${part(stock, say, say('Stock', 'Stock'), (found) => (filled(found).length === 0 ? empty(visit) : html`<form method="post" action="/send-stock" autocomplete="off">${bookletFields(visit, filled(found), given)}${from}
<div class="field"><label for="to">${say('Vers', 'To')}</label><select id="to" name="to">${option('operator', say('L’opérateur (rendre)', 'The operator (give back)'), given?.to)}${
  known.length > 0 && option('own_stock', say('Le stock commun', 'The common stock'), given?.to)}${known.map(({ agentId, name }) => option(agentId, `${say('Guichet', 'Desk')} ${name}`, given?.to))}${
  option('distributor', say('Un autre distributeur', 'Another distributor'), given?.to)}</select></div>
<details ${given?.distributorId && html`open`}><summary>${say('Identifiant de l’autre distributeur', 'Id of the other distributor')}</summary><div class="field"><label for="distributorId">${say('Il commence par dst_ ; l’autre distributeur ou l’opérateur vous le donne.', 'It begins with dst_; the other distributor or the operator tells you.')}</label>
<input id="distributorId" name="distributorId" maxlength="60" value="${given?.distributorId ?? ''}"></div></details>
<p class="field"><button class="button filled large">${say('Envoyer ces carnets', 'Send these booklets')}</button></p></form>`))}</div>`);
}

export function lossPage(visit: SignedInVisit, { stock, above, given }: Around<Loss>): Html {
  const { say } = visit;
  const title = say('Déclarer des carnets perdus', 'Note lost booklets');
  return signedInPage(visit, title, html`<div class="narrow"><h1>${title}</h1>${above}
<p class="lead">${say('Ces carnets sortent de votre stock pour de bon et sont arrêtés : aucun lieu ne les prendra, même s’ils sont retrouvés.', 'These booklets leave your stock for good and are stopped: no place will take them, even if they are found again.')}</p>
${part(stock, say, say('Stock', 'Stock'), (found) => (filled(found).length === 0 ? empty(visit) : html`<form method="post" action="/lost-stock" autocomplete="off">${bookletFields(visit, filled(found), given)}
<div class="field"><label for="reason">${say('Pourquoi', 'Why')}</label><select id="reason" name="reason">${option('lost', say('Perdus', 'Lost'), given?.reason)}${option('stolen', say('Volés', 'Stolen'), given?.reason)}</select></div>
<p class="field"><button class="button filled large">${say('Arrêter et déclarer perdus', 'Stop and note as lost')}</button></p></form>`))}
<p class="small quiet">${say('Un carnet déjà remis ?', 'A booklet that was handed over?')} <a href="/vouchers">${say('Arrêtez-le par son numéro', 'Stop it by its number')}</a></p></div>`);
}
