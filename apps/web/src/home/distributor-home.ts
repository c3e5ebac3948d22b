// The distributor's question: what do I have, and what is still on its way to me?
import { z } from 'zod';
import { part, table } from '../components.js';
import { count, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const counts = z.object({ vouchers: z.int(), booklets: z.int() });
const stock = z.object({ batchId: z.string(), inTransit: counts, inStock: counts, handedOver: counts });
const stocks = z.object({ items: z.array(stock), nextCursor: z.string().nullable() });
type Stock = z.output<typeof stock>;
export type DistributorHome = Read<z.output<typeof stocks>>;

export const loadDistributorHome = (services: Services, bearer: string): Promise<DistributorHome> =>
  services.get('/issuance/stock', stocks, bearer);

export function distributorHomePage(visit: SignedInVisit, home: DistributorHome): Html {
  const { say } = visit;
  return signedInPage(visit, say('Accueil', 'Home'), html`<h1>${visit.person.organisation.name}</h1>
${part(home, say, say('Chèques', 'Vouchers'), ({ items, nextCursor }) => html`<section class="section"><h2>${say('Chèques', 'Vouchers')}</h2>${
  items.length === 0
    ? html`<p class="empty">${say('Aucune livraison. Votre opérateur vous en annoncera une.', 'No delivery. Your operator will announce one.')}</p>`
    : stockTable(visit, items)}${nextCursor && html`<p class="small quiet">${say('Les premiers lots seulement.', 'The first batches only.')}</p>`}</section>`)}`);
}

function stockTable({ say, language }: SignedInVisit, rows: readonly Stock[]): Html {
  return table(say('Chèques', 'Vouchers'), [
    { head: say('Lot', 'Batch'), cell: ({ batchId }: Stock) => html`<code title="${batchId}">${shortId(batchId)}</code>` },
    { head: say('En chemin', 'Under way'), number: true, cell: ({ inTransit }) => count(inTransit.vouchers, language) },
    { head: say('En stock', 'In stock'), number: true, cell: ({ inStock }) => count(inStock.vouchers, language) },
    { head: say('Carnets en stock', 'Booklets in stock'), number: true, cell: ({ inStock }) => count(inStock.booklets, language) },
    { head: say('Remis', 'Handed over'), number: true, cell: ({ handedOver }) => count(handedOver.vouchers, language) },
  ], rows);
}
