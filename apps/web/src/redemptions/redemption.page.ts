// Where the cents of one redemption go: to the place, the operator, the State and the commons, and by which rule.
import { z } from 'zod';
import { headline, missingPart, table } from '../components.js';
import { amount, amountText } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { ruleSaid } from '../statements/statement.page.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';

const part = z.object({ to: z.enum(['place', 'operator', 'state', 'commons']), amountCents: z.int() });
export const sharesShape = z.object({
  lines: z.array(z.object({
    claimLineId: z.string(), incidentId: z.string().nullable(), feeRuleVersion: z.int(), feeBasisPoints: z.int(), vatBasisPoints: z.int(),
    commonsBasisPoints: z.int(), grossCents: z.int(), parts: z.array(part), state: z.enum(['in_statement', 'open', 'held', 'rejected']),
    statementId: z.string().nullable(),
  })),
});
type Line = z.output<typeof sharesShape>['lines'][number];

export function redemptionPage(visit: SignedInVisit, redemptionId: string, read: Read<z.output<typeof sharesShape>>): Html {
  const { say } = visit;
  const title = say('Un encaissement, cent par cent', 'One redemption, cent by cent');
  return signedInPage(visit, title, html`<p class="small"><a href="/redemptions">${say('Encaissements', 'Redemptions')}</a></p><h1>${title}</h1>
<p class="quiet">${say('Reçu', 'Receipt')} <code>${redemptionId}</code></p>
${read.ok ? shown(visit, read.value.lines) : read.code === 'claim_line_unknown'
    ? headline(say('Bientôt', 'Soon'), say('Les remboursements l’apprennent dans la minute. Rechargez la page.', 'The reimbursements learn of it within a minute. Reload the page.'))
    : missingPart(say, title, read)}`);
}

const received = (lines: readonly Line[], to: string): number =>
  lines.reduce((sum, { parts }) => sum + (parts.find((one) => one.to === to)?.amountCents ?? 0), 0);

function shown(visit: SignedInVisit, lines: readonly Line[]): Html {
  const { say, language } = visit;
  const gross = lines.reduce((sum, { grossCents, state }) => sum + (state === 'rejected' ? 0 : grossCents), 0);
  const who = [
    ['place', say('Votre lieu', 'Your place')], ['operator', say('L’opérateur, pour ses frais', 'The operator, for its fee')],
    ['state', say('L’État, pour la TVA de ces frais', 'The State, for the VAT on that fee')], ['commons', say('Le fonds commun', 'The commons')],
  ] as const;
  return html`${headline(amount(received(lines, 'place'), language), say(`pour vous, de ${amountText(gross, language)} de chèque.`, `for you, of ${amountText(gross, language)} of voucher.`))}
<dl class="lines section">${who.map(([to, name]) => html`<div><dt>${name}</dt><dd>${amount(received(lines, to), language)}</dd></div>`)}</dl>
<section class="section"><h2>${say('Ligne par ligne', 'Line by line')}</h2>${table(say('Lignes', 'Lines'), [
    { head: say('Règle', 'Rule'), cell: (line: Line) => html`${line.incidentId !== null && html`<b>${say('Correction.', 'Correction.')}</b> `}${ruleSaid(visit, line)}` },
    { head: say('État', 'State'), cell: (line) => stateOf(visit, line) },
    { head: say('Brut', 'Gross'), number: true, cell: ({ grossCents }) => amount(grossCents, language) },
    { head: say('Pour vous', 'For you'), number: true, cell: (line) => amount(received([line], 'place'), language) },
  ], lines)}</section>
<p class="quiet">${say('Dans un relevé, les centimes d’arrondi se partagent entre toutes ses lignes : ce sont ceux du relevé qui comptent.',
    'In a statement, rounding cents are shared among all of its lines: those of the statement count.')}</p>`;
}

function stateOf({ say }: SignedInVisit, { state, statementId }: Line): Html {
  switch (state) {
    case 'in_statement': return html`${pill('ok', say('Dans un relevé', 'In a statement'))} <a href="/statements/${statementId}">${say('Voir', 'See')}</a>`;
    case 'open': return pill('info', say('Pas encore relevé', 'In no statement yet'));
    case 'held': return html`${pill('wait', say('Retenu', 'Held'))} <a href="/statements">${say('Pourquoi', 'Why')}</a>`;
    case 'rejected': return pill('no', say('Jamais payé', 'Never paid'));
  }
}
