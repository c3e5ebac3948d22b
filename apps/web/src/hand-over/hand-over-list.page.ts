// Is my file right? First what the list would do, then one button that names it. Nothing is done before.
import { uuidv7 } from 'uuidv7';
import { part, table } from '../components.js';
import { count, counted, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Problem, Read } from '../services.js';
import { refusedNotice } from '../stock/distribution-refusals.js';
import type { SignedInVisit } from '../visit.js';
import { PUBLICS } from './hand-over.data.js';
import type { FaultRow, Taken, Trial } from './hand-over-list.data.js';
import { listWords, rowWords } from './hand-over-list.words.js';

const EXAMPLE = 'serial;commune;public\n';
const FAULTS_SHOWN_MAX = 200;

const rowsText = (value: number, { say, language }: SignedInVisit): string => counted(value, language, [say('ligne', 'row'), say('lignes', 'rows')]);

const frame = (visit: SignedInVisit, content: Html): Html => {
  const title = visit.say('Remettre par liste', 'Hand over by a list');
  return signedInPage(visit, title, html`<p class="small"><a href="/hand-over">${visit.say('Remettre', 'Hand over')}</a></p><h1>${title}</h1>${content}`);
};

/** `list` as it was typed; why it was not read. */
export function listPage(visit: SignedInVisit, list = EXAMPLE, problem?: Problem): Html {
  const { say } = visit;
  const words = problem && listWords(problem.code, say);
  return frame(visit, html`<div class="narrow">${problem && (words === undefined ? refusedNotice(visit, problem)
    : html`<div class="notice no" role="alert">${icon('refused')}<p>${words}</p></div>`)}
<form method="post" action="/hand-over/list/check" autocomplete="off"><div class="field"><label for="list">${say('Votre liste, copiée du tableur ou du fichier CSV', 'Your list, copied from the spreadsheet or CSV file')}</label>
<p class="hint" id="list-hint">${say('La première ligne nomme les colonnes : serial (numéro du carnet ou du chèque), puis si vous voulez commune (code INSEE), public, pathway. Jamais un nom, jamais le code secret.',
    'The first row names the columns: serial (number of the booklet or voucher), then if you like commune (INSEE code), public, pathway. Never a name, never the secret code.')}</p>
<textarea class="prose" id="list" name="list" rows="12" required maxlength="900000" spellcheck="false" aria-describedby="list-hint">${list}</textarea>
<p class="hint">${say('Public :', 'Public:')} ${Object.entries(PUBLICS).map(([value, names], index) => html`${index > 0 && ', '}<code>${value}</code> (${say(...names)})`)}.</p></div>
<p class="field"><button class="button filled large">${say('Vérifier la liste', 'Check the list')}</button></p>
<p class="small quiet">${say('Rien n’est remis à cette étape.', 'Nothing is handed over at this step.')}</p></form></div>`);
}

export function trialPage(visit: SignedInVisit, list: string, { read, imported, unchanged, refused, takenBefore, rows }: Trial): Html {
  const { say, language } = visit;
  const hidden = html`<textarea name="list" hidden aria-hidden="true">${list}</textarea>`;
  return frame(visit, html`<div class="headline"><strong>${rowsText(imported, visit)}</strong><p>${say(
    `à remettre, sur ${rowsText(read, visit)} lues. Rien n’est encore fait.`, `to hand over, of ${rowsText(read, visit)} read. Nothing is done yet.`)}</p></div>
<dl class="lines section"><div><dt>${say('Prêtes', 'Ready')}</dt><dd>${count(imported, language)}</dd></div><div><dt>${say('À corriger', 'To mend')}</dt><dd>${
    count(refused, language)}</dd></div><div><dt>${say('Déjà faites', 'Done already')}</dt><dd>${count(unchanged, language)}</dd></div></dl>
${imported > 0 && html`<form method="post" action="/hand-over/list"><input type="hidden" name="key" value="${uuidv7()}">${hidden}${takenBefore && html`<div class="notice wait">${icon('clock')}<p>${
    say('Cette même liste a été prise le', 'This very list was taken on')} ${moment(takenBefore.takenAt, language)}.</p></div>
<label class="tick"><input type="checkbox" name="again" value="true" required>${say('Je la veux une seconde fois', 'I mean it a second time')}</label>`}
<p class="field">${say('Ces carnets quitteront votre stock et serviront aussitôt. Les lignes à corriger ne sont pas prises.', 'These booklets will leave your stock and can be used at once. Rows to mend are not taken.')}</p>
<p class="field"><button class="button filled">${say(`Remettre ${rowsText(imported, visit)}`, `Hand ${rowsText(imported, visit)} over`)}</button></p></form>`}
${refused > 0 && html`<section class="section"><h2>${say('À corriger', 'To mend')}</h2>${faultTable(visit, rows.filter(({ outcome }) => outcome === 'refused'))}
<form method="post" action="/hand-over/list/faults.csv">${hidden}<p class="field"><button class="button">${say('Télécharger ces lignes (CSV)', 'Download these rows (CSV)')}</button></p></form></section>`}
<form method="post" action="/hand-over/list/change">${hidden}<p class="field"><button class="button ${imported === 0 && 'filled'}">${say('Corriger la liste', 'Mend the list')}</button></p></form>`);
}

function faultTable({ say, language }: SignedInVisit, rows: readonly FaultRow[]): Html {
  return table(say('Lignes à corriger', 'Rows to mend'), [
    { head: say('Ligne du fichier', 'Line of the file'), cell: ({ line }: FaultRow) => count(line, language) },
    { head: say('Numéro', 'Number'), cell: ({ externalId }) => html`<code>${externalId ?? '–'}</code>` },
    { head: say('Pourquoi', 'Why'), cell: ({ code }) => rowWords(code, say) },
  ], rows.slice(0, FAULTS_SHOWN_MAX));
}

export function takenPage(visit: SignedInVisit, read: Read<Taken>, faults: readonly FaultRow[] | undefined): Html {
  const { say, language } = visit;
  return frame(visit, part(read, say, say('Liste', 'List'), ({ importId, read: all, imported, unchanged, refused, finishedAt }): Html => html`
<div class="headline"><strong>${rowsText(imported, visit)}</strong><p>${say(`Remises faites, sur ${rowsText(all, visit)} lues.`, `Handed over, of ${rowsText(all, visit)} read.`)}</p></div>
${finishedAt === null && html`<div class="notice wait" role="status">${icon('clock')}<p>${say('La liste n’est pas finie. Envoyez la même liste encore une fois : elle reprend où elle en est.', 'The list is not finished. Send the same list again: it goes on where it is.')}</p></div>`}
<p>${say('À corriger :', 'To mend:')} ${count(refused, language)} · ${say('Déjà faites :', 'Done already:')} ${count(unchanged, language)}</p>
${faults === undefined ? html`<p class="quiet">${say('Les lignes à corriger ne sont pas venues ; rechargez la page.', 'The rows to mend did not come; reload the page.')}</p>` : faults.length > 0 && faultSection(visit, importId, faults)}
<p class="field buttons"><a class="button filled" href="/hand-overs">${say('Voir les remises', 'See the hand-overs')}</a> <a class="button" href="/hand-over/list">${say('Une autre liste', 'Another list')}</a></p>`));
}

const faultSection = (visit: SignedInVisit, importId: string, faults: readonly FaultRow[]): Piece => html`<section class="section"><h2>${visit.say('À corriger', 'To mend')}</h2>${
  faultTable(visit, faults)}<p class="small"><a href="/hand-over/list/${importId}/faults.csv" download>${visit.say('Toutes ces lignes (CSV)', 'All these rows (CSV)')}</a></p></section>`;
