// Files of places and payers: what to hand in, what a trial would come to, how unknown columns would be read, what was taken before.
import { uuidv7 } from 'uuidv7';
import { headline, part, table } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Problem, Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { fieldWord, fileRefusal } from './import-words.js';
import { ZONE_KINDS, type FileImport, type ImportKind, type Preview, type Trial } from './imports.data.js';
import { refusedRows } from './import.page.js';
import { listName, type ZoneVersion } from '../zone-lists/zone-lists.data.js';
import { versionPill } from '../zone-lists/zone-version.page.js';

export type Handed = Readonly<{ kind: ImportKind; refused?: Problem; trial?: Trial; preview?: Preview; mapping?: string }>;

export type Imports = Readonly<{ places: Read<readonly FileImport[]>; zones: Read<Readonly<{ items: readonly ZoneVersion[] }>> }>;

export function importsPage(visit: SignedInVisit, { places: imports, zones }: Imports, handed?: Handed): Html {
  const { say, person } = visit;
  const title = say('Listes de lieux et de financeurs', 'Lists of places and payers');
  const mayHand = person.organisation.roles.includes('operator');
  return signedInPage(visit, title, html`<h1>${title}</h1>${handed?.refused && refusedNotice(visit, handed.refused)}${handed?.trial && trialPart(visit, handed.trial)}${
    handed?.preview && previewPart(visit, handed.preview)}
<p class="lead">${say('Envoyez un fichier CSV ou JSON entier. Ce qui est connu n’est pas ajouté deux fois ; un même fichier envoyé à nouveau continue où il s’est arrêté.',
    'Send a whole file, CSV or JSON. What is known is not added twice; the same file sent again goes on where it stopped.')}</p>
${mayHand ? html`${fileForm(visit, 'places', say('Des lieux', 'Places'), say('Le standard national des lieux de médiation numérique, ou vos colonnes. Les lieux sont connus, pas encore agréés.',
    'The national standard of places, or columns of your own. The places are known, not accredited yet.'), handed)}${
    fileForm(visit, 'payers', say('Des financeurs', 'Payers'), say('Communes, EPCI, départements, régions, ou trois colonnes : name;siren;siret.', 'Communes, EPCI, départements, régions, or three columns: name;siren;siret.'), handed)}${
    ZONE_KINDS.map((kind) => fileForm(visit, kind, listName(kind, say), say('Un fichier officiel entier. Une autre personne voit ce qui change, et le met en vigueur.', 'A whole official file. Another person sees what changes, and takes it into force.'), handed))}`
    : html`<p class="empty">${say('Une personne qui tient les comptes envoie ces fichiers.', 'Somebody who keeps the accounts sends these files.')}</p>`}
<section class="section"><h2>${say('Derniers fichiers de lieux', 'Latest files of places')}</h2>${part(imports, say, say('Fichiers', 'Files'), (found) => importTable(visit, found))}</section>
<section class="section"><h2>${say('Versions des zones', 'Versions of zones')}</h2>${part(zones, say, say('Versions', 'Versions'), ({ items }) => versionTable(visit, items))}</section>`);
}

/** Places are tried first; payers have no trial, and nothing of a refused row is written. */
function fileForm({ say }: SignedInVisit, kind: ImportKind, title: string, says: string, handed?: Handed): Html {
  const mapping = handed?.kind === kind ? handed.mapping ?? handed.preview?.query ?? '' : '';
  const tried = handed?.kind === kind && handed.trial !== undefined;
  const tries = kind === 'places' && html`<button class="button ${!tried && 'filled'}" name="act" value="try">${say('Essayer sans rien écrire', 'Try without writing anything')}</button> `;
  return html`<section class="section"><h2>${title}</h2><form method="post" action="/imports/${kind}" enctype="multipart/form-data"><input type="hidden" name="key" value="${uuidv7()}">${
    mapping && html`<input type="hidden" name="mapping" value="${mapping}">`}
<p class="small">${says}${mapping && say(' Les colonnes sont lues comme proposé ci-dessus.', ' Columns are read as proposed above.')}</p>${handed?.kind === kind && handed.preview?.missing.includes('source') && html`<p class="field"><label for="${kind}-source">${say('Source : de qui est cette liste ?', 'Source: whose list is it?')}</label><input id="${kind}-source" name="source" maxlength="100" required></p>`}
<p class="field"><label for="${kind}">${
    tried ? say('Le même fichier', 'The same file') : say('Fichier', 'File')}</label><input id="${kind}" type="file" name="file" accept=".csv,.json,.txt" required></p>
<p class="field buttons">${tries}<button class="button ${tried && 'filled'}" name="act" value="import">${say('Importer', 'Import')}</button></p></form></section>`;
}

const refusedNotice = ({ say }: SignedInVisit, { code, details }: Problem): Html => html`<div class="notice no" role="alert">${icon('refused')}<div><p><b>${
  say('Rien n’est écrit.', 'Nothing is written.')}</b> ${fileRefusal(code, say)}</p>${typeof details['line'] === 'number' && html`<p class="small">${say('Ligne', 'Line')} ${details['line']}</p>`}</div></div>`;

function trialPart(visit: SignedInVisit, trial: Trial): Html {
  const { say, language } = visit;
  const { read, imported, merged, unchanged, refused } = trial;
  return html`<section class="section" role="status">${headline(say(`${count(imported + merged, language)} à écrire`, `${count(imported + merged, language)} to write`),
    say(`sur ${count(read, language)} lignes : ${count(imported, language)} nouveaux, ${count(merged, language)} complétés, ${count(unchanged, language)} déjà connus, ${count(refused, language)} refusées. Rien n’est écrit.`,
      `of ${count(read, language)} rows: ${count(imported, language)} new, ${count(merged, language)} completed, ${count(unchanged, language)} known, ${count(refused, language)} refused. Nothing is written.`))}
${refused > 0 && html`<h2>${say('Lignes refusées', 'Refused rows')}</h2>${refusedRows(visit, trial.items)}${
    trial.nextCursor && html`<p class="small quiet">${say('Les premières seulement.', 'The first ones only.')}</p>`}`}</section>`;
}

/** How the columns of a file in another layout would be read; to have it otherwise, the column is named otherwise. */
function previewPart(visit: SignedInVisit, { columns, missing, rows, query }: Preview): Piece {
  const { say, language } = visit;
  // Whose list it is may be typed below.
  const lacking = missing.filter((field) => field !== 'source');
  return html`<section class="section"><h2>${say('Comment vos colonnes seraient lues', 'How your columns would be read')}</h2>
<p>${count(rows, language)} ${say('lignes', 'rows')}. ${lacking.length === 0 ? query && say('Choisissez le fichier à nouveau : il sera lu ainsi.', 'Choose the file again: it will be read so.')
    : html`<b>${say('Il manque', 'Missing')} : ${lacking.map((field) => fieldWord(field, say)).join(', ')}.</b> ${say('Nommez une colonne ainsi, puis essayez à nouveau.', 'Give a column that name, then try again.')}`}</p>
${table(say('Colonnes', 'Columns'), [
    { head: say('Colonne', 'Column'), cell: ({ header }: Preview['columns'][number]) => header },
    { head: say('Par exemple', 'For example'), cell: ({ samples }) => samples.slice(0, 2).join(' · ') },
    { head: say('Lue comme', 'Read as'), cell: ({ proposed }) => proposed.map(({ field }) => fieldWord(field, say)).join(', ') || say('laissée de côté', 'left aside') },
  ], columns)}</section>`;
}

function importTable({ say, language }: SignedInVisit, imports: readonly FileImport[]): Html {
  if (imports.length === 0) return html`<p class="empty">${say('Aucun fichier encore.', 'No file yet.')}</p>`;
  return table(say('Fichiers', 'Files'), [
    { head: say('Envoyé', 'Sent'), cell: ({ importId, startedAt }: FileImport) => html`<a href="/imports/places/${importId}">${moment(startedAt, language)}</a>` },
    { head: say('Lignes', 'Rows'), number: true, cell: ({ read }) => count(read, language) },
    { head: say('Nouveaux', 'New'), number: true, cell: ({ imported }) => count(imported, language) },
    { head: say('Complétés', 'Completed'), number: true, cell: ({ merged }) => count(merged, language) },
    { head: say('Refusées', 'Refused'), number: true, cell: ({ refused }) => count(refused, language) },
    { head: say('État', 'State'), cell: ({ finishedAt }) => (finishedAt === null ? say('Pas fini', 'Not finished') : say('Fini', 'Finished')) },
  ], imports);
}

function versionTable(visit: SignedInVisit, versions: readonly ZoneVersion[]): Html {
  const { say, language } = visit;
  if (versions.length === 0) return html`<p class="empty">${say('Aucune liste encore : ce qui est rural ou prioritaire est inconnu.', 'No list yet: what is rural or a priority is unknown.')}</p>`;
  return table(say('Versions', 'Versions'), [
    { head: say('Liste', 'List'), cell: ({ importId, list }: ZoneVersion) => html`<a href="/zone-lists/${importId}">${listName(list, say)}</a>` },
    { head: say('Envoyée', 'Sent'), cell: ({ startedAt }) => moment(startedAt, language) },
    { head: say('Lignes', 'Rows'), number: true, cell: ({ imported }) => count(imported, language) },
    { head: say('Refusées', 'Refused'), number: true, cell: ({ refused }) => count(refused, language) },
    { head: say('État', 'State'), cell: (one) => versionPill(one, visit) },
  ], versions);
}
