// How what places give to the commons is shared, programme by programme: what stays in its own pool, the cap of the operator, and who
// decides.
import { z } from 'zod';
import { table } from '../components.js';
import type { Ask, DecisionPage, FormField, Values } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { day } from '../format.js';
import { html, type Html } from '../html.js';
import { percent } from '../rules/programme.page.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';

const calendar = z.object({ today: z.string(), programmes: z.array(z.object({ programmeId: z.string(), name: z.string().nullable() })) });
const rule = z.object({
  version: z.int(), from: z.string(), operatorCapBasisPoints: z.int(), localBasisPoints: z.int(), deciders: z.array(z.string()),
});
const member = z.object({ userId: z.string(), name: z.string(), roles: z.array(z.string()), state: z.string() });
type Rule = z.output<typeof rule>;
type Member = z.output<typeof member>;
type Programme = Readonly<{ programmeId: string; name: string; rules: readonly Rule[] }>;
type View = Readonly<{ today: string; programmes: readonly Programme[]; members: readonly Member[] }>;
/** The service takes more; a form asks for as many as sit around a table. */
const DECIDERS_ASKED = 7;
const DECIDERS_NEEDED = 2;

async function load(ask: Ask): Promise<Read<View>> {
  const [found, members] = await Promise.all([ask('/settlement/closing-calendar', calendar), allOf(ask, '/identity/members', member)]);
  if (!found.ok) return found;
  if (!members.ok) return members;
  const programmes: Programme[] = [];
  for (const { programmeId, name } of found.value.programmes) {
    const rules = await allOf(ask, `/settlement/sharing-rules?programmeId=${programmeId}`, rule);
    if (!rules.ok) return rules;
    programmes.push({ programmeId, name: name ?? programmeId, rules: rules.value });
  }
  return { ok: true, value: { today: found.value.today, programmes, members: members.value } };
}

export const sharingRulesPage: DecisionPage<View> = {
  route: 'sharing-rules', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/allocations', word: say('Fonds commun', 'Commons') }),
  title: (_, { say }) => say('Règles de partage', 'Sharing rules'),
  show,
  forms: ({ programmes, members }, visit) => [{
    step: 'publish', title: visit.say('Publier une règle', 'Publish a rule'), roles: ['operator'], filled: true,
    says: visit.say('Elle divise ce que les relevés donnent au fonds commun à partir du jour donné. Ce que reçoit le lieu ne change pas.',
      'It divides what statements give to the commons from the day given on. What the place gets does not change.'),
    fields: [
      { name: 'programmeId', kind: 'choice', label: visit.say('Programme', 'Programme'), choices: programmes.map(({ programmeId, name }) => [programmeId, name] as const) },
      { name: 'from', kind: 'day', label: visit.say('À partir du', 'From'), hint: visit.say('La première dès demain, les suivantes dans trente jours au plus tôt.', 'The first from tomorrow, a later one in thirty days at the earliest.') },
      { name: 'localBasisPoints', kind: 'percent', label: visit.say('Part qui reste dans la caisse du programme, en %', 'Part that stays in the programme’s pool, in %'), hint: visit.say('Le reste va à la caisse nationale.', 'The rest goes to the national pool.') },
      { name: 'operatorCapBasisPoints', kind: 'percent', label: visit.say('L’opérateur ne prend jamais plus que, en % du brut', 'The operator never takes more than, in % of the gross'), hint: visit.say('Hors TVA.', 'VAT aside.') },
      ...deciderFields(visit, members),
    ],
    button: visit.say('Publier la règle', 'Publish the rule'), send: (values) => ({ path: '/settlement/sharing-rules', body: bodyOf(values) }),
  }],
};

/** Whoever votes is an approver. */
const deciderFields = ({ say }: SignedInVisit, members: readonly Member[]) =>
  Array.from({ length: DECIDERS_ASKED }, (_, at): FormField => ({
  name: `decider${at + 1}`, kind: 'choice', label: say(`Qui décide de la caisse, ${at + 1}`, `Who decides about the pool, ${at + 1}`),
  ...(at >= DECIDERS_NEEDED && { optional: true as const }),
  choices: members.filter(({ roles, state }) => state === 'in_force' && roles.includes('approver'))
    .map(({ userId, name }) => [userId, name] as const),
}));

function bodyOf({ programmeId, from, localBasisPoints, operatorCapBasisPoints, ...named }: Values): object {
  const deciders = Array.from({ length: DECIDERS_ASKED }, (_, at) => named[`decider${at + 1}`]).filter((userId) => userId !== undefined && userId !== '');
  return { programmeId, from, localBasisPoints, operatorCapBasisPoints, deciders };
}

/** Newest first, as the service answers. */
function stateOf({ today }: View, rules: readonly Rule[], { from, version }: Rule): string {
  if (from > today) return 'to_come';
  return rules.find((one) => one.from <= today)?.version === version ? 'in_force' : 'past';
}

function show(view: View, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const nameOf = (userId: string) => view.members.find((one) => one.userId === userId)?.name ?? userId;
  return html`<p>${say('Sans règle, toute la part commune d’un programme va à la caisse nationale.', 'Without a rule all of a programme’s commons share goes to the national pool.')}
<a href="/commons">${say('Le compte public des caisses', 'The public account of the pools')}</a></p>
${view.programmes.map(({ name, rules }) => html`<section class="section"><h2>${name}</h2>${rules.length === 0
    ? html`<p class="empty">${say('Aucune règle : tout va à la caisse nationale.', 'No rule: all goes to the national pool.')}</p>`
    : table(name, [
      { head: say('Version', 'Version'), cell: (one: Rule) => html`v${one.version} ${status(stateOf(view, rules, one), say)}` },
      { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
      { head: say('Caisse du programme', 'Programme’s pool'), number: true, cell: ({ localBasisPoints }) => percent(localBasisPoints, visit) },
      { head: say('Plafond de l’opérateur', 'Cap of the operator'), number: true, cell: ({ operatorCapBasisPoints }) => percent(operatorCapBasisPoints, visit) },
      { head: say('Qui décide', 'Who decides'), cell: ({ deciders }) => deciders.map(nameOf).join(', ') },
    ], rules)}</section>`)}`;
}
