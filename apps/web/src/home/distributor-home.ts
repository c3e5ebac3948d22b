// The distributor's questions: what do I have, what is still on its way to me, and what do I do next?
import { part } from '../components.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read, Services } from '../services.js';
import { loadStock, type Stock } from '../stock/stock.data.js';
import { stockPart } from '../stock/stock.part.js';
import type { SignedInVisit } from '../visit.js';

export type DistributorHome = Readonly<{ stock: Read<Stock> }>;

export const loadDistributorHome = async (services: Services, bearer: string): Promise<DistributorHome> =>
  ({ stock: await loadStock(services, bearer) });

export function distributorHomePage(visit: SignedInVisit, { stock }: DistributorHome): Html {
  const { say } = visit;
  return signedInPage(visit, say('Accueil', 'Home'), html`<h1>${visit.person.organisation.name}</h1>
${part(stock, say, say('Chèques', 'Vouchers'), (found) => stockPart(visit, found))}`);
}
