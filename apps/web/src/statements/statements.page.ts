// The place's other question: when am I paid, and how much?
import { z } from 'zod';
import { headline, part, table } from '../components.js';
import { amount, count, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read, Services } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';

const statement = z.object({
  statementId: z.string(), lines: z.int(), grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(),
  netCents: z.int(), closedAt: z.string(), state: z.string(),
});
const page = z.object({ items: z.array(statement), nextCursor: z.string().nullable() });
export type Statement = z.output<typeof statement>;
const STATEMENTS_MAX = 100;

export async function loadStatements(services: Services, bearer: string): Promise<Read<readonly Statement[]>> {
  const read = await services.get(`/settlement/statements?limit=${STATEMENTS_MAX}`, page, bearer);
  return read.ok ? { ok: true, value: read.value.items } : read;
}

/** Whatever is not on the place's account: prepared, on its way, or sent back by the bank. */
export const owedCents = (statements: readonly Statement[]): number =>
  statements.filter(({ state }) => state !== 'booked').reduce((sum, { netCents }) => sum + netCents, 0);

export function statementsPage(visit: SignedInVisit, read: Read<readonly Statement[]>): Html {
  const { say } = visit;
  return signedInPage(visit, say('Remboursements', 'Reimbursements'), html`<h1>${say('Remboursements', 'Reimbursements')}</h1>
${part(read, say, say('Relevés', 'Statements'), (statements) => shown(visit, statements))}
<p><a href="/alerts">${say('Lignes retenues pour une alerte', 'Lines held for an alert')}</a></p>`);
}

function shown({ say, language }: SignedInVisit, statements: readonly Statement[]): Html {
  if (statements.length === 0) {
    return headline(say('Aucun relevé', 'No statement'), say('Le premier vient quand l’opérateur clôt une période.', 'The first one comes when the operator closes a period.'));
  }
  const sent = statements.some(({ state }) => state === 'released');
  const sentence = sent ? say('à recevoir. Un virement est à la banque.', 'to receive. A payment is with the bank.')
    : say('à recevoir, au prochain virement.', 'to receive, with the next payment.');
  return html`${headline(amount(owedCents(statements), language), sentence)}
<section class="section"><h2>${say('Relevés', 'Statements')}</h2>${table(say('Relevés', 'Statements'), [
    { head: say('Clos le', 'Closed on'), cell: ({ closedAt }: Statement) => moment(closedAt, language) },
    { head: say('État', 'State'), cell: ({ state }) => status(state, say) },
    { head: say('Chèques', 'Vouchers'), number: true, cell: ({ lines }) => count(lines, language) },
    { head: say('Total', 'Total'), number: true, cell: ({ grossCents }) => amount(grossCents, language) },
    { head: say('Frais et TVA', 'Fees and VAT'), number: true, cell: ({ feeCents, vatCents }) => amount(feeCents + vatCents, language) },
    { head: say('Fonds commun', 'Commons'), number: true, cell: ({ commonsCents }) => amount(commonsCents, language) },
    { head: say('Pour vous', 'For you'), number: true, cell: ({ netCents }) => amount(netCents, language) },
    { head: say('Preuve', 'Proof'), cell: ({ statementId }) => html`<a href="/statements/${statementId}/proof">${say('Voir', 'See')}</a>` },
  ], statements)}</section>`;
}
