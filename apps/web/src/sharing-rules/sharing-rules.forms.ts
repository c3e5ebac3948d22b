// What may be done about rules of pools: propose one, confirm what another person proposed, take one back before its day.
import { poolKey, poolName, programmeIdOf } from '../commons-pools/commons-pools.data.js';
import type { DecisionForm, FormField, Values } from '../decisions/decision-page.js';
import { day } from '../format.js';
import type { SignedInVisit } from '../visit.js';
import type { Rule, View } from './sharing-rules.data.js';

/** The service takes more; a form asks for as many as sit around a table. */
const DECIDERS_ASKED = 7;
const DECIDERS_NEEDED = 2;

export function ruleForms(view: View, visit: SignedInVisit): readonly DecisionForm[] {
  const waiting = rulesIn(view, visit, ({ state }) => state === 'proposed');
  const before = rulesIn(view, visit, ({ state, from }) => state === 'proposed' || (state === 'confirmed' && from > view.today));
  return [...confirmForms(waiting, visit), proposeForm(view, visit), nationalForm(view, visit), ...withdrawForms(before, visit)];
}

type Choice = readonly [value: string, label: string];

function rulesIn({ pools }: View, visit: SignedInVisit, wanted: (rule: Rule) => boolean): readonly Choice[] {
  return pools.flatMap(({ rules, ...pool }) => rules.filter(wanted).map(({ version, from }): Choice => [
    `${poolKey(pool)}:${version}`, `${poolName(visit.say, pool)}, v${version}, ${day(from, visit.language)}`,
  ]));
}

const oneRule = ({ rule }: Values): object => {
  const [pool = '', version] = String(rule).split(':');
  return { programmeId: programmeIdOf(pool), version: Number(version) };
};

function confirmForms(choices: readonly Choice[], { say }: SignedInVisit): readonly DecisionForm[] {
  return choices.length === 0 ? [] : [{
    step: 'confirm', title: say('Confirmer une règle', 'Confirm a rule'), roles: ['approver'],
    says: say('Une autre personne l’a proposée. Elle est publique dès maintenant, et vaut à partir de son jour.', 'Another person proposed it. It is public from now on, and has effect from its day.'),
    fields: [{ name: 'rule', kind: 'choice', label: say('Règle', 'Rule'), choices }],
    button: say('Confirmer la règle', 'Confirm the rule'), send: (values) => ({ path: '/settlement/sharing-rules/confirmations', body: oneRule(values) }),
  }];
}

function withdrawForms(choices: readonly Choice[], { say }: SignedInVisit): readonly DecisionForm[] {
  return choices.length === 0 ? [] : [{
    step: 'withdraw', title: say('Reprendre une règle', 'Take a rule back'), roles: ['operator', 'approver'],
    says: say('Avant son jour seulement ; une fois confirmée, par une autre personne que celle qui l’a proposée.', 'Only before its day; once confirmed, by another person than the one who proposed it.'),
    fields: [{ name: 'rule', kind: 'choice', label: say('Règle', 'Rule'), choices }],
    button: say('Reprendre la règle', 'Take the rule back'), send: (values) => ({ path: '/settlement/sharing-rules/withdrawals', body: oneRule(values) }),
  }];
}

const fromField = ({ say }: SignedInVisit): FormField => ({
  name: 'from', kind: 'day', label: say('À partir du', 'From'),
  hint: say('La première dès demain, les suivantes trente jours après leur confirmation.', 'The first from tomorrow, a later one thirty days after it is confirmed.'),
});

const proposeForm = ({ pools, members }: View, visit: SignedInVisit): DecisionForm => ({
  step: 'propose', title: visit.say('Proposer une règle', 'Propose a rule'), roles: ['operator'], filled: true,
  says: visit.say('Une fois confirmée par une autre personne, elle divise ce que les relevés donnent au fonds commun. Ce que reçoit le lieu ne change pas.',
    'Once another person has confirmed it, it divides what statements give to the commons. What the place gets does not change.'),
  fields: [
    { name: 'programmeId', kind: 'choice', label: visit.say('Programme', 'Programme'), choices: pools.flatMap((pool) => (pool.programmeId === null ? [] : [[pool.programmeId, poolName(visit.say, pool)] as const])) },
    fromField(visit),
    { name: 'localBasisPoints', kind: 'percent', label: visit.say('Part qui reste dans la caisse du programme, en %', 'Part that stays in the programme’s pool, in %'), hint: visit.say('Le reste va à la caisse nationale.', 'The rest goes to the national pool.') },
    { name: 'operatorCapBasisPoints', kind: 'percent', label: visit.say('L’opérateur ne prend jamais plus que, en % du brut', 'The operator never takes more than, in % of the gross'), hint: visit.say('Hors TVA.', 'VAT aside.') },
    ...deciderFields(visit, members),
  ],
  button: visit.say('Proposer la règle', 'Propose the rule'),
  send: ({ programmeId, localBasisPoints, operatorCapBasisPoints, ...values }) => (
    { path: '/settlement/sharing-rules', body: { programmeId, localBasisPoints, operatorCapBasisPoints, ...decidedBy(values) } }),
});

const nationalForm = ({ members }: View, visit: SignedInVisit): DecisionForm => ({
  step: 'propose-national', title: visit.say('Proposer qui décide de la caisse nationale', 'Propose who decides about the national pool'), roles: ['operator'],
  says: visit.say('Elle ne divise rien : elle nomme les personnes qui votent ce qui sort de la caisse nationale.', 'It divides nothing: it names the people who vote what leaves the national pool.'),
  fields: [fromField(visit), ...deciderFields(visit, members)],
  button: visit.say('Proposer ces personnes', 'Propose these people'),
  send: (values) => ({ path: '/settlement/sharing-rules', body: { programmeId: null, ...decidedBy(values) } }),
});

/** Whoever votes is an approver. */
const deciderFields = ({ say }: SignedInVisit, members: View['members']) => Array.from({ length: DECIDERS_ASKED }, (_, at): FormField => ({
  name: `decider${at + 1}`, kind: 'choice', label: say(`Qui décide de la caisse, ${at + 1}`, `Who decides about the pool, ${at + 1}`),
  ...(at >= DECIDERS_NEEDED && { optional: true as const }),
  choices: members.filter(({ roles, state }) => state === 'in_force' && roles.includes('approver')).map(({ userId, name }) => [userId, name] as const),
}));

function decidedBy({ from, ...named }: Values): object {
  const deciders = Array.from({ length: DECIDERS_ASKED }, (_, at) => named[`decider${at + 1}`]).filter((userId) => userId !== undefined && userId !== '');
  return { from, deciders };
}
