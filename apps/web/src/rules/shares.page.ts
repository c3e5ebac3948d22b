// Who gets how many cents of one redemption, under which version of the fee rule.
import { z } from 'zod';
import type { DecisionPage } from '../decisions/decision-page.js';
import { headline } from '../components.js';
import { amount } from '../format.js';
import { html } from '../html.js';
import { part, partsTable } from '../payee-statements/payee-statement.page.js';

const shares = z.object({
  redemptionId: z.string(), lines: z.array(z.object({ claimLineId: z.string(), programmeId: z.string(), feeRuleVersion: z.int(),
  grossCents: z.int(), parts: z.array(part), statementId: z.string().nullable() })),
});

export const sharesPage: DecisionPage<z.output<typeof shares>> = {
  route: 'shares/:id', prefix: 'red', load: (ask, id) => ask(`/settlement/redemptions/${id}/shares`, shares),
  back: ({ say }) => ({ href: '/payee-statements', word: say('Relevés', 'Statements') }), title: (_, { say }) => say('Qui reçoit quoi', 'Who gets what'), forms: () => [],
  show: ({ lines }, visit) => html`${headline(amount(lines.reduce((sum, { grossCents }) => sum + grossCents, 0), visit.language), visit.say('d’un encaissement, au centime.', 'of a redemption, to the cent.'))}
${lines.map(({ parts, grossCents, feeRuleVersion, programmeId, statementId }) => html`<section class="section"><p class="quiet"><a href="/programmes/${programmeId}">${visit.say('Barème', 'Fee rule')} v${feeRuleVersion}</a>${
    statementId && html` · <a href="/payee-statements/${statementId}">${visit.say('Relevé', 'Statement')}</a>`}</p>${partsTable(visit, parts, grossCents)}</section>`)}`,
};
