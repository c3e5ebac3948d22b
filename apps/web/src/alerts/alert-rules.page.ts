// The figures of the rules against fraud: proposed from a day to come on, and counted once another person has confirmed them.
import { dayIn } from '#libs/kernel';
import { headline, table } from '../components.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { person } from '../decisions/timeline.js';
import { day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { figureField, FIGURES, figureText, ruleSet, type RuleSet } from './alert-figures.js';

const ZONE = 'Europe/Paris';
const REASON_MAX = 1_000;
const today = (): string => dayIn(ZONE, new Date());

export const alertRulesPage: DecisionPage<readonly RuleSet[]> = {
  route: 'alert-rules', load: (ask) => allOf(ask, '/audit/alert-rules', ruleSet),
  back: ({ say }) => ({ href: '/alerts', word: say('Alertes', 'Alerts') }),
  title: (_, { say }) => say('Chiffres des alertes', 'Figures of alerts'),
  show, forms,
};

const inForce = (sets: readonly RuleSet[]): RuleSet | undefined =>
  sets.find(({ confirmedAt, effectiveFrom }) => confirmedAt !== null && effectiveFrom <= today());
/** Confirmed too late it would reach back: then it is proposed anew. */
const waiting = (sets: readonly RuleSet[]): readonly RuleSet[] =>
  sets.filter(({ confirmedAt, effectiveFrom }) => confirmedAt === null && effectiveFrom > today());

function stateOf(sets: readonly RuleSet[], one: RuleSet): string {
  if (one.confirmedAt === null) return one.effectiveFrom > today() ? 'waiting' : 'past';
  return one.effectiveFrom > today() ? 'to_come' : one === inForce(sets) ? 'in_force' : 'past';
}

type Row = typeof FIGURES[number];
/** The first figure of each rule, beside which its name stands. */
const FIRST = new Set(FIGURES.filter(({ group }, at) => group[0] !== FIGURES[at - 1]?.group[0]).map(({ figure: [name] }) => name));

function show(sets: readonly RuleSet[], visit: SignedInVisit): Html {
  const { say, language } = visit;
  const now = inForce(sets);
  const asked = waiting(sets)[0];
  const compared = [now, asked].filter((one) => one !== undefined);
  return html`${headline(now ? `v${now.version}` : say('Aucun', 'None'), say('est la version des chiffres qui comptent aujourd’hui. Une alerte n’accuse personne : un chiffre plus bas en lève plus.', 'is the version of the figures that count today. An alert accuses nobody: a lower figure raises more of them.'))}
${compared.length > 0 && html`<section class="section"><h2>${say('Les chiffres', 'The figures')}</h2>${table(say('Les chiffres', 'The figures'), [
    { head: say('Règle', 'Rule'), cell: ({ group, figure: [name] }: Row) => (FIRST.has(name) ? html`<b>${say(...group)}</b>` : '') },
    { head: say('Chiffre', 'Figure'), cell: ({ figure: [, , ...words] }) => say(...words) },
    ...compared.map(({ version, figures: values }) => ({
      head: version === asked?.version ? say(`Proposé, v${version}`, `Proposed, v${version}`) : say(`Aujourd’hui, v${version}`, `Today, v${version}`), number: true,
      cell: ({ figure: [name, kind] }: Row) => (now && values[name] !== now.figures[name] ? html`<b>${figureText(kind, values[name], visit)}</b>` : figureText(kind, values[name], visit)),
    })),
  ], FIGURES)}</section>`}
<section class="section"><h2>${say('Versions, la dernière d’abord', 'Versions, the latest first')}</h2>${table(say('Versions', 'Versions'), [
    { head: say('Version', 'Version'), cell: (one: RuleSet) => html`v${one.version} ${status(stateOf(sets, one), say)}` },
    { head: say('À partir du', 'From'), cell: ({ effectiveFrom }) => day(effectiveFrom, language) },
    { head: say('Pourquoi', 'Why'), cell: ({ reason }) => reason },
    { head: say('Proposé', 'Proposed'), cell: ({ proposedAt, proposedBy }) => html`${moment(proposedAt, language)} ${person(proposedBy)}` },
    { head: say('Confirmé', 'Confirmed'), cell: ({ confirmedAt, confirmedBy }) => (confirmedAt === null ? '–' : html`${moment(confirmedAt, language)} ${confirmedBy && person(confirmedBy)}`) },
  ], sets)}</section>`;
}

function forms(sets: readonly RuleSet[], visit: SignedInVisit): readonly DecisionForm[] {
  const { say, language, person: { organisation: { roles } } } = visit;
  if (!roles.includes('operator')) return [];
  const held = (inForce(sets) ?? sets[0])?.figures;
  return [
    ...waiting(sets).map(({ version, effectiveFrom }): DecisionForm => ({
      step: `confirm-${version}`, title: say(`Confirmer la version ${version}`, `Confirm version ${version}`), roles: ['operator'], filled: true,
      says: say(`Ces chiffres comptent à partir du ${day(effectiveFrom, language)}. Vous n’êtes pas la personne qui les a proposés.`, `These figures count from ${day(effectiveFrom, language)} on. You are not who proposed them.`),
      fields: [], button: say('Confirmer ces chiffres', 'Confirm these figures'), send: () => ({ path: `/audit/alert-rules/${version}/confirmation`, body: {} }),
    })).slice(0, 1),
    {
      step: 'propose', title: say('Proposer d’autres chiffres', 'Propose other figures'), roles: ['operator'], ...(waiting(sets).length === 0 ? { filled: true } : { folded: true }),
      says: say('Les chiffres d’aujourd’hui sont déjà remplis : changez ceux qu’il faut. Rien ne compte avant qu’une autre personne confirme.', 'The figures of today are filled in: change those that have to be. Nothing counts before another person confirms.'),
      fields: [
        { name: 'effectiveFrom', kind: 'day', label: say('À partir du', 'From'), hint: say('Demain au plus tôt.', 'Tomorrow at the earliest.') },
        ...FIGURES.map((figure) => figureField(figure, held?.[figure.figure[0]], visit)),
        { name: 'reason', kind: 'long', max: REASON_MAX, label: say('Pourquoi ?', 'Why?') },
      ],
      button: say('Proposer ces chiffres', 'Propose these figures'),
      send: ({ effectiveFrom, reason, ...values }) => ({ path: '/audit/alert-rules', body: { effectiveFrom, reason, figures: Object.fromEntries(FIGURES.map(({ figure: [name] }) => [name, Number(values[name])])) } }),
    },
  ];
}
