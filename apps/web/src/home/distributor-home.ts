// The distributor's questions: who waits for me, what do I have, what is still on its way to me, and what do I do next?
import { part, section } from '../components.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { lossesPart, openLossesShape, type OpenLosses } from '../losses/losses.part.js';
import type { Read, Services } from '../services.js';
import { loadStock, type Stock } from '../stock/stock.data.js';
import { stockPart } from '../stock/stock.part.js';
import type { SignedInVisit } from '../visit.js';

export type DistributorHome = Readonly<{ stock: Read<Stock>; losses: Read<OpenLosses> }>;

export async function loadDistributorHome(services: Services, bearer: string): Promise<DistributorHome> {
  const [stock, losses] = await Promise.all([
    loadStock(services, bearer), services.get('/redemption/loss-reports?open=true', openLossesShape, bearer),
  ]);
  return { stock, losses };
}

/** `refused`: why the answer to a loss was not taken. */
export function distributorHomePage(visit: SignedInVisit, { stock, losses }: DistributorHome, refused: Html | null = null): Html {
  const { say } = visit;
  // Somebody who waits comes first; that nobody does is no answer to the question of the day.
  const waits = !losses.ok || losses.value.items.length > 0;
  const reported = section(losses, say, say('Pertes signalées', 'Losses reported'), (found) => lossesPart(visit, found));
  return signedInPage(visit, say('Accueil', 'Home'), html`<h1>${visit.person.organisation.name}</h1>${refused}
${waits && reported}${part(stock, say, say('Chèques', 'Vouchers'), (found) => stockPart(visit, found))}${!waits && reported}`);
}
