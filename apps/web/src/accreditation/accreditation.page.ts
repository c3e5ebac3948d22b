// May we take vouchers? What is done and what is left to do, what was decided of the place and how to appeal, and every
// version by its days.
import { uuidv7 } from 'uuidv7';
import type { MeasureReason } from '#libs/contracts';
import { headline, missingPart, part, section, table } from '../components.js';
import { eveningBefore } from '../departures/departures.data.js';
import { departuresPart } from '../departures/departures.section.js';
import { day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { OwnPlace } from '../place-sheet/own-place.data.js';
import { serviceName } from '../service-choice.js';
import { pill, status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { accreditationRefusal } from './accreditation-refusals.js';
import type { Appeal, Application, Measure, Standing, Terms } from './accreditation.data.js';
import { hasLeft, isInForce, tasksOf, type Task } from './tasks.js';

export function accreditationPage(visit: SignedInVisit, standing: Standing, today: string, refused?: string): Html {
  const { say } = visit;
  const title = say('Agrément', 'Accreditation');
  const { place, applications, measures, appeals, terms } = standing;
  const isUnknown = !place.ok && place.code === 'place_not_registered';
  return signedInPage(visit, title, html`<h1>${title}</h1>
${refused !== undefined && html`<div class="notice no" role="alert">${icon('refused')}<p>${accreditationRefusal(refused, say)}</p></div>`}
${isUnknown ? headline(say('Pas encore', 'Not yet'), accreditationRefusal('place_not_found', say)) : part(place, say, title, (found) => answer(visit, found, measures.ok ? measures.value : [], today))}
${taskList(visit, tasksOf(standing, today))}
${section(measures, say, say('Décisions sur votre lieu', 'Decisions about your place'), (found) => measureList(visit, found, appeals.ok ? appeals.value : []))}
${place.ok && html`<section class="section" id="apply"><h2>${say('Demandes d’agrément', 'Applications for accreditation')}</h2>${
    applications.ok ? applicationList(visit, applications.value, place.value, appeals.ok ? appeals.value : []) : missingPart(say, say('Demandes', 'Applications'), applications)}</section>`}
${section(terms, say, say('Convention de compensation des frais', 'Agreement on netting fees'), (found) => netting(visit, found, standing.acceptances.ok ? standing.acceptances.value : []))}
${place.ok && html`<div id="leave">${section(standing.departures, say, say('Quitter un programme', 'Leave a programme'), (found) => departuresPart(visit, found, place.value))}</div>`}
${place.ok && html`<section class="section"><h2>${say('Versions de l’agrément, de la plus récente', 'Versions of the accreditation, newest first')}</h2>${versions(visit, place.value, today)}</section>`}`);
}

const isOpen = ({ from, until }: Measure, today: string): boolean => from <= today && (until === null || until > today);

function answer({ say, language }: SignedInVisit, { accreditations }: OwnPlace, measures: readonly Measure[], today: string): Html {
  if (measures.some((one) => isOpen(one, today) && one.ends.length === 0)) {
    return headline(say('Non, suspendu ou retiré', 'No, suspended or withdrawn'), say('Une décision de l’opérateur est en vigueur. Lisez-la plus bas ; vous pouvez la contester.', 'A decision of the operator is in force. Read it below; you may appeal.'));
  }
  const inForce = accreditations.filter((one) => isInForce(one, today));
  if (inForce.length === 0 && hasLeft({ accreditations }, today)) {
    return headline(say('Non, vous êtes parti', 'No, you have left'), say('Votre lieu a quitté ses programmes par lui-même. Pour revenir, déposez une demande d’agrément.', 'Your place has left its programmes by itself. To return, submit an application for accreditation.'));
  }
  if (inForce.length === 0) return headline(say('Pas encore', 'Not yet'), say('Votre lieu n’est agréé pour aucun programme aujourd’hui.', 'Your place is accredited for no programme today.'));
  const until = inForce.map(({ to, leavesFrom }) => (leavesFrom === null ? to : eveningBefore(leavesFrom))).sort()[0]!;
  return headline(say('Oui', 'Yes'), say(`Votre lieu peut encaisser des chèques, au moins jusqu’au ${day(until, language)}.`, `Your place may take vouchers, until ${day(until, language)} at least.`));
}

export const taskWords = ({ say }: SignedInVisit): Readonly<Record<Task['name'], string>> => ({
  siret: say('SIRET, connu de l’opérateur', 'SIRET, known to the operator'), accreditation: say('Agrément pour un programme', 'Accreditation for a programme'),
  account: say('Compte bancaire', 'Bank account'), netting: say('Convention de compensation des frais', 'Agreement on netting fees'),
  renewal: say('Renouvellement de l’agrément', 'Renewal of the accreditation'),
});

function taskList(visit: SignedInVisit, tasks: readonly Task[]): Html {
  const { say } = visit;
  const words = taskWords(visit);
  const states: Readonly<Record<Task['state'], Html>> = {
    done: pill('ok', say('Fait', 'Done')), to_do: pill('wait', say('À faire', 'To do')), later: pill('mute', say('Pas encore utile', 'Not needed yet')), unknown: pill('mute', say('Inconnu', 'Unknown')),
  };
  return html`<section class="section"><h2>${say('Ce qu’il faut', 'What is needed')}</h2><ul class="lines">${tasks.map(({ name, state, href }) => html`<li><span class="what">${
    state === 'to_do' && href !== undefined ? html`<a class="target" href="${href}">${words[name]}</a>` : words[name]}</span>${states[state]}</li>`)}</ul></section>`;
}

const REASONS: Readonly<Record<MeasureReason, readonly [french: string, english: string]>> = {
  fraud_suspected: ['fraude soupçonnée', 'fraud suspected'], conditions_not_met: ['conditions non remplies', 'conditions not met'],
  documents_missing: ['documents manquants', 'documents missing'], not_reachable: ['lieu injoignable', 'place not reachable'],
  place_closed: ['lieu fermé', 'place closed'], asked_by_place: ['à votre demande', 'as you asked'], other: ['autre raison', 'another reason'],
};

function measureList(visit: SignedInVisit, measures: readonly Measure[], appeals: readonly Appeal[]): Html {
  const { say, language } = visit;
  if (measures.length === 0) return html`<p class="empty">${say('Aucune suspension, aucun retrait.', 'No suspension, no withdrawal.')}</p>`;
  return html`<ul class="lines">${measures.map((measure) => {
    const { measureId, kind, from, until, reason, explanation, ends } = measure;
    return html`<li class="tall"><span class="what grow"><b>${kind === 'suspension' ? say('Suspension', 'Suspension') : say('Retrait', 'Withdrawal')} ${say('à partir du', 'from')} ${day(from, language)}${
      until !== null && html`, ${say('jusqu’au', 'until')} ${day(until, language)}`}</b>${say(...REASONS[reason])} – ${explanation}${
      ends.length > 0 && html`<br>${pill('ok', say('Terminée', 'Ended'))}`}${appealPart(visit, { kind: 'measure', id: measureId }, appeals)}</span></li>`;
  })}</ul>`;
}

/** Against a decision: what was said and answered, or the form. */
function appealPart({ say, language }: SignedInVisit, { kind, id }: Readonly<{ kind: 'measure' | 'refusal'; id: string }>, appeals: readonly Appeal[]): Html {
  const stated = appeals.find(({ decisionId }) => decisionId === id);
  if (stated) {
    const outcome = stated.outcome === null ? say(`Contestée. Réponse avant le ${day(stated.answerDue, language)}.`, `Appealed. An answer by ${day(stated.answerDue, language)}.`)
      : stated.outcome === 'upheld' ? say('Contestation acceptée : la décision est annulée.', 'Appeal upheld: the decision is undone.') : say('Contestation rejetée.', 'Appeal rejected.');
    return html`<br>${outcome} ${stated.reasons}`;
  }
  return html`<details class="undo"><summary>${say('Contester', 'Appeal')}</summary><form method="post" action="/accreditation/appeals"><input type="hidden" name="key" value="${uuidv7()}">
<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="id" value="${id}"><div class="field"><label for="grounds-${id}">${say('Pourquoi elle est fausse', 'Why it is wrong')}</label>
<textarea class="prose" id="grounds-${id}" name="grounds" rows="4" required maxlength="4000"></textarea><p class="hint">${say('Une autre personne que celle qui a décidé répond dans les 30 jours. La décision tient jusque-là.', 'Another person than the one who decided answers within 30 days. The decision stands until then.')}</p></div>
<p class="field"><button class="button">${say('Envoyer la contestation', 'Send the appeal')}</button></p></form></details>`;
}

const WRITTEN_IN = ['draft', 'more_info', 'provisional'];

function applicationList(
  visit: SignedInVisit, applications: readonly Application[], { openProgrammes, accreditations }: OwnPlace, appeals: readonly Appeal[],
): Html {
  const { say, language } = visit;
  const named = [...openProgrammes, ...accreditations];
  const nameOf = (programmeId: string) => named.find((one) => one.programmeId === programmeId)?.programmeName ?? programmeId;
  const list = applications.length === 0 ? html`<p class="empty">${say('Aucune demande encore.', 'No application yet.')}</p>` : html`<ul class="lines">${applications.map(({ applicationId, programmeId, state, createdAt, score, steps }) => {
    const refusal = steps.findLast(({ step }) => step === 'refused');
    const explained = steps.findLast(({ explanation }) => explanation !== null);
    return html`<li class="tall"><span class="what grow"><b><a href="/accreditation/applications/${applicationId}">${nameOf(programmeId)}</a></b>${say('Commencée le', 'Begun on')} ${moment(createdAt, language)} · ${
      score.points}/${score.pointsMax} ${say('points, il en faut', 'points, needed:')} ${score.threshold}${explained && html`<br>${explained.explanation}`}${
      refusal && appealPart(visit, { kind: 'refusal', id: refusal.stepId }, appeals)}</span>${status(state, say)}</li>`;
  })}</ul>`;
  const open = openProgrammes.filter(({ programmeId }) => !applications.some((one) => one.programmeId === programmeId && [...WRITTEN_IN, 'submitted', 'under_review'].includes(one.state)));
  return html`${list}${open.length > 0 && html`<form method="post" action="/accreditation/applications"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="programmeId">${say('Programme', 'Programme')}</label><select id="programmeId" name="programmeId">${open.map(({ programmeId, programmeName }) => html`<option value="${programmeId}">${programmeName ?? programmeId}</option>`)}</select></div>
<p class="field"><button class="button">${say('Commencer une demande', 'Begin an application')}</button></p></form>`}`;
}

function netting(
  visit: SignedInVisit, [latest]: readonly Terms[], acceptances: readonly Readonly<{ version: number; acceptedAt: string }>[],
): Html {
  const { say, language, person } = visit;
  if (!latest) return html`<p class="empty">${say('Aucune convention n’est publiée : les frais sont retenus comme convenu avec l’opérateur.', 'No agreement is published: fees are kept as was agreed with the operator.')}</p>`;
  const accepted = acceptances.find(({ version }) => version === latest.version);
  const text = html`<details><summary>${say(`Lire la version ${latest.version}, du ${day(latest.from, language)}`, `Read version ${latest.version}, of ${day(latest.from, language)}`)}</summary><p class="lead prose">${latest.text}</p><p class="small quiet">SHA-256 <code>${latest.sha256.slice(0, 16)}…</code></p></details>`;
  if (accepted) return html`<p id="netting">${pill('ok', say('Acceptée', 'Accepted'))} ${moment(accepted.acceptedAt, language)}</p>${text}`;
  return html`<p id="netting">${say('Si vous l’acceptez, les frais sont retenus sur vos relevés. Sinon, vous êtes payé sans eux, et ils vous sont facturés à part.',
    'If you accept it, fees are kept of your statements. If not, you are paid without them, and they are billed to you apart.')}</p>${text}
${person.organisation.roles.includes('manager') && html`<form method="post" action="/accreditation/netting"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="version" value="${latest.version}"><input type="hidden" name="sha256" value="${latest.sha256}">
<p class="field"><button class="button filled">${say(`Accepter la version ${latest.version} de la convention`, `Accept version ${latest.version} of the agreement`)}</button></p></form>`}`;
}

function versions(visit: SignedInVisit, { accreditations }: OwnPlace, today: string): Html {
  const { say, language } = visit;
  if (accreditations.length === 0) return html`<p class="empty">${say('Aucun agrément encore.', 'No accreditation yet.')}</p>`;
  const stateOf = (one: OwnPlace['accreditations'][number]) => (!one.isLatest ? 'replaced' : one.from > today ? 'to_come' : isInForce(one, today) ? 'in_force' : 'past');
  return table(say('Versions', 'Versions'), [
    { head: say('Programme', 'Programme'), cell: ({ programmeName, programmeId, accreditationVersion }: OwnPlace['accreditations'][number]) => html`${programmeName ?? programmeId} <small>n° ${accreditationVersion}</small>` },
    { head: say('État', 'State'), cell: (one) => status(stateOf(one), say) },
    { head: say('Du', 'From'), cell: ({ from }) => day(from, language) }, { head: say('Au', 'To'), cell: ({ to }) => day(to, language) },
    { head: say('Services', 'Services'), cell: ({ services }) => (services.length === 0 ? say('Tous', 'All') : services.map((code) => serviceName(code, visit)).join(', ')) },
    { head: say('Décidé le', 'Decided'), cell: ({ decidedAt }) => moment(decidedAt, language) },
  ], accreditations);
}
