// One line of the bank, and what a person says it is.
import { z } from 'zod';
import { headline } from '../components.js';
import { poolKey, poolName, programmeIdOf } from '../commons-pools/commons-pools.data.js';
import type { Ask, DecisionForm, DecisionPage, FormField } from '../decisions/decision-page.js';
import { allOf, oneOf } from '../decisions/one-of.js';
import { facts } from '../decisions/timeline.js';
import { amount, amountText, day, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { IDENTITIES, LINE_KINDS, SIDES, wordOf } from '../operator/words.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { bankLine, type BankLine } from './bank-lines.list.js';
import { credit, creditForms, type Credit } from './credit.js';

const openNote = z.object({ debitNoteId: z.string(), number: z.string(), legalName: z.string().nullable(), leftCents: z.int() });
const openInvoice = z.object({ placeInvoiceId: z.string(), number: z.string(), payeeName: z.string(), leftCents: z.int() });
const pool = z.object({ programmeId: z.string().nullable(), programmeName: z.string().nullable() });
type View = Readonly<{ line: BankLine; credit: Credit | undefined; notes: readonly z.output<typeof openNote>[];
  invoices: readonly z.output<typeof openInvoice>[]; pools: readonly z.output<typeof pool>[] }>;

async function load(ask: Ask, id: string): Promise<Read<View>> {
  const line = await oneOf(ask, `/settlement/bank-lines?limit=1&bankLineId=${id}`, bankLine);
  if (!line.ok) return line;
  const waits = line.value.waits === 'yes' && line.value.side === 'credit';
  const [credits, notes, invoices, pools] = await Promise.all([
    allOf(ask, '/issuance/credits/unmatched?limit=200', credit),
    waits ? allOf(ask, '/settlement/debit-notes?state=open&limit=200', openNote) : undefined,
    waits ? allOf(ask, '/settlement/place-invoices?limit=200', openInvoice) : undefined,
    waits ? allOf(ask, '/settlement/commons-pools', pool) : undefined,
  ]);
  const found = credits.ok ? credits.value.find(({ bankLineId }) => bankLineId === id) : undefined;
  return { ok: true, value: { line: line.value, credit: found, notes: notes?.ok ? notes.value : [],
    invoices: invoices?.ok ? invoices.value.filter(({ leftCents }) => leftCents > 0) : [], pools: pools?.ok ? pools.value : [] } };
}

export const bankLinePage: DecisionPage<View> = {
  route: 'bank-lines/:id', prefix: 'bkn', load,
  back: ({ say }) => ({ href: '/bank-lines', word: say('Banque', 'Bank') }),
  title: ({ line: { counterparty, kind } }, { say }) => counterparty ?? wordOf(LINE_KINDS, kind, say),
  show, forms: (view, visit) => [...identifications(view, visit), ...creditForms(view.credit, visit)],
};

function show({ line, credit: waiting }: View, { say, language }: SignedInVisit): Html {
  const sentence = `${wordOf(SIDES, line.side, say)}, ${wordOf(LINE_KINDS, line.kind, say).toLowerCase()}, ${day(line.bookedOn, language)}`;
  return html`${headline(amount(line.amountCents, language), sentence)}
${line.finding && html`<div class="notice wait" role="status"><p>${say('Pourquoi elle attend :', 'Why it waits:')} <code>${line.finding}</code></p></div>`}
<section class="section">${facts([
    [say('Qui', 'Who'), line.counterparty ?? say('Inconnu', 'Unknown')],
    [say('Libellé', 'Text'), line.remittance ?? say('Aucun', 'None')],
    [say('Références lues', 'References read'), line.references.length === 0 ? say('Aucune', 'None') : line.references.map((one) => html`<code>${one}</code> `)],
    line.endToEndId !== null && [say('Référence de bout en bout', 'End-to-end reference'), html`<code>${line.endToEndId}</code>`],
    line.reasonCode !== null && [say('Motif de la banque', 'Reason of the bank'), html`<code>${line.reasonCode}</code>`],
    [say('Relevé bancaire', 'Bank statement'), line.statementRef],
    line.identifiedAs !== null && [say('Une personne a dit', 'Somebody said'), wordOf(IDENTITIES, line.identifiedAs, say)],
    ...line.matches.map(({ orderId, amountCents }) => [`${say('Paie la commande', 'Pays the order')} ${shortId(orderId)}`, amount(amountCents, language)] as const),
    waiting !== undefined && [say('Reste à rapprocher', 'Left to match'), amount(waiting.leftCents, language)],
  ])}</section>`;
}

function identifications({ line, notes, invoices, pools }: View, { say, language }: SignedInVisit): readonly DecisionForm[] {
  if (line.waits !== 'yes' || line.side !== 'credit') return [];
  const sum = amountText(line.amountCents, language);
  const form = (kind: string, title: string, says: string, fields: readonly FormField[]): DecisionForm => ({
    step: kind, title, says, fields, roles: ['operator'], button: say(`Dire que c’est ${wordOf(IDENTITIES, kind, say)}`, `Say that it is ${wordOf(IDENTITIES, kind, say)}`),
    send: ({ pool: to, ...values }) => ({
      path: `/settlement/bank-lines/${line.bankLineId}/identifications`, body: { kind, ...values, ...(to !== undefined && { programmeId: programmeIdOf(String(to)) }) },
    }),
  });
  return [
    form('payer_receipt', say('L’argent d’un financeur', 'Money of a payer'), say(`${sum} attendent une commande ; sans référence, on la choisit à la main.`, `${sum} wait for an order; without a reference it is chosen by hand.`),
      [{ name: 'reference', kind: 'text', max: 40, optional: true, label: say('Référence que le financeur voulait écrire', 'Reference that the payer meant'), hint: 'RF…' }]),
    ...(notes.length === 0 ? [] : [form('debit_note', say('Le paiement d’une note de débit', 'The payment of a debit note'), say(`La note choisie est diminuée de ${sum}.`, `The note that you choose is less by ${sum}.`),
      [{ name: 'debitNoteId', kind: 'choice', label: say('Note de débit', 'Debit note'), choices: notes.map(({ debitNoteId, number, legalName, leftCents }) => [debitNoteId, `${number} ${legalName ?? ''} ${amountText(leftCents, language)}`] as const) }])]),
    ...(invoices.length === 0 ? [] : [form('place_invoice', say('Le paiement d’une facture au lieu', 'The payment of an invoice to a place'), say(`La facture choisie est diminuée de ${sum}.`, `The invoice that you choose is less by ${sum}.`),
      [{ name: 'placeInvoiceId', kind: 'choice', label: say('Facture', 'Invoice'), choices: invoices.map(({ placeInvoiceId, number, payeeName, leftCents }) => [placeInvoiceId, `${number} ${payeeName} ${amountText(leftCents, language)}`] as const) }])]),
    form('psp_payout', say('Un versement de Stripe', 'A payout of Stripe'), say('Le versement doit avoir ce montant, au centime.', 'The payout must be of this amount, to the cent.'),
      [{ name: 'payoutId', kind: 'text', max: 255, label: say('Versement', 'Payout'), hint: 'po_…' }]),
    ...(pools.length === 0 ? [] : [form('gift', say('Un don au fonds commun', 'A gift to the commons'), say(`${sum} entrent dans la caisse choisie, et n’en sortent que par une règle ou un vote : cela ne se reprend pas.`, `${sum} enter the pool that you choose, and leave it only by a rule or a vote: this is not taken back.`),
      [{ name: 'pool', kind: 'choice', label: say('Caisse', 'Pool'), choices: pools.map((one) => [poolKey(one), poolName(say, one)] as const) }])]),
    form('paid_in', say('Ce que l’opérateur verse', 'What the operator pays in'), say('Quand ses coûts dépassent ce qu’il a gagné.', 'Where its costs are above what it earned.'), []),
  ];
}
