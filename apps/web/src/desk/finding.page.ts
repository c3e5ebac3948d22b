// A finding with all that was written, the same page for both sides; each side has the forms that are its own.
import { uuidv7 } from 'uuidv7';
import { headline, part, table } from '../components.js';
import { day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { Finding } from './desk.data.js';
import { addresseeName, choices, findingPill, outcomeName, refusedNotice, severityName } from './desk-words.js';

const isAuditor = ({ person }: SignedInVisit): boolean => person.organisation.kind === 'auditor';

/** Of whom findings are addressed to; an auditor has the desk. */
export function findingsPage(visit: SignedInVisit, findings: Read<readonly Finding[]>): Html {
  const { say } = visit;
  const title = say('Constats', 'Findings');
  return signedInPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Ce que des auditeurs ont constaté et vous demandent.', 'What auditors found and ask you about.')}</p>
${part(findings, say, title, (found) => findingTable(visit, found))}`);
}

export function findingTable({ say, language }: SignedInVisit, findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`<p class="empty">${say('Aucun constat.', 'No finding.')}</p>`;
  return table(say('Constats', 'Findings'), [
    { head: say('Constat', 'Finding'), cell: ({ findingId, title }: Finding) => html`<a href="/findings/${findingId}">${title}</a>` },
    { head: say('État', 'State'), cell: ({ state }) => findingPill(state, say) },
    { head: say('Gravité', 'Severity'), cell: ({ severity }) => severityName(severity, say) },
    { head: say('À', 'To'), cell: ({ addressee }) => addresseeName(addressee.kind, say) },
    { head: say('Réponse jusqu’au', 'Reply until'), cell: ({ replyDue }) => day(replyDue, language) },
  ], findings);
}

export function findingPage(visit: SignedInVisit, finding: Finding, refused?: string): Html {
  const { say, language } = visit;
  const { state, outcome, severity, replyDue, addressee } = finding;
  const answer = state === 'closed' ? outcomeName(outcome ?? '', say) : state === 'replied' ? say('Répondu', 'Replied') : say('Attend une réponse', 'Waits for a reply');
  const back = isAuditor(visit) ? html`<a href="/desk">${say('Bureau de contrôle', 'Auditor’s desk')}</a>` : html`<a href="/findings">${say('Constats', 'Findings')}</a>`;
  return signedInPage(visit, finding.title, html`<p class="small">${back}</p><h1>${finding.title}</h1>
${refusedNotice(refused, say)}
${headline(answer, html`${severityName(severity, say)}. ${say('Réponse demandée jusqu’au', 'A reply is asked for until')} ${day(replyDue, language)}.`)}
<div class="two"><div><section class="section"><h2>${say('Ce qui est écrit', 'What is written')}</h2>
${entry(say('Constat', 'Finding'), finding.observation, html`${moment(finding.raisedAt, language)}, ${say('à', 'to')} ${addresseeName(addressee.kind, say)}`)}
${finding.steps.map((step) => entry(stepName(step, visit), step.text, html`${moment(step.at, language)}, <code title="${step.by}">${shortId(step.by)}</code>`))}
${finding.eventId && isAuditor(visit) && html`<p class="small"><a href="/events/one/${finding.eventId}">${say('L’élément dont il s’agit', 'The item that it is about')}</a></p>`}
${finding.eventId && !isAuditor(visit) && html`<p class="small">${say('Élément', 'Item')} <code>${finding.eventId}</code></p>`}</section></div>
${state === 'closed' ? html`<aside class="panel"><p>${say('Ce constat est clos. Il reste lisible, et rien n’y change plus.', 'This finding is closed. It stays readable, and nothing of it changes.')}</p></aside>` : forms(visit, finding)}</div>`);
}

const entry = (title: Html | string, text: string, when: Html): Html =>
  html`<article class="section"><h3>${title}</h3>${text.split(/\n+/).map((paragraph) => html`<p>${paragraph}</p>`)}<p class="small quiet">${when}</p></article>`;

function stepName({ step, late, outcome }: Finding['steps'][number], { say }: SignedInVisit): string {
  if (step === 'replied') return late ? say('Réponse, après le jour demandé', 'Reply, after the day that was asked for') : say('Réponse', 'Reply');
  return step === 'noted' ? say('Suite de l’auditeur', 'The auditor goes on') : `${say('Clos', 'Closed')} : ${outcomeName(outcome ?? '', say)}`;
}

function forms(visit: SignedInVisit, { findingId }: Finding): Html {
  const { say } = visit;
  if (!isAuditor(visit)) {
    return html`<aside class="panel"><h2>${say('Votre réponse', 'Your reply')}</h2>${textForm(visit, `/findings/${findingId}/reply`, say('Envoyer la réponse', 'Send the reply'))}
<p class="small quiet">${say('Une réponse ne se modifie pas ; vous pouvez en écrire une autre. L’auditeur la lit, et elle reste à côté du constat.',
    'A reply is not edited; you can write another. The auditor reads it, and it stays beside the finding.')}</p></aside>`;
  }
  return html`<aside class="panel"><h2>${say('Suite', 'Go on')}</h2>${textForm(visit, `/findings/${findingId}/note`, say('Ajouter', 'Add'))}
<h2 class="section">${say('Clore', 'Close')}</h2>${textForm(visit, `/findings/${findingId}/close`, say('Clore le constat', 'Close the finding'), html`
<div class="field"><label for="outcome">${say('Issue', 'Outcome')}</label><select id="outcome" name="outcome">${choices('outcomes', say)}</select></div>`)}</aside>`;
}

/** The key is drawn with the form: sending it twice writes once. */
function textForm({ say }: SignedInVisit, action: string, press: string, more: Html | undefined = undefined): Html {
  const id = `text-${action.split('/').at(-1)}`;
  return html`<form method="post" action="${action}"><input type="hidden" name="key" value="${uuidv7()}">${more}
<div class="field"><label for="${id}">${say('Texte', 'Text')}</label><textarea class="prose" id="${id}" name="text" rows="5" required maxlength="4000"></textarea></div>
<p class="field"><button class="button filled">${press}</button></p></form>`;
}

/** `sampleId`: what it is about; the position is said in the form. */
export function raiseForm({ say }: SignedInVisit, { sampleId }: Readonly<{ sampleId?: string }> = {}): Html {
  return html`<details class="section"><summary>${say('Écrire un constat', 'Raise a finding')}</summary><form method="post" action="/findings">
<input type="hidden" name="key" value="${uuidv7()}">${sampleId && html`<input type="hidden" name="sampleId" value="${sampleId}">
<div class="field"><label for="position">${say('Numéro de l’élément (facultatif)', 'Number of the item (optional)')}</label><input id="position" name="position" type="number" min="1"></div>`}
<div class="field"><label for="finding-title">${say('Titre', 'Title')}</label><input id="finding-title" name="title" required maxlength="200"></div>
<div class="field"><label for="observation">${say('Ce qui est constaté', 'What was found')}</label><textarea class="prose" id="observation" name="observation" rows="5" required maxlength="4000"></textarea></div>
<div class="field"><label for="severity">${say('Gravité', 'Severity')}</label><select id="severity" name="severity">${choices('severities', say)}</select></div>
<div class="field"><label for="addressee">${say('Adressé à', 'Addressed to')}</label><input id="addressee" name="addressee" value="operator" required pattern="operator|(pyr|plc)_[0-9a-f\\-]{36}">
<p class="small quiet">${say('« operator », ou l’identifiant d’un financeur (pyr_…) ou d’un lieu (plc_…)', '"operator", or the id of a payer (pyr_…) or a place (plc_…)')}</p></div>
<div class="field"><label for="replyDue">${say('Réponse demandée jusqu’au', 'Reply asked for until')}</label><input id="replyDue" name="replyDue" type="date" required></div>
<p class="field"><button class="button filled">${say('Envoyer le constat', 'Send the finding')}</button></p></form></details>`;
}
