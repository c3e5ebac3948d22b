// The distributor's questions: who waits for me, what do I have, and what is still on its way to me?
import { z } from 'zod';
import { part, section, table } from '../components.js';
import { count, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { lossesPart, openLossesShape, type OpenLosses } from '../losses/losses.part.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const counts = z.object({ vouchers: z.int(), booklets: z.int() });
const stock = z.object({ batchId: z.string(), inTransit: counts, inStock: counts, handedOver: counts });
const stocks = z.object({ items: z.array(stock), nextCursor: z.string().nullable() });
type Stock = z.output<typeof stock>;
export type DistributorHome = Readonly<{ stock: Read<z.output<typeof stocks>>; losses: Read<OpenLosses> }>;

export async function loadDistributorHome(services: Services, bearer: string): Promise<DistributorHome> {
  const [stock, losses] = await Promise.all([
    services.get('/issuance/stock', stocks, bearer), services.get('/redemption/loss-reports?open=true', openLossesShape, bearer),
  ]);
  return { stock, losses };
}

/** `refused`: why the answer to a loss was not taken. */
export function distributorHomePage(visit: SignedInVisit, home: DistributorHome, refused: Html | null = null): Html {
  const { say } = visit;
  const lost = say('Pertes signalées', 'Losses reported');
  return signedInPage(visit, say('Accueil', 'Home'), html`<h1>${visit.person.organisation.name}</h1>${refused}
${section(home.losses, say, lost, (losses) => lossesPart(visit, losses))}
${part(home.stock, say, say('Chèques', 'Vouchers'), ({ items, nextCursor }) => html`<section class="section"><h2>${say('Chèques', 'Vouchers')}</h2>${
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
