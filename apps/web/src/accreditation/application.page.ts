// One application: the questions, the documents by their digests, what it scores, and what became of it.
import { uuidv7 } from 'uuidv7';
import { headline } from '../components.js';
import { counted, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { accreditationRefusal } from './accreditation-refusals.js';
import type { ApplicationView, Questionnaire } from './accreditation.data.js';
import { shownFields, type TypedApplication } from './application-form.js';

export type RefusedApplication = Readonly<{ code: string; typed?: TypedApplication }>;
const WRITTEN_IN = ['draft', 'more_info', 'provisional'];
const SCRIPT = html`<script src="/assets/documents.js"></script>`;

export function applicationPage(visit: SignedInVisit, view: ApplicationView, refused?: RefusedApplication): Html {
  const { say, language } = visit;
  const { application: { state, score: { points, pointsMax, threshold, unanswered, eliminatedBy } } } = view;
  const title = say('Demande d’agrément', 'Application for accreditation');
  const missing = unanswered.length > 0 && html` ${counted(unanswered.length, language, [say('question sans réponse', 'question without an answer'), say('questions sans réponse', 'questions without an answer')])}.`;
  return signedInPage(visit, title, html`<p class="small"><a href="/accreditation">${say('Agrément', 'Accreditation')}</a></p><h1>${title} ${status(state, say)}</h1>
${refused && html`<div class="notice no" role="alert">${icon('refused')}<p>${accreditationRefusal(refused.code, say)}</p></div>`}
${headline(`${points} / ${pointsMax}`, html`${say(`points ; il en faut ${threshold}.`, `points; ${threshold} are needed.`)}${missing}${
    eliminatedBy.length > 0 && html` <b>${say('Une réponse exclut l’agrément.', 'An answer rules the accreditation out.')}</b>`}`)}
${WRITTEN_IN.includes(state) ? form(visit, view, refused?.typed) : answers(visit, view)}
${steps(visit, view)}`, null, { scripts: SCRIPT });
}

function form(visit: SignedInVisit, view: ApplicationView, typed: TypedApplication | undefined): Html {
  const { say } = visit;
  const { application: { applicationId }, questionnaire } = view;
  const held = shownFields(view, typed);
  return html`<form method="post" action="/accreditation/applications/${applicationId}" class="narrow section"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="submission" value="${uuidv7()}">
${questionnaire.questions.map(({ key, text, options }) => html`<fieldset class="field choices tall"><legend>${text}</legend>${options.map((option) => html`<label class="tick"><input type="radio" name="answer-${key}" value="${option.key}" ${
    held(`answer-${key}`) === option.key && html`checked`}>${option.text}</label>`)}</fieldset>`)}
${questionnaire.documents.map((kind) => documentFields(visit, kind, held))}
<p class="field"><button class="button" name="step" value="keep">${say('Garder le brouillon', 'Keep the draft')}</button></p>
<p class="field"><button class="button filled large" name="step" value="submit">${say('Déposer la demande', 'Submit the application')}</button></p></form>`;
}

function documentFields({ say }: SignedInVisit, kind: string, held: (name: string) => string): Html {
  const field = (name: 'name' | 'sha256' | 'bytes', word: string): Html => html`<div class="field"><label for="${name}-${kind}">${word}</label><input id="${name}-${kind}" name="${name}-${kind}" value="${held(`${name}-${kind}`)}"></div>`;
  return html`<fieldset class="field tall"><legend>${say('Document', 'Document')} <code>${kind}</code></legend>
<p class="hint">${say('Le fichier reste chez vous. La demande dit lequel c’était, par son empreinte.', 'The file stays with you. The application says which one it was, by its digest.')}</p>
<div class="field" data-script hidden><label for="file-${kind}">${say('Choisir le fichier', 'Choose the file')}</label><input id="file-${kind}" type="file" data-document="${kind}"></div>
${field('name', say('Nom du fichier', 'Name of the file'))}${field('sha256', say('Empreinte SHA-256', 'SHA-256 digest'))}${field('bytes', say('Taille en octets', 'Size in bytes'))}</fieldset>`;
}

const optionText = ({ questions }: Questionnaire, question: string, answer: string | undefined): string | undefined =>
  questions.find(({ key }) => key === question)?.options.find(({ key }) => key === answer)?.text;

function answers({ say }: SignedInVisit, { application, questionnaire }: ApplicationView): Html {
  return html`<section class="section"><h2>${say('Réponses', 'Answers')}</h2><dl class="lines">${questionnaire.questions.map(({ key, text }) => html`<div><dt>${text}</dt><dd>${
    optionText(questionnaire, key, application.answers[key]) ?? say('Sans réponse', 'No answer')}</dd></div>`)}${
    application.documents.map(({ kind, name }) => html`<div><dt>${kind}</dt><dd>${name}</dd></div>`)}</dl></section>`;
}

const STEPS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  submitted: ['Déposée', 'Submitted'], under_review: ['Prise en main par l’opérateur', 'Taken up by the operator'], reopened: ['Rouverte', 'Opened again'],
  more_info: ['Un complément est demandé', 'More is asked for'], provisional: ['Agréé pour un temps', 'Accredited for a while'], accredited: ['Agréé', 'Accredited'], refused: ['Refusée', 'Refused'],
};

function steps({ say, language }: SignedInVisit, { application }: ApplicationView): Html {
  return html`<section class="section"><h2>${say('Ce qui s’est passé, du plus ancien', 'What happened, oldest first')}</h2><ol class="timeline">${application.steps.map(({ step, explanation, takenAt }) => html`<li><b>${
    say(...STEPS[step] ?? [step, step])}</b><span class="quiet">${moment(takenAt, language)}${explanation !== null && html` – ${explanation}`}</span></li>`)}</ol></section>`;
}
