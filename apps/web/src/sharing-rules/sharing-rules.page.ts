// How what places give to the commons is shared, programme by programme, and who decides about each pool: one person proposes a rule,
// another confirms it, and it may be taken back before its day.
import { poolName } from '../commons-pools/commons-pools.data.js';
import { table } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { day } from '../format.js';
import { html, type Html } from '../html.js';
import { percent } from '../rules/programme.page.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { load, type Rule, type View } from './sharing-rules.data.js';
import { ruleForms } from './sharing-rules.forms.js';

export const sharingRulesPage: DecisionPage<View> = {
  route: 'sharing-rules', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/allocations', word: say('Fonds commun', 'Commons') }),
  title: (_, { say }) => say('Règles de partage', 'Sharing rules'),
  show, forms: ruleForms,
};

/** Newest first, as the service answers. */
function stateOf({ today }: View, rules: readonly Rule[], { from, version, state }: Rule): string {
  if (state !== 'confirmed') return state;
  if (from > today) return 'to_come';
  return rules.find((one) => one.state === 'confirmed' && one.from <= today)?.version === version ? 'in_force' : 'past';
}

function show(view: View, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const nameOf = (userId: string) => view.members.find((one) => one.userId === userId)?.name ?? userId;
  const share = (basisPoints: number | null) => (basisPoints === null ? '–' : percent(basisPoints, visit));
  const none = (programmeId: string | null) => (programmeId === null
    ? say('Aucune règle : deux personnes qui approuvent décident de ce qui en sort.', 'No rule: two approvers decide what leaves it.')
    : say('Aucune règle : tout va à la caisse nationale.', 'No rule: all goes to the national pool.'));
  return html`<p>${say('Sans règle, toute la part commune d’un programme va à la caisse nationale. Une personne propose, une autre confirme.', 'Without a rule all of a programme’s commons share goes to the national pool. One person proposes, another confirms.')}
<a href="/commons">${say('Le compte public des caisses', 'The public account of the pools')}</a></p>
${view.pools.map(({ rules, ...pool }) => html`<section class="section"><h2>${poolName(say, pool)}</h2>${rules.length === 0
    ? html`<p class="empty">${none(pool.programmeId)}</p>`
    : table(poolName(say, pool), [
      { head: say('Version', 'Version'), cell: (one: Rule) => html`v${one.version} ${status(stateOf(view, rules, one), say)}` },
      { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
      { head: say('Caisse du programme', 'Programme’s pool'), number: true, cell: ({ localBasisPoints }) => share(localBasisPoints) },
      { head: say('Plafond de l’opérateur', 'Cap of the operator'), number: true, cell: ({ operatorCapBasisPoints }) => share(operatorCapBasisPoints) },
      { head: say('Qui décide', 'Who decides'), cell: ({ deciders }) => deciders.map(nameOf).join(', ') },
      { head: say('Proposée par', 'Proposed by'), cell: ({ proposedBy }) => (proposedBy === null ? '–' : nameOf(proposedBy)) },
    ], rules)}</section>`)}`;
}
