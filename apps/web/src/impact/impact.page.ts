// What services came to. Facts are counted; estimates are ranges with a coefficient, its source and its year, which the reader may
// reject and see the difference. They are never added up: they count the same services from four sides.
import { headline, missingPart, part, table } from '../components.js';
import { amount, count, counted } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Problem, Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { Asked, Impact, Programme, Result } from './impact.data.js';
import { COEFFICIENT_NAMES, coefficientText, measureText, rangeText, UNKNOWN } from './impact-words.js';

export function impactPage(visit: SignedInVisit, programmes: Read<readonly Programme[]>, asked: Asked, read: Read<Impact> | null): Html {
  const { say } = visit;
  const title = say('Impact', 'Impact');
  const found = read?.ok ? read.value : null;
  return signedInPage(visit, title, html`<h1>${title}</h1>
${found && answer(visit, found, asked)}
${part(programmes, say, say('Programmes', 'Programmes'), (list) => (list.length === 0
    ? html`<p class="empty">${say('Ici se lira ce que vos chèques ont permis, une fois un programme ouvert.', 'Here you will read what your vouchers made possible, once a programme is open.')}</p>`
    : choice(visit, list, asked, found)))}
${read && !read.ok && refused(visit, title, read)}${found && shown(visit, found)}`);
}

function refused({ say }: SignedInVisit, title: string, problem: Problem): Html {
  if (problem.code === 'programme_not_paid_for') return html`<div class="notice wait" role="status">${icon('clock')}<p>${say('Vous ne financez pas ce programme. Choisissez-en un autre.', 'You do not pay for this programme. Choose another one.')}</p></div>`;
  if (problem.status === 400) return html`<div class="notice no" role="alert">${icon('refused')}<p>${say('La période n’est pas bonne : du premier au dernier mois, deux ans au plus.', 'The period is not right: from the first to the last month, two years at most.')}</p></div>`;
  return missingPart(say, title, problem);
}

function answer({ say, language }: SignedInVisit, { facts }: Impact, { from, to }: Asked): Html {
  const period = say(`de ${from} à ${to}`, `from ${from} to ${to}`);
  if (!facts) return headline(say('Inconnu', 'Unknown'), say(`Un mois de la période n’est pas fini, ou compte moins de cinq personnes (${period}).`, `A month of the period is not over, or has fewer than five people (${period}).`));
  return headline(counted(facts.redemptions, language, [say('service rendu', 'service rendered'), say('services rendus', 'services rendered')]),
    say(`à au moins ${count(facts.people, language)} personnes, dans ${count(facts.places, language)} lieux, ${period}.`, `to at least ${count(facts.people, language)} people, in ${count(facts.places, language)} places, ${period}.`));
}

function choice({ say }: SignedInVisit, programmes: readonly Programme[], asked: Asked, found: Impact | null): Html {
  const { programmeId, from, to, rejected } = asked;
  const used = (found?.results ?? []).flatMap(({ coefficient }) => (coefficient ? [coefficient.code] : []));
  return html`<form method="get" action="/impact" class="section"><div class="said">
<div class="field"><label for="programmeId">${say('Programme', 'Programme')}</label><select id="programmeId" name="programmeId">${programmes.map((one) =>
    html`<option value="${one.programmeId}" ${one.programmeId === programmeId && html`selected`}>${one.name}</option>`)}</select></div>
<div class="field"><label for="from">${say('Premier mois', 'First month')}</label><input id="from" name="from" type="month" value="${from}"></div>
<div class="field"><label for="to">${say('Dernier mois', 'Last month')}</label><input id="to" name="to" type="month" value="${to}"></div></div>
${used.length > 0 && html`<fieldset class="field choices"><legend>${say('Je n’accepte pas ces coefficients', 'I reject these coefficients')}</legend>${used.map((code) =>
    html`<label class="tick"><input type="checkbox" name="reject" value="${code}" ${rejected.includes(code) && html`checked`}>${say(...COEFFICIENT_NAMES[code])}</label>`)}</fieldset>`}
<p class="field"><button class="button">${say('Afficher', 'Show')}</button></p></form>`;
}

function shown(visit: SignedInVisit, { facts, results }: Impact): Html {
  const { say } = visit;
  return html`${facts && html`<section class="section"><h2>${say('Ce qui est compté', 'What is counted')}</h2>${factLines(visit, facts)}</section>`}
<section class="section"><h2>${say('Ce qui est estimé', 'What is estimated')}</h2>
<p class="quiet">${say('Quatre regards sur les mêmes services : ils ne s’additionnent pas.', 'Four sides of the same services: they do not add up.')}</p>
${table(say('Estimations', 'Estimates'), [
    { head: say('Mesure', 'Measure'), cell: ({ measure }: Result) => measureText(visit, measure) },
    { head: say('Estimation', 'Estimate'), cell: (result) => estimated(visit, result) },
    { head: say('Coefficient', 'Coefficient'), cell: ({ coefficient }) => (coefficient ? coefficientText(visit, coefficient, coefficient) : '–') },
  ], results)}</section>`;
}

function factLines({ say, language }: SignedInVisit, facts: NonNullable<Impact['facts']>): Html {
  const unknown = say('Inconnu', 'Unknown');
  const hours = facts.minutes === null ? unknown : say(
    `${count(Math.round(facts.minutes / 60), language)} (déclarées pour ${count(facts.redemptionsWithMinutes, language)} sur ${count(facts.redemptions, language)})`,
    `${count(Math.round(facts.minutes / 60), language)} (declared for ${count(facts.redemptionsWithMinutes, language)} of ${count(facts.redemptions, language)})`);
  const lines: readonly (readonly [string, Piece])[] = [
    [say('Encaissé par les lieux', 'Redeemed by places'), amount(facts.redeemedCents, language)], [say('Heures de service', 'Hours of service'), hours],
    [say('Personnes, au moins', 'People, at least'), count(facts.people, language)],
    [say('Premières visites', 'First visits'), facts.firstVisits === null ? unknown : count(facts.firstVisits, language)],
    [say('Ateliers', 'Workshops'), count(facts.workshops, language)], [say('Sortes de services', 'Kinds of services'), count(facts.services, language)],
    [say('Lieux', 'Places'), count(facts.places, language)], [say('Communes', 'Communes'), count(facts.communes, language)],
  ];
  return html`<dl class="lines">${lines.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function estimated(visit: SignedInVisit, { measure, estimate, unknown, withRejected }: Result): Html {
  const { say } = visit;
  if (estimate) return rangeText(visit, measure, estimate);
  return html`${say(...(UNKNOWN[unknown ?? ''] ?? ['Inconnu', 'Unknown']))}${withRejected && html`<div class="small quiet">${say('Avec lui : ', 'With it: ')}${rangeText(visit, measure, withRejected)}</div>`}`;
}
