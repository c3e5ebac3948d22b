// How much of what is due the commons pay early, programme by programme, and from which day on.
import { z } from 'zod';
import { table } from '../components.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { amount, count, day } from '../format.js';
import { html, type Html } from '../html.js';
import { percent } from '../rules/programme.page.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';

const calendar = z.object({ today: z.string(), programmes: z.array(z.object({ programmeId: z.string(), name: z.string().nullable() })) });
const rule = z.object({
  version: z.int(), from: z.string(), shareBasisPoints: z.int(), ceilingCents: z.int(), monthsMin: z.int(), redemptionsMin: z.int(),
});
type Rule = z.output<typeof rule>;
type Programme = Readonly<{ programmeId: string; name: string; rules: readonly Rule[] }>;
type View = Readonly<{ today: string; programmes: readonly Programme[] }>;

async function load(ask: Ask): Promise<Read<View>> {
  const found = await ask('/settlement/closing-calendar', calendar);
  if (!found.ok) return found;
  const programmes: Programme[] = [];
  for (const { programmeId, name } of found.value.programmes) {
    const rules = await allOf(ask, `/settlement/early-payment-rules?programmeId=${programmeId}`, rule);
    if (!rules.ok) return rules;
    programmes.push({ programmeId, name: name ?? programmeId, rules: rules.value });
  }
  return { ok: true, value: { today: found.value.today, programmes } };
}

export const earlyPaymentRulesPage: DecisionPage<View> = {
  route: 'early-payment-rules', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/early-payments', word: say('Acomptes', 'Early payments') }),
  title: (_, { say }) => say('Règles des acomptes', 'Rules of early payments'),
  show,
  forms: ({ programmes }, { say }) => [{
    step: 'publish', title: say('Publier une règle', 'Publish a rule'), roles: ['operator'], filled: true,
    says: say('Elle vaut à partir du jour donné ; les acomptes déjà demandés restent. Une part de 0 % met fin aux acomptes du programme.',
      'It is for the day given and later; what was asked for before stays. A share of 0% ends early payments of the programme.'),
    fields: [
      { name: 'programmeId', kind: 'choice', label: say('Programme', 'Programme'), choices: programmes.map(({ programmeId, name }) => [programmeId, name] as const) },
      { name: 'from', kind: 'day', label: say('À partir du', 'From'), hint: say('Demain au plus tôt.', 'Tomorrow at the earliest.') },
      { name: 'shareBasisPoints', kind: 'percent', label: say('Part de ce qui est dû, en %', 'Share of what is due, in %'), hint: say('90 au plus.', '90 at most.') },
      { name: 'ceilingCents', kind: 'amount', label: say('Jamais plus que, pour un bénéficiaire', 'Never more than, for a payee') },
      { name: 'monthsMin', kind: 'whole', label: say('Mois sans constat, au moins', 'Months without a finding, at least'), hint: say('Depuis son premier relevé, ou le dernier constat à son sujet.', 'Since its first statement, or the last finding about it.') },
      { name: 'redemptionsMin', kind: 'whole', label: say('Encaissements payés dans ce temps, au moins', 'Redemptions paid in that time, at least') },
    ],
    button: say('Publier la règle', 'Publish the rule'), send: (values) => ({ path: '/settlement/early-payment-rules', body: values }),
  }],
};

/** Newest first, as the service answers. */
function stateOf({ today }: View, rules: readonly Rule[], { from, version }: Rule): string {
  if (from > today) return 'to_come';
  return rules.find((one) => one.from <= today)?.version === version ? 'in_force' : 'past';
}

function show(view: View, visit: SignedInVisit): Html {
  const { say, language } = visit;
  return html`<p>${say('Un acompte est une part de ce qui est déjà dû à un lieu, payée avant son relevé par le fonds commun. Sans règle, un programme n’en paie pas.',
    'An early payment is a part of what is due to a place already, paid out of the commons before its statement. A programme without a rule pays none.')}</p>
${view.programmes.map(({ name, rules }) => html`<section class="section"><h2>${name}</h2>${rules.length === 0
    ? html`<p class="empty">${say('Aucune règle : rien n’est payé avant le relevé.', 'No rule: nothing is paid before the statement.')}</p>`
    : table(name, [
      { head: say('Version', 'Version'), cell: (one: Rule) => html`v${one.version} ${status(stateOf(view, rules, one), say)}` },
      { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
      { head: say('Part du dû', 'Share of what is due'), number: true, cell: ({ shareBasisPoints }) => percent(shareBasisPoints, visit) },
      { head: say('Au plus', 'At most'), number: true, cell: ({ ceilingCents }) => amount(ceilingCents, language) },
      { head: say('Mois sans constat', 'Months without a finding'), number: true, cell: ({ monthsMin }) => count(monthsMin, language) },
      { head: say('Encaissements payés', 'Redemptions paid'), number: true, cell: ({ redemptionsMin }) => count(redemptionsMin, language) },
    ], rules)}</section>`)}`;
}
