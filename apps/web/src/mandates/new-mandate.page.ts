// Lets an auditing body look. The operator proposes, and somebody else confirms; a payer opens what it pays for, alone and with a code.
import { z } from 'zod';
import { allOf } from '../decisions/one-of.js';
import type { Ask, DecisionForm, DecisionPage, Values } from '../decisions/decision-page.js';
import { html } from '../html.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { backToMandates } from './mandate.page.js';

const body = z.object({ organisationId: z.string(), name: z.string() });
const programme = z.object({ programmeId: z.string(), name: z.string() });
const payer = z.object({ payerId: z.string(), name: z.string() });
const made = z.object({ mandateId: z.string() });
type Choices = Readonly<{
  bodies: readonly z.output<typeof body>[]; programmes: readonly z.output<typeof programme>[]; payers: readonly z.output<typeof payer>[];
}>;
/** An empty choice would be too easily sent. */
const ALL = 'all';

export const newMandatePage: DecisionPage<Choices> = {
  route: 'mandates/new', back: backToMandates, load,
  title: (_, { say }) => say('Donner un mandat', 'Give a mandate'),
  show: ({ bodies }, { say }) => html`<p class="lead">${bodies.length === 0 ? say('Aucun organisme de contrôle n’est encore connu : l’opérateur l’inscrit d’abord.', 'No auditing body is known yet: the operator registers it first.')
    : say('L’organisme lira ce que vous choisissez ici, pendant ces jours, et chaque lecture laissera une trace.', 'The body will read what you choose here, on these days, and each reading will leave a trace.')}</p>`,
  forms: (choices, visit) => (choices.bodies.length === 0 ? [] : [form(choices, visit)]),
};

/** Who may not read the payers gets no choice of them: the form is for others then. A service that is away is another thing. */
async function load(ask: Ask): Promise<Read<Choices>> {
  const orNone = <Item>(read: Read<readonly Item[]>): Read<readonly Item[]> =>
    (!read.ok && read.status === 403 ? { ok: true, value: [] } : read);
  const [bodies, programmes, payers] = await Promise.all([
    allOf(ask, '/identity/auditing-bodies?limit=200', body), allOf(ask, '/issuance/programmes?limit=200', programme).then(orNone),
    allOf(ask, '/issuance/payers?limit=200', payer).then(orNone),
  ]);
  if (!bodies.ok) return bodies;
  if (!programmes.ok) return programmes;
  if (!payers.ok) return payers;
  return { ok: true, value: { bodies: bodies.value, programmes: programmes.value, payers: payers.value } };
}

function form({ bodies, programmes, payers }: Choices, { say, person: { organisation: { kind } } }: SignedInVisit): DecisionForm {
  const ofPayer = kind === 'payer';
  return {
    step: 'give', title: say('Qui peut voir quoi', 'Who may see what'), filled: true, roles: ofPayer ? ['payer'] : ['operator'],
    says: ofPayer ? say('Le mandat vaut tout de suite, pour ce que vous financez et rien d’autre. Vous pouvez le terminer à tout moment.', 'The mandate counts at once, for what you pay for and nothing else. You may end it at any moment.')
      : say('Rien ne s’ouvre avant qu’une autre personne confirme, avec un code.', 'Nothing opens before somebody else confirms it, with a code.'),
    fields: [
      { name: 'organisationId', kind: 'choice', label: say('Organisme de contrôle', 'Auditing body'), choices: bodies.map(({ organisationId, name }) => [organisationId, name] as const) },
      { name: 'programmeId', kind: 'choice', label: say('Programme', 'Programme'),
        choices: [[ALL, say('Tous les programmes', 'All programmes')], ...programmes.map(({ programmeId, name }) => [programmeId, name] as const)] },
      ...(ofPayer ? [] : [{ name: 'payerId', kind: 'choice' as const, label: say('Financeur', 'Payer'),
        choices: [[ALL, say('Tous les financeurs', 'All payers')] as const, ...payers.map(({ payerId, name }) => [payerId, name] as const)] }]),
      { name: 'from', kind: 'day', optional: true, label: say('Premier jour', 'First day'), hint: say('Vide : aujourd’hui.', 'Empty: today.') },
      { name: 'days', kind: 'whole', label: say('Nombre de jours', 'Number of days'), hint: say('Trois ans au plus : 1 096.', 'Three years at most: 1,096.') },
      { name: 'purpose', kind: 'long', max: 500, label: say('Pourquoi ?', 'Why?'), hint: say('L’organisme le lit.', 'The body reads it.') },
    ],
    button: ofPayer ? say('Donner le mandat', 'Give the mandate') : say('Proposer le mandat', 'Propose the mandate'),
    send: (values) => ({ path: ofPayer ? '/identity/payer-mandates' : '/identity/mandates', body: asked(values, ofPayer) }),
    then: (answer) => `/mandates/${made.parse(answer).mandateId}`,
  };
}

function asked({ organisationId, programmeId, payerId, from, days, purpose }: Values, ofPayer: boolean): object {
  const named = (id: Values[string]) => (id === ALL ? [] : [id]);
  return {
    organisationId, days, purpose, programmeIds: named(programmeId),
    ...(from !== undefined && { from }), ...(!ofPayer && { payerIds: named(payerId) }),
  };
}
