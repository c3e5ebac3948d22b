// One statement: what it comes to, who got the rest and under which rule, what became of the money, and its papers.
import { headline, part, section } from '../components.js';
import { amount, amountText, counted, day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { Group, Payment, Statement, StatementView } from './statement.data.js';

export function statementPage(visit: SignedInVisit, { statement: read, groups, payments }: StatementView): Html {
  const { say } = visit;
  const title = say('Relevé', 'Statement');
  const period = read.ok ? ` ${read.value.period}` : '';
  return signedInPage(visit, `${title}${period}`, html`<p class="small"><a href="/statements">${say('Remboursements', 'Reimbursements')}</a></p>
<h1>${title}${period} ${read.ok && status(read.value.state, say)}</h1>
${part(read, say, title, (found) => answer(visit, found))}
${section(groups, say, say('Frais, règle par règle', 'Fees, rule by rule'), (found) => rules(visit, found))}
${section(payments, say, say('Le virement, du plus ancien au plus récent', 'The payment, oldest first'), (found) => timeline(visit, found, read.ok ? read.value : undefined))}`);
}

function answer({ say, language }: SignedInVisit, statement: Statement): Html {
  const { statementId, lines, toPayCents, grossCents, feeCents, vatCents, commonsCents, closedAt, setOffs } = statement;
  const { billedFeeCents, billedVatCents } = statement;
  const of = counted(lines, language, [say('ligne', 'line'), say('lignes', 'lines')]);
  const files = (['pdf', 'csv', 'xlsx'] as const).map((format) => html` <a class="button ${format === 'pdf' ? 'filled' : ''}" href="/statements/${statementId}/file?format=${format}&amp;language=${language}" download>${
    format === 'pdf' ? say('Télécharger le PDF', 'Download the PDF') : format.toUpperCase()}</a>`);
  return html`${headline(amount(toPayCents, language), say(`pour vous, de ${amountText(grossCents, language)} de chèques. Clos le ${moment(closedAt, language)}.`,
    `for you, of ${amountText(grossCents, language)} of vouchers. Closed on ${moment(closedAt, language)}.`))}
<dl class="sums"><div><dt>${say('Chèques', 'Vouchers')}</dt><dd>${amount(grossCents, language)}<small>${of}</small></dd></div>
<div><dt>${say('Frais et TVA', 'Fees and VAT')}</dt><dd>${amount(-(feeCents + vatCents), language)}</dd></div>
<div><dt>${say('Fonds commun', 'Commons')}</dt><dd>${amount(-commonsCents, language)}</dd></div>
${setOffs.map(({ earlyPaymentId, number, amountCents }) => html`<div><dt>${earlyPaymentId === null ? say(`Compensé ${number}`, `Set off ${number}`)
    : say(`Acompte du ${day(number, language)}, déjà versé`, `Early payment of ${day(number, language)}, paid already`)}</dt><dd>${amount(-amountCents, language)}</dd></div>`)}
<div class="yours"><dt>${say('Pour vous', 'For you')}</dt><dd>${amount(toPayCents, language)}</dd></div></dl>
${billedFeeCents + billedVatCents !== 0 && html`<p class="quiet">${say(`Frais facturés à part, faute de compensation acceptée : ${amountText(billedFeeCents + billedVatCents, language)}.`,
    `Fees billed apart, as no netting was accepted: ${amountText(billedFeeCents + billedVatCents, language)}.`)} <a href="/invoices">${say('Factures', 'Invoices')}</a></p>`}
<p class="buttons">${files} <a class="button" href="/statements/${statementId}/proof">${say('Preuve', 'Proof')}</a></p>
<p class="field"><a class="target" href="/statement-lines?statementId=${statementId}">${say(`Le détail : ${of}`, `In detail: ${of}`)}</a></p>`;
}

const percent = (basisPoints: number, { language }: SignedInVisit): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-IE', { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000).replaceAll('\u202F', '\u00A0');

/** The rates of a rule as a sentence, which anybody can reckon again. */
export function ruleSaid(visit: SignedInVisit, { feeRuleVersion, feeBasisPoints, vatBasisPoints, commonsBasisPoints }: Pick<Group, 'feeRuleVersion' | 'feeBasisPoints' | 'vatBasisPoints' | 'commonsBasisPoints'>): string {
  const [fee, vat, commons] = [feeBasisPoints, vatBasisPoints, commonsBasisPoints].map((points) => percent(points, visit));
  return visit.say(`Règle n° ${feeRuleVersion} : ${fee} du brut à l’opérateur, ${vat} de TVA sur ces frais, ${commons} du brut au fonds commun.`,
    `Rule no. ${feeRuleVersion}: ${fee} of the gross to the operator, ${vat} VAT on that fee, ${commons} of the gross to the commons.`);
}

function rules(visit: SignedInVisit, groups: readonly Group[]): Html {
  const { say, language } = visit;
  const partOf = ({ parts }: Group, to: string) => amount(parts.find((one) => one.to === to)?.amountCents ?? 0, language);
  return html`${groups.map((group) => html`<p class="field">${ruleSaid(visit, group)}</p><dl class="sums">
<div><dt>${say('Brut', 'Gross')}</dt><dd>${amount(group.grossCents, language)}<small>${counted(group.lines, language, [say('ligne', 'line'), say('lignes', 'lines')])}</small></dd></div>
<div><dt>${say('Opérateur', 'Operator')}</dt><dd>${partOf(group, 'operator')}</dd></div><div><dt>${say('TVA', 'VAT')}</dt><dd>${partOf(group, 'state')}</dd></div>
<div><dt>${say('Fonds commun', 'Commons')}</dt><dd>${partOf(group, 'commons')}</dd></div><div class="yours"><dt>${say('Pour vous', 'For you')}</dt><dd>${partOf(group, 'place')}</dd></div></dl>`)}`;
}

function timeline(visit: SignedInVisit, payments: readonly Payment[], statement: Statement | undefined): Html {
  const { say, language } = visit;
  const steps = [
    ...statement ? [{ at: moment(statement.closedAt, language), what: say('Relevé clos', 'Statement closed') }] : [],
    ...payments.flatMap((payment) => stepsOf(visit, payment)),
  ];
  if (payments.length === 0) steps.push({ at: '', what: say('Pas encore dans une campagne de virements.', 'In no payment run yet.') });
  return html`<ol class="timeline">${steps.map(({ at, what }) => html`<li><b>${what}</b>${at !== '' && html`<span class="quiet">${at}</span>`}</li>`)}</ol>`;
}

function stepsOf({ say, language }: SignedInVisit, payment: Payment): { at: string; what: string }[] {
  const { state, amountCents, iban, executionOn, preparedAt, releasedAt } = payment;
  const { bookedOn, returnedOn, rejectedAt, reasonCode, reference } = payment;
  const [to, money] = [iban ?? 'Stripe', amountText(amountCents, language)];
  const because = reasonCode === null ? '' : say(` (motif ${reasonCode})`, ` (reason ${reasonCode})`);
  return [
    { at: moment(preparedAt, language), what: say(`Virement de ${money} préparé vers ${to}, référence ${reference}`, `Payment of ${money} prepared to ${to}, reference ${reference}`) },
    ...state === 'cancelled' ? [{ at: '', what: say('Campagne annulée : rien n’est parti', 'Run cancelled: nothing left') }] : [],
    ...releasedAt === null ? [] : [{ at: moment(releasedAt, language), what: say('Envoyé à la banque', 'Sent to the bank') }],
    ...rejectedAt === null ? [] : [{ at: moment(rejectedAt, language), what: say(`Refusé par la banque${because} : il sera reviré`, `Rejected by the bank${because}: it will be paid again`) }],
    ...bookedOn === null ? [] : [{ at: day(bookedOn, language), what: say('Débité de notre compte : il arrive sur le vôtre', 'Debited from our account: it arrives on yours') }],
    ...returnedOn === null ? [] : [{ at: day(returnedOn, language), what: say(`Renvoyé par votre banque${because} : vérifiez votre compte`, `Sent back by your bank${because}: check your account`) }],
    ...state === 'instructed' ? [{ at: day(executionOn, language), what: say('Prévu à cette date', 'Planned for this day') }] : [],
  ];
}
