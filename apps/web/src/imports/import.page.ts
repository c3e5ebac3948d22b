// One file that was handed in: how far it is, what became of its rows, and why some were refused.
import { headline, part, table } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { progressPart } from '../progress/progress.part.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { rowReason } from './import-words.js';
import type { FileImport, ImportKind, ImportRow, Rows } from './imports.data.js';

/** Versions of zones have a page of their own. */
type ImportView = Readonly<{ kind: 'places' | 'payers'; found: FileImport; rows: Read<Rows> }>;
const LISTS: Readonly<Record<Exclude<ImportKind, 'density' | 'quarters'>, Readonly<{ href: string; words: readonly [string, string] }>>> = {
  places: { href: '/registered-places', words: ['Voir les lieux', 'See the places'] }, payers: { href: '/payers', words: ['Voir les financeurs', 'See the payers'] },
};

export function importPage(visit: SignedInVisit, { kind, found, rows }: ImportView): Html {
  const { say, language } = visit;
  const { read, imported, merged, unchanged, refused, startedAt, finishedAt, importId } = found;
  const title = kind === 'places' ? say('Fichier de lieux', 'File of places') : say('Fichier de financeurs', 'File of payers');
  const list = LISTS[kind];
  return signedInPage(visit, title, html`<p class="small"><a href="/imports">${say('Listes de lieux et de financeurs', 'Lists of places and payers')}</a></p><h1>${title}</h1>
${headline(say(`${count(imported, language)} nouveaux`, `${count(imported, language)} new`), say(`sur ${count(read, language)} lignes, envoyé le ${moment(startedAt, language)}. Complétés : ${count(merged, language)}. Déjà connus : ${count(unchanged, language)}. Refusées : ${count(refused, language)}.`,
    `of ${count(read, language)} rows, sent ${moment(startedAt, language)}. Completed: ${count(merged, language)}. Known: ${count(unchanged, language)}. Refused: ${count(refused, language)}.`))}
${finishedAt === null && progressPart(visit, {
    id: 'rows', title: say('Le fichier est lu', 'The file is being read'), done: imported + merged + unchanged + refused, total: read, what: say('lignes', 'rows'),
    next: say('S’il n’avance plus, envoyez le même fichier à nouveau : il continue où il s’est arrêté.', 'If it does not move, send the same file again: it goes on where it stopped.'),
    over: say('Le fichier est lu.', 'The file is read.'), isLive: true,
  })}
<p class="field"><a class="button" href="${list.href}">${say(...list.words)}</a></p>
${refused > 0 && html`<section class="section"><h2>${say('Lignes refusées', 'Refused rows')}</h2>${part(rows, say, say('Lignes refusées', 'Refused rows'), ({ items, nextCursor }) => html`${refusedRows(visit, items)}${
    nextCursor && html`<p class="field"><a class="button" href="/imports/${kind}/${importId}?cursor=${nextCursor}">${say('Suivantes', 'Next')}</a></p>`}`)}</section>`}`);
}

/** By the line of the file, for whoever mends it there. */
export const refusedRows = ({ say }: SignedInVisit, items: readonly ImportRow[]): Html => table(say('Lignes refusées', 'Refused rows'), [
  { head: say('Ligne', 'Line'), number: true, cell: ({ line }: ImportRow) => String(line) },
  { head: say('Identifiant', 'Id'), cell: ({ externalId }) => externalId ?? '–' },
  { head: say('Pourquoi', 'Why'), cell: ({ code }) => rowReason(code, say) },
], items);
