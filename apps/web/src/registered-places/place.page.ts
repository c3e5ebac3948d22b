// One place: what it is accredited for, what was decided against it and why, what it appealed against, and the decisions that are open.
import { z } from 'zod';
import { headline, section, table } from '../components.js';
import type { Ask, DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { allOf, oneOf } from '../decisions/one-of.js';
import { person } from '../decisions/timeline.js';
import { count, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { choicesOf, MEASURE_KINDS, MEASURE_REASONS, wordOf } from '../operator/words.js';
import { serviceName } from '../service-choice.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { departure, type Departure } from '../departures/departures.data.js';
import { appealForms, appealsTable, appeal, type Appeal } from './appeals.js';
import { departuresTable } from './departures.js';
import { place, type Place } from './places.list.js';

const measure = z.object({
  measureId: z.string(), programmeId: z.string(), kind: z.string(), from: z.string(), until: z.string().nullable(), reason: z.string(),
  explanation: z.string(), decidedAt: z.string(),
  decidedBy: z.string().nullable(), ends: z.array(z.object({ how: z.string(), from: z.string(), explanation: z.string().nullable() })),
});
type Measure = z.output<typeof measure>;
type View = Readonly<{
  place: Place; measures: Read<readonly Measure[]>; appeals: Read<readonly Appeal[]>; departures: Read<readonly Departure[]>;
}>;
const ENDS = { reinstated: ['réintégré', 'reinstated'], overturned: ['recours accepté', 'appeal upheld'], accredited_again: ['agréé de nouveau', 'accredited again'] } as const;

async function load(ask: Ask, id: string): Promise<Read<View>> {
  const [found, measures, appeals, departures] = await Promise.all([
    oneOf(ask, `/redemption/places?limit=1&placeId=${id}`, place), allOf(ask, `/redemption/measures?limit=100&placeId=${id}`, measure), allOf(ask, `/redemption/appeals?limit=100&placeId=${id}`, appeal),
    allOf(ask, `/redemption/departures?limit=100&placeId=${id}`, departure),
  ]);
  return found.ok ? { ok: true, value: { place: found.value, measures, appeals, departures } } : found;
}

const standing = ({ measures }: View): readonly Measure[] => (measures.ok ? measures.value.filter(({ ends }) => ends.length === 0) : []);

export const placePage: DecisionPage<View> = {
  route: 'registered-places/:id', prefix: 'plc', load, back: ({ say }) => ({ href: '/registered-places', word: say('Lieux', 'Places') }), title: ({ place: { name } }) => name,
  show, forms: (view, visit) => [...(view.appeals.ok ? appealForms(view.appeals.value, visit) : []), ...measureForms(view, visit)],
};

function show(view: View, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const { place: { street, postalCode, commune, siret, accreditations }, measures, appeals, departures } = view;
  const against = standing(view);
  return html`${against.length > 0 ? headline(wordOf(MEASURE_KINDS, against[0]!.kind, say), against[0]!.explanation)
    : headline(count(accreditations.length, language), say('agréments, aucune mesure en vigueur.', 'accreditations, no measure in force.'))}
<p class="quiet field">${[street, postalCode, commune].filter((one) => one !== null).join(', ')}${siret && ` · SIRET ${siret}`}</p>
<section class="section"><h2>${say('Agréments', 'Accreditations')}</h2>${accreditations.length === 0 ? html`<p class="empty">${say('Aucun : ce lieu ne prend pas de chèques.', 'None: this place takes no vouchers.')}</p>` : table(say('Agréments', 'Accreditations'), [
    { head: say('Programme', 'Programme'), cell: ({ programmeId, accreditationVersion }: Place['accreditations'][number]) => html`<a href="/programmes/${programmeId}">${shortId(programmeId)}</a> v${accreditationVersion}` },
    { head: say('Du', 'From'), cell: ({ from }) => day(from, language) }, { head: say('Au', 'To'), cell: ({ to }) => day(to, language) },
    { head: say('Services', 'Services'), cell: ({ services }) => (services.length === 0 ? say('tous', 'all') : services.map((one) => serviceName(one, visit)).join(', ')) },
  ], accreditations)}</section>
${section(measures, say, say('Mesures, la plus récente d’abord', 'Measures, the newest first'), (found) => (found.length === 0 ? html`<p class="empty">${say('Aucune.', 'None.')}</p>` : table(say('Mesures', 'Measures'), [
    { head: say('Mesure', 'Measure'), cell: ({ kind, ends }: Measure) => html`${wordOf(MEASURE_KINDS, kind, say)} ${ends.length === 0 ? pill('no', say('En vigueur', 'In force')) : pill('mute', ends.map(({ how }) => wordOf(ENDS, how, say)).join(', '))}` },
    { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) }, { head: say('Pourquoi', 'Why'), cell: ({ reason, explanation }) => html`${wordOf(MEASURE_REASONS, reason, say)}<br><span class="quiet">${explanation}</span>` },
    { head: say('Qui', 'Who'), cell: ({ decidedAt, decidedBy }) => html`${moment(decidedAt, language)} ${decidedBy && person(decidedBy)}` },
  ], found)))}
${section(departures, say, say('Départs, du plus récent', 'Departures, newest first'), (found) => departuresTable(visit, found))}
${section(appeals, say, say('Recours', 'Appeals'), (found) => appealsTable(visit, found))}`;
}

function measureForms(view: View, visit: SignedInVisit): readonly DecisionForm[] {
  const { say } = visit;
  const { place: { placeId, accreditations } } = view;
  const explanation = { name: 'explanation', kind: 'long' as const, max: 500, label: say('Explication', 'Explanation'), hint: say('Le lieu la lit, et peut contester.', 'The place reads it, and may appeal.') };
  const reason = [
    { name: 'reason', kind: 'choice' as const, label: say('Motif', 'Reason'), choices: choicesOf(MEASURE_REASONS)(visit) }, explanation,
    { name: 'from', kind: 'day' as const, optional: true as const, label: say('À partir du', 'From'), hint: say('Vide : aujourd’hui.', 'Empty: today.') },
  ];
  const isSuspended = standing(view).some(({ kind }) => kind === 'suspension');
  const form = (step: string, title: string, says: string, fields: DecisionForm['fields'], button: string): DecisionForm =>
    ({ step, title, says, fields, button, roles: ['operator'], send: (values) => ({ path: `/redemption/places/${placeId}/${step}`, body: values }) });
  return [
    ...(isSuspended ? [form('reinstatements', say('Réintégrer', 'Reinstate'), say('Dès aujourd’hui le lieu encaisse de nouveau ; ce qui a été refusé le reste.', 'From today on the place redeems again; what was refused stays so.'), [explanation], say('Réintégrer ce lieu', 'Reinstate this place'))] : []),
    ...(accreditations.length === 0 ? [] : [
      ...(isSuspended ? [] : [form('suspensions', say('Suspendre', 'Suspend'), say('Les services à partir de ce jour sont refusés ; ceux d’avant sont pris 30 jours encore, et mis en attente.', 'Services from that day on are refused; those of before are taken for 30 days, and held.'), reason, say('Suspendre ce lieu', 'Suspend this place'))]),
      form('withdrawals', say('Retirer l’agrément', 'Withdraw the accreditation'), say('Seul un nouvel agrément ou un recours y met fin.', 'Only another accreditation or an appeal ends it.'), reason, say('Retirer l’agrément de ce lieu', 'Withdraw the accreditation of this place')),
    ]),
  ];
}
