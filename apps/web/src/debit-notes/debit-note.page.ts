// One debit note: what is owed and why, what was paid, set off or lost of it, and whether it is given up.
import { z } from 'zod';
import { headline, table } from '../components.js';
import type { Ask, DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { facts, timeline, type TimelineEntry } from '../decisions/timeline.js';
import { amount, amountText, day, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { noteHead } from './debit-notes.list.js';

const loss = z.object({
  lossId: z.string(), amountCents: z.int(), note: z.string(), proposedBy: z.string(), proposedAt: z.string(), state: z.string(),
  decisionNote: z.string().nullable(), decidedBy: z.string().nullable(), decidedAt: z.string().nullable(),
});
const note = noteHead.extend({
  claimLines: z.array(z.object({ redemptionId: z.string(), serviceDate: z.string(), grossCents: z.int(), netCents: z.int(),
  incidentId: z.string().nullable() })),
  discharges: z.array(z.object({ kind: z.enum(['paid', 'set_off', 'lost']), amountCents: z.int(), at: z.string(), bankLineId: z.string().nullable(), statementId: z.string().nullable() })),
  losses: z.array(loss),
});
type Note = z.output<typeof note>;
type Line = Note['claimLines'][number];

export const debitNotePage: DecisionPage<Note> = {
  route: 'debit-notes/:id', prefix: 'dbn',
  back: ({ say }) => ({ href: '/debit-notes', word: say('Notes de débit', 'Debit notes') }),
  load: (ask: Ask, id) => ask(`/settlement/debit-notes/${id}`, note),
  title: ({ number }) => number,
  show, forms,
};

function show(one: Note, visit: SignedInVisit): Html {
  const { say, language } = visit;
  return html`${headline(amount(one.leftCents, language), one.leftCents === 0 ? say('Il ne reste rien à payer.', 'Nothing is left to pay.')
    : say(`restent à payer, au plus tard le ${day(one.dueOn, language)}.`, `are left to pay, by ${day(one.dueOn, language)}.`))}
<p class="field">${status(one.state, say)} <a href="/debit-notes/${one.debitNoteId}/file" download>PDF</a></p>
<section class="section">${facts([
    [say('Bénéficiaire du virement', 'Payee'), html`<a href="/payees/${one.payeeId}">${one.legalName ?? say('à compléter', 'to be completed')}</a>`],
    [say('Référence à écrire sur le virement', 'Reference to be written on the transfer'), html`<code>${one.reference}</code>`],
    [say('Montant', 'Amount'), amount(one.amountCents, language)],
    [say('Payé', 'Paid'), amount(one.paidCents, language)],
    [say('Compensé sur des relevés', 'Set off against statements'), amount(one.setOffCents, language)],
    [say('Passé en perte', 'Written off'), amount(one.lostCents, language)],
  ])}</section>
${timeline(visit, entries(one, visit))}
<section class="section"><h2>${say('Lignes', 'Lines')}</h2>${table(say('Lignes', 'Lines'), [
    { head: say('Encaissement', 'Redemption'), cell: ({ redemptionId, incidentId }: Line) => (incidentId === null ? html`<code title="${redemptionId}">${shortId(redemptionId)}</code>`
      : html`<a href="/incidents/${incidentId}">${say('anomalie', 'incident')} ${shortId(incidentId)}</a>`) },
    { head: say('Service du', 'Service of'), cell: ({ serviceDate }) => day(serviceDate, language) },
    { head: say('Brut', 'Gross'), number: true, cell: ({ grossCents }) => amount(grossCents, language) },
    { head: say('Net', 'Net'), number: true, cell: ({ netCents }) => amount(netCents, language) },
  ], one.claimLines)}</section>`;
}

function entries(one: Note, { say, language }: SignedInVisit): readonly TimelineEntry[] {
  const sum = (cents: number) => amountText(cents, language);
  const words = { paid: say('Payé', 'Paid'), set_off: say('Compensé sur un relevé', 'Set off against a statement'), lost: say('Passé en perte', 'Written off') };
  const dated: readonly TimelineEntry[] = [
    ...one.discharges.map(({ kind, amountCents, at, bankLineId, statementId }) => ({
      what: `${words[kind]} : ${sum(amountCents)}`, at,
      more: bankLineId ? html`<a href="/bank-lines/${bankLineId}">${say('Ligne bancaire', 'Bank line')}</a>` : statementId && html`<a href="/payee-statements/${statementId}">${say('Relevé', 'Statement')}</a>`,
    })),
    ...one.losses.flatMap(({ amountCents, note: why, proposedBy, proposedAt, state, decisionNote, decidedBy, decidedAt }) => [
      { what: say(`Perte de ${sum(amountCents)} proposée`, `Loss of ${sum(amountCents)} proposed`), at: proposedAt, who: proposedBy, more: why },
      ...(decidedAt === null ? [] : [{ what: state === 'confirmed' ? say('Perte confirmée', 'Loss confirmed') : say('Proposition retirée', 'Proposal taken back'), at: decidedAt, who: decidedBy, more: decisionNote }]),
    ]),
  ];
  return [
    { what: say(`En négatif depuis le ${day(one.negativeSince, language)}`, `Negative since ${day(one.negativeSince, language)}`) },
    { what: say(`Émise le ${day(one.issuedOn, language)}`, `Issued on ${day(one.issuedOn, language)}`) },
    ...[...dated].sort((a, b) => String(a.at).localeCompare(String(b.at))),
    ...(one.leftCents > 0 ? [{ what: say(`À payer au plus tard le ${day(one.dueOn, language)}`, `To be paid by ${day(one.dueOn, language)}`), isToCome: true as const }] : []),
  ];
}

function forms(one: Note, { say, language }: SignedInVisit): readonly DecisionForm[] {
  if (one.leftCents === 0) return [];
  const why = [{ name: 'note', kind: 'long' as const, max: 500, label: say('Pourquoi ?', 'Why?'), hint: say('Reste avec la note.', 'Stays with the note.') }];
  const proposed = one.losses.find(({ state }) => state === 'proposed');
  if (!proposed) {
    return [{
      step: 'losses', title: say('Proposer de passer le reste en perte', 'Propose to write the rest off'), roles: ['operator', 'approver'],
      says: say('Rien ne bouge avant qu’une autre personne confirme. Ensuite l’opérateur porte la somme.', 'Nothing moves before somebody else confirms. Then the operator bears the sum.'),
      fields: why, button: say(`Proposer ${amountText(one.leftCents, language)} en perte`, `Propose to write off ${amountText(one.leftCents, language)}`),
      send: (values) => ({ path: `/settlement/debit-notes/${one.debitNoteId}/losses`, body: values }),
    }];
  }
  const sum = amountText(proposed.amountCents, language);
  return [
    {
      step: 'confirm', title: say('Confirmer la perte', 'Confirm the loss'), filled: true, roles: ['approver'], confirms: proposed.amountCents,
      says: say(`Le bénéficiaire ne devra plus ${sum}, et l’opérateur les porte. Cela ne se reprend pas.`, `The payee no longer owes ${sum}, and the operator bears it. It cannot be taken back.`),
      fields: why, button: say(`Passer ${sum} en perte`, `Write ${sum} off`),
      send: (values) => ({ path: `/settlement/debit-note-losses/${proposed.lossId}/confirm`, body: values }),
    },
    {
      step: 'cancel', title: say('Retirer la proposition', 'Take the proposal back'), roles: ['operator', 'approver'], says: say('La note reste à payer.', 'The note stays to be paid.'),
      fields: why, button: say('Retirer la proposition', 'Take the proposal back'),
      send: (values) => ({ path: `/settlement/debit-note-losses/${proposed.lossId}/cancel`, body: values }),
    },
  ];
}
