// One report of the bank: what it rejected, and what in it nobody could place.
import { z } from 'zod';
import { headline, table } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { facts, person } from '../decisions/timeline.js';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import { REPORT_FINDINGS, REPORT_OUTCOMES, wordOf } from '../operator/words.js';
import { report, type Report } from './payment-reports.list.js';

const status = z.object({
  endToEndId: z.string().nullable(), paymentId: z.string().nullable(), status: z.string().nullable(), reasonCode: z.string().nullable(),
  outcome: z.string(), finding: z.string().nullable(),
});
type Status = z.output<typeof status>;
const statuses = z.object({ items: z.array(status), nextCursor: z.string().nullable() });
const SHOWN_MAX = 200;
type Shown = Readonly<{ report: Report; statuses: readonly Status[]; isCut: boolean }>;

export const paymentReportPage: DecisionPage<Shown> = {
  route: 'payment-reports/:id', prefix: 'prp',
  back: ({ say }) => ({ href: '/payment-reports', word: say('Comptes rendus de virements', 'Reports about payments') }),
  load: async (ask, id) => {
    const found = await oneOf(ask, `/settlement/payment-reports?limit=1&reportId=${id}`, report);
    if (!found.ok) return found;
    const said = await ask(`/settlement/payment-reports/${id}/statuses?limit=${SHOWN_MAX}`, statuses);
    return said.ok ? { ok: true, value: { report: found.value, statuses: said.value.items, isCut: said.value.nextCursor !== null } } : said;
  },
  title: ({ report: { originalMessageId } }, { say }) => say(`Compte rendu sur ${originalMessageId}`, `Report about ${originalMessageId}`),
  show: ({ report: one, statuses: said, isCut }, visit) => {
    const { say, language } = visit;
    return html`${headline(amount(one.rejectedCents, language), one.rejected === 0 ? say('refusés : rien n’est à refaire à cause de ce compte rendu.', 'rejected: nothing is to be paid again because of this report.')
      : say('refusés, à nouveau dus : corrigez les comptes, puis préparez une campagne.', 'rejected, owed again: correct the accounts, then prepare a run.'))}
<section class="section">${facts([
    [say('Campagne', 'Run'), one.runId ? html`<a href="/runs/${one.runId}">${one.originalMessageId}</a>` : say('Aucune des nôtres', 'None of ours')],
    [say('Référence de la banque', 'Reference of the bank'), html`<code>${one.messageId}</code>`],
    [say('Reçu', 'Received'), html`${moment(one.importedAt, language)} ${say('par', 'by')} ${person(one.importedBy)}`],
    one.rejected > 0 && [say('À refaire', 'To be paid again'), html`<a href="/payments?paidAgain=owed">${say('Voir les virements', 'See the payments')}</a>`],
  ])}</section>
<section class="section"><h2>${say('Ce que dit la banque', 'What the bank says')}</h2>${table(say('Statuts', 'Statuses'), [
    { head: say('Virement', 'Payment'), cell: ({ endToEndId, paymentId }: Status) => (paymentId ? html`<a href="/payments?paymentId=${paymentId}">${endToEndId}</a>` : endToEndId ?? say('Tout le fichier', 'The whole file')) },
    { head: say('Statut', 'Status'), cell: ({ status: told, reasonCode }) => html`<code>${told}</code> ${reasonCode && html`<code>${reasonCode}</code>`}` },
    { head: say('Suite', 'What came of it'), cell: ({ outcome, finding }) => (finding ? wordOf(REPORT_FINDINGS, finding, say) : wordOf(REPORT_OUTCOMES, outcome, say)) },
  ], said)}${isCut && html`<p class="small quiet">${say(`Les ${SHOWN_MAX} premiers.`, `The first ${SHOWN_MAX}.`)}</p>`}</section>`;
  },
  forms: () => [],
};
