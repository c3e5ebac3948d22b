// What places say against a measure, and the answer of somebody who did not decide it.
import { z } from 'zod';
import { table } from '../components.js';
import type { DecisionForm } from '../decisions/decision-page.js';
import { day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import type { List } from '../lists/list.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';

export const appeal = z.object({
  appealId: z.string(), placeId: z.string(), grounds: z.string(), statedAt: z.string(), answerDue: z.string(), outcome: z.enum(['upheld', 'rejected']).nullable(), reasons: z.string().nullable(), answeredAt: z.string().nullable(),
});
export type Appeal = z.output<typeof appeal>;

const outcomePill = ({ outcome }: Appeal, { say }: SignedInVisit): Html => (outcome === null ? pill('wait', say('À répondre', 'To answer'))
  : outcome === 'upheld' ? pill('ok', say('Accepté', 'Upheld')) : pill('no', say('Rejeté', 'Rejected')));

export const appealsTable = (visit: SignedInVisit, appeals: readonly Appeal[]): Html => (appeals.length === 0 ? html`<p class="empty">${visit.say('Aucun.', 'None.')}</p>`
  : table(visit.say('Recours', 'Appeals'), [
    { head: visit.say('Reçu le', 'Received'), cell: ({ statedAt }: Appeal) => moment(statedAt, visit.language) }, { head: visit.say('Ce que dit le lieu', 'What the place says'), cell: ({ grounds }) => grounds },
    { head: visit.say('Réponse due le', 'Answer due'), cell: ({ answerDue }) => day(answerDue, visit.language) }, { head: visit.say('Réponse', 'Answer'), cell: (one) => html`${outcomePill(one, visit)} ${one.reasons}` },
  ], appeals));

export function appealForms(appeals: readonly Appeal[], { say, language }: SignedInVisit): readonly DecisionForm[] {
  const open = appeals.find(({ outcome }) => outcome === null);
  return !open ? [] : [{
    step: 'answer', title: say('Répondre au recours', 'Answer the appeal'), filled: true, roles: ['operator'],
    says: say(`Avant le ${day(open.answerDue, language)}, par une personne qui n’a pas décidé la mesure. Donner raison défait la mesure.`, `By ${day(open.answerDue, language)}, by somebody who did not decide the measure. Upholding it undoes the measure.`),
    fields: [
      { name: 'outcome', kind: 'choice', label: say('Réponse', 'Answer'), choices: [['upheld', say('Donner raison au lieu', 'The place is right')], ['rejected', say('Maintenir la mesure', 'Keep the measure')]] },
      { name: 'reasons', kind: 'long', max: 500, label: say('Pourquoi ?', 'Why?'), hint: say('Le lieu le lit.', 'The place reads it.') },
    ],
    button: say('Répondre', 'Answer'), send: (values) => ({ path: `/redemption/appeals/${open.appealId}/answers`, body: values }),
  }];
}

export const appealsList: List<Appeal> = {
  path: '/appeals', api: '/redemption/appeals', item: appeal,
  title: ['Recours de lieux', 'Appeals of places'], counted: [['recours', 'appeal'], ['recours', 'appeals']], empty: { sentence: ['Aucun lieu n’a contesté.', 'No place has appealed.'] },
  columns: [
    { name: 'statedAt', head: ['Reçu le', 'Received'], kind: 'moment', value: ({ statedAt }) => statedAt, cell: ({ placeId, statedAt }, { language }) => html`<a href="/registered-places/${placeId}">${moment(statedAt, language)}</a>` },
    { name: 'placeId', head: ['Lieu', 'Place'], kind: 'text', value: ({ placeId }) => placeId, cell: ({ placeId }) => html`<code title="${placeId}">${shortId(placeId)}</code>` },
    { name: 'grounds', head: ['Ce que dit le lieu', 'What the place says'], kind: 'text', value: ({ grounds }) => grounds },
    { name: 'answerDue', head: ['Réponse due le', 'Answer due'], kind: 'day', value: ({ answerDue }) => answerDue },
    { name: 'outcome', head: ['Réponse', 'Answer'], kind: 'text', value: ({ outcome }) => outcome ?? '', cell: outcomePill },
  ],
  filters: [{ name: 'open', words: ['À répondre', 'To answer'], kind: 'choice', choices: ({ say }) => [['true', say('Oui', 'Yes')], ['false', say('Non', 'No')]] }],
  totals: false,
};
