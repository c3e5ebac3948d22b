// When statements are due, programme by programme, and from which sum on.
import { z } from 'zod';
import { headline, table } from '../components.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { amount, count, day } from '../format.js';
import { html, type Html } from '../html.js';
import { choicesOf, FREQUENCIES, wordOf } from '../operator/words.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';

const rule = z.object({ version: z.int(), from: z.string(), frequency: z.string(), minimumCents: z.int(), waitDaysMax: z.int(),
  payDaysMax: z.int() });
const calendar = z.object({
  today: z.string(), lastClosedOn: z.string().nullable(),
  programmes: z.array(z.object({ programmeId: z.string(), name: z.string().nullable(), rule: rule.nullable(), isDue: z.boolean(),
  nextEnds: z.array(z.string()) })),
});
const carried = z.object({ payeeId: z.string(), legalName: z.string().nullable(), reason: z.string(), grossCents: z.int(),
  since: z.string(), nextEnd: z.string().nullable() });
type Programme = z.output<typeof calendar>['programmes'][number];
type Carried = z.output<typeof carried>;
type View = Readonly<{ calendar: z.output<typeof calendar>; carried: readonly Carried[] }>;
const REASONS = { not_due: ['pas encore échu', 'not due yet'], below_minimum: ['sous le minimum', 'below the minimum'], nothing_to_pay: ['rien à payer', 'nothing to pay'] } as const;

async function load(ask: Ask): Promise<Read<View>> {
  const [found, waiting] = await Promise.all([ask('/settlement/closing-calendar', calendar), allOf(ask, '/settlement/carry-overs?limit=200', carried)]);
  if (!found.ok) return found;
  return waiting.ok ? { ok: true, value: { calendar: found.value, carried: waiting.value } } : waiting;
}

export const closingRulesPage: DecisionPage<View> = {
  route: 'closing-rules', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/runs', word: say('Remboursements', 'Reimbursements') }),
  title: (_, { say }) => say('Arrêtés', 'Closings'),
  show,
  forms: ({ calendar: { programmes } }, visit) => [
    { step: 'close', title: visit.say('Arrêter maintenant', 'Close now'), roles: ['operator'], fields: [], filled: true,
      says: visit.say('Les lignes échues deviennent des relevés ; ce qui ne l’est pas est reporté, avec sa raison.', 'Lines that are due become statements; the others are carried over, with the reason.'),
      button: visit.say('Arrêter les relevés', 'Close statements'), send: () => ({ path: '/settlement/statement-closings', body: {} }), then: () => '/payee-statements' },
    {
      step: 'publish', title: visit.say('Publier une règle d’arrêté', 'Publish a closing rule'), roles: ['operator'],
      says: visit.say('Elle vaut à partir du jour donné ; les lieux la lisent avec leurs relevés.', 'It is for the day given and later; places read it with their statements.'),
      fields: [
        { name: 'programmeId', kind: 'choice', label: visit.say('Programme', 'Programme'), choices: programmes.map(({ programmeId, name }) => [programmeId, name ?? programmeId] as const) },
        { name: 'from', kind: 'day', label: visit.say('À partir du', 'From') },
        { name: 'frequency', kind: 'choice', label: visit.say('Rythme', 'How often'), choices: choicesOf(FREQUENCIES)(visit) },
        { name: 'minimumCents', kind: 'amount', label: visit.say('À partir de', 'From which sum on'), hint: visit.say('0 : dès le premier centime.', '0: from the first cent on.') },
        { name: 'waitDaysMax', kind: 'whole', optional: true, label: visit.say('Attente la plus longue sous ce montant, en jours', 'Longest wait below it, in days') },
        { name: 'payDaysMax', kind: 'whole', optional: true, label: visit.say('Délai de virement promis, en jours', 'Promised days until payment') },
      ],
      button: visit.say('Publier la règle', 'Publish the rule'), send: (values) => ({ path: '/settlement/closing-rules', body: values }),
    },
  ],
};

function show({ calendar: { programmes, lastClosedOn }, carried: waiting }: View, { say, language }: SignedInVisit): Html {
  const due = programmes.filter(({ isDue }) => isDue).length;
  return html`${headline(count(due, language), say(`programmes à arrêter aujourd’hui. Dernier arrêté : ${day(lastClosedOn, language)}.`, `programmes to close today. Last closing: ${day(lastClosedOn, language)}.`))}
<section class="section">${table(say('Règles d’arrêté', 'Closing rules'), [
    { head: say('Programme', 'Programme'), cell: ({ name, programmeId, isDue }: Programme) => html`${name ?? programmeId} ${isDue && pill('wait', say('Échu', 'Due'))}` },
    { head: say('Rythme', 'How often'), cell: ({ rule: held }) => (held === null ? say('Sur demande', 'On request') : html`${wordOf(FREQUENCIES, held.frequency, say)}<br><span class="quiet">v${held.version}, ${day(held.from, language)}</span>`) },
    { head: say('À partir de', 'From'), number: true, cell: ({ rule: held }) => (held === null ? '' : amount(held.minimumCents, language)) },
    { head: say('Viré sous', 'Paid within'), number: true, cell: ({ rule: held }) => held && say(`${held.payDaysMax} j`, `${held.payDaysMax} d`) },
    { head: say('Prochains arrêtés', 'Next closings'), cell: ({ nextEnds }) => nextEnds.slice(0, 3).map((one, index) => html`${index > 0 && ', '}${day(one, language)}`) },
  ], programmes)}</section>
<section class="section"><h2>${say('Reporté au prochain arrêté', 'Carried over')}</h2>${waiting.length === 0 ? html`<p class="empty">${say('Rien n’est reporté.', 'Nothing is carried over.')}</p>`
    : table(say('Reporté', 'Carried over'), [
      { head: say('Bénéficiaire', 'Payee'), cell: ({ payeeId, legalName }: Carried) => html`<a href="/payees/${payeeId}">${legalName ?? say('à compléter', 'to be completed')}</a>` },
      { head: say('Pourquoi', 'Why'), cell: ({ reason }) => wordOf(REASONS, reason, say) },
      { head: say('Depuis le', 'Since'), cell: ({ since }) => day(since, language) },
      { head: say('Prochain arrêté', 'Next closing'), cell: ({ nextEnd }) => day(nextEnd, language) },
      { head: say('Brut', 'Gross'), number: true, cell: ({ grossCents }) => amount(grossCents, language) },
    ], waiting)}</section>`;
}
