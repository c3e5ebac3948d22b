// Who of the operator looked as an organisation: as one's own for its people, as any for the operator.
import { z } from 'zod';
import { moment } from '../format.js';
import { html } from '../html.js';
import type { Say } from '../language.js';
import type { List } from '../lists/list.js';
import { pill } from '../status.js';
import { roleWord } from '../team/team-words.js';

export const impersonation = z.object({
  impersonationId: z.string(), organisationName: z.string(), userName: z.string(), role: z.string(), reason: z.string(),
  begunAt: z.string(), expiresAt: z.string(),
  endedAt: z.string().nullable(), endedBy: z.enum(['person', 'sign_out', 'right']).nullable(), isOpen: z.boolean(), readingCount: z.int(),
});
export type Impersonation = z.output<typeof impersonation>;

/** Of one that ran out, its last moment. */
export const endOf = ({ endedAt, expiresAt }: Impersonation): string => endedAt ?? expiresAt;
const stateWord = ({ isOpen }: Impersonation, say: Say): string => (isOpen ? say('En cours', 'Under way') : say('Terminée', 'Ended'));

export const impersonationsList: List<Impersonation> = {
  path: '/impersonations', api: '/identity/impersonations', item: impersonation,
  title: ['Consultations', 'Looked at by the operator'], counted: [['consultation', 'look'], ['consultations', 'looks']],
  empty: { sentence: ['Ici se lira qui, de l’opérateur, a regardé l’espace d’une organisation, et pourquoi.', 'Here you will read who of the operator looked at the pages of an organisation, and why.'] },
  columns: [
    { name: 'begunAt', head: ['Depuis', 'From'], kind: 'moment', value: ({ begunAt }) => begunAt,
      cell: ({ impersonationId, begunAt }, { language }) => html`<a href="/impersonations/${impersonationId}">${moment(begunAt, language)}</a>` },
    { name: 'end', head: ['Jusqu’à', 'Until'], kind: 'moment', value: endOf },
    { name: 'userName', head: ['Qui', 'Who'], kind: 'text', value: ({ userName }) => userName },
    { name: 'organisationName', head: ['Espace de', 'Pages of'], kind: 'text', value: ({ organisationName }) => organisationName },
    { name: 'role', head: ['Comme', 'As'], kind: 'text', value: ({ role }, { say }) => roleWord(role, say) },
    { name: 'reason', head: ['Pourquoi', 'Why'], kind: 'text', value: ({ reason }) => reason },
    { name: 'readingCount', head: ['Lectures', 'Readings'], kind: 'whole', value: ({ readingCount }) => readingCount },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: (one, { say }) => stateWord(one, say), cell: (one, { say }) => pill(one.isOpen ? 'wait' : 'mute', stateWord(one, say)) },
  ],
  filters: [], totals: false,
  above: ({ say, person: { organisation: { kind, roles } } }) => html`<p class="lead">${kind === 'operator'
    ? say('Une personne chargée de l’assistance voit ce qu’une organisation voit, sans rien pouvoir changer. L’organisation en est avertie.', 'A helper sees what an organisation sees, and can change nothing. The organisation is told.')
    : say('Une personne de l’opérateur peut voir vos pages pour vous aider. Elle ne peut rien y changer, et tout ce qu’elle lit est noté ici.', 'Somebody of the operator may see your pages to help you. They can change nothing there, and all that they read is noted here.')}</p>${
    roles.includes('helper') && html`<p class="field"><a class="button filled" href="/impersonations/new">${say('Voir comme une organisation', 'Look as an organisation')}</a></p>`}`,
};
