// One statement: who gets what of its gross, its lines with the incidents among them, and the way to let a waiting one be paid.
import { z } from 'zod';
import { headline, section, table } from '../components.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { amount, amountText, count, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { PARTS, wordOf } from '../operator/words.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';

const statement = z.object({
  statementId: z.string(), payeeId: z.string(), legalName: z.string().nullable(), period: z.string(), upToSeq: z.int(), lines: z.int(),
  grossCents: z.int(), feeCents: z.int(), vatCents: z.int(),
  commonsCents: z.int(), netCents: z.int(), toPayCents: z.int(), closedAt: z.string(), state: z.string(), sha256: z.string(),
  setOffs: z.array(z.object({
    debitNoteId: z.string().nullable(), earlyPaymentId: z.string().nullable(), number: z.string(), amountCents: z.int(),
  })),
  claimLines: z.array(z.object({ claimLineId: z.string(), redemptionId: z.string(), serviceDate: z.string(), grossCents: z.int(),
  netCents: z.int(), incidentId: z.string().nullable() })),
});
export const part = z.object({ to: z.string(), amountCents: z.int() });
const shares = z.object({ grossCents: z.int(), parts: z.array(part) });
type Statement = z.output<typeof statement>;
type View = Readonly<{ statement: Statement; shares: Read<z.output<typeof shares>> }>;
const LINES_SHOWN = 500;

async function load(ask: Ask, id: string): Promise<Read<View>> {
  const [found, parts] = await Promise.all([ask(`/settlement/statements/${id}`, statement), ask(`/settlement/statements/${id}/shares`, shares)]);
  return found.ok ? { ok: true, value: { statement: found.value, shares: parts } } : found;
}

export const payeeStatementPage: DecisionPage<View> = {
  route: 'payee-statements/:id', prefix: 'stm', load,
  back: ({ say }) => ({ href: '/payee-statements', word: say('Relevés', 'Statements') }),
  title: ({ statement: { legalName, period } }, { say }) => `${legalName ?? say('Bénéficiaire à compléter', 'Payee to be completed')} – ${period}`,
  show,
  forms: ({ statement: { statementId, state, toPayCents } }, { say, language }) => (state !== 'not_ordered' ? [] : [{
    step: 'clear', title: say('Lever l’attente', 'Clear it'), roles: ['approver'],
    says: say('Si son lieu a été suspendu ou mis sous alerte depuis l’arrêté, le relevé attend. La levée laisse le prochain virement le payer.',
      'Where its place was suspended or found by an alert since the closing, the statement waits. The clearance lets the next run pay it.'),
    fields: [{ name: 'note', kind: 'long', max: 500, label: say('Pourquoi est-ce juste ?', 'Why is it right?') }],
    button: say(`Laisser virer ${amountText(toPayCents, language)}`, `Let ${amountText(toPayCents, language)} be paid`), send: (values) => ({ path: `/settlement/statements/${statementId}/clearances`, body: values }),
  }]),
};

function show({ statement: one, shares: split }: View, visit: SignedInVisit): Html {
  const { say, language } = visit;
  type Line = Statement['claimLines'][number];
  return html`${headline(amount(one.toPayCents, language), say(`à virer, de ${amountText(one.grossCents, language)} encaissés.`, `to pay, of ${amountText(one.grossCents, language)} redeemed.`))}
<p class="field">${status(one.state, say)} ${say('Arrêté le', 'Closed')} ${moment(one.closedAt, language)}. <a href="/statements/${one.statementId}/proof">${say('Preuve', 'Proof')}</a></p>
${section(split, say, say('Qui reçoit quoi', 'Who gets what'), ({ parts, grossCents }) => partsTable(visit, parts, grossCents))}
${one.setOffs.length > 0 && html`<section class="section"><h2>${say('Compensé', 'Set off')}</h2><ul class="lines">${one.setOffs.map(({ debitNoteId, earlyPaymentId, number, amountCents }) => html`<li><span class="what"><b>${
    debitNoteId ? html`<a href="/debit-notes/${debitNoteId}">${number}</a>` : earlyPaymentId ? say(`Acompte du ${day(number, visit.language)}`, `Early payment of ${day(number, visit.language)}`) : number}</b></span>${amount(amountCents, language)}</li>`)}</ul></section>`}
<section class="section"><h2>${say('Lignes', 'Lines')} (${count(one.lines, language)})</h2>${table(say('Lignes', 'Lines'), [
    { head: say('Encaissement', 'Redemption'), cell: ({ redemptionId }: Line) => html`<a href="/shares/${redemptionId}"><code title="${redemptionId}">${shortId(redemptionId)}</code></a>` },
    { head: say('Ce que c’est', 'What it is'), cell: ({ incidentId, grossCents }) => (incidentId !== null ? html`<a href="/incidents/${incidentId}">${say('Anomalie', 'Incident')}</a>` : grossCents < 0 ? say('Annulation', 'Undoing') : say('Encaissement', 'Redemption')) },
    { head: say('Service du', 'Service of'), cell: ({ serviceDate }) => day(serviceDate, language) },
    { head: say('Brut', 'Gross'), number: true, cell: ({ grossCents }) => amount(grossCents, language) },
    { head: say('Net', 'Net'), number: true, cell: ({ netCents }) => amount(netCents, language) },
  ], one.claimLines.slice(0, LINES_SHOWN))}</section>`;
}

/** Of one sum, the parts that come to it. */
export function partsTable({ say, language }: SignedInVisit, parts: readonly z.output<typeof part>[], grossCents: number): Html {
  return table(say('Qui reçoit quoi', 'Who gets what'), [
    { head: say('À qui', 'To whom'), cell: ({ to }: (typeof parts)[number]) => wordOf(PARTS, to, say) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], parts, html`<tfoot><tr><td>${say('En tout', 'In all')}</td><td class="number">${amount(grossCents, language)}</td></tr></tfoot>`);
}
