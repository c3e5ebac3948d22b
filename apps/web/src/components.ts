// The few things that several pages show in the same way.
import { html, type Html, type Piece } from './html.js';
import { icon } from './icons.js';
import type { Say } from './language.js';
import type { Problem, Read } from './services.js';

/** The answer of a screen: large, before everything else. */
export const headline = (answer: Piece, sentence: Piece): Html => html`<div class="headline"><strong>${answer}</strong><p>${sentence}</p></div>`;

/** A part of a page that could not be had; the rest stands. */
export function missingPart(say: Say, what: string, { status, code }: Problem): Html {
  const reason = code.startsWith('mandate_') ? say('Aucun de vos mandats en vigueur ne le montre.', 'No mandate of yours that is in force shows it.') : status === 403
    ? say('Votre rôle ne le montre pas.', 'Your role does not show it.')
    : status === 429 ? say('Trop de demandes viennent de votre adresse ; rechargez la page dans une minute.', 'Too much was asked from your address; reload the page in a minute.')
    : say('Le service n’a pas répondu ; rechargez la page dans un moment.', 'The service did not answer; reload the page in a moment.');
  return html`<div class="notice wait" role="status">${icon('clock')}<p><b>${what}</b> – ${reason} <code>${code}</code></p></div>`;
}

/** A section of a page; left out where the reader's role does not show it, for then nobody promised it. */
export function section<T>(read: Read<T>, say: Say, title: string, show: (value: T) => Html): Html {
  if (!read.ok && read.status === FORBIDDEN) return html``;
  return html`<section class="section"><h2>${title}</h2>${part(read, say, title, show)}</section>`;
}
const FORBIDDEN = 403;

/** Shows what was read, or says that it is missing. */
export const part = <T>(read: Read<T>, say: Say, what: string, show: (value: T) => Html): Html =>
  (read.ok ? show(read.value) : missingPart(say, what, read));

export type Column<Row> = Readonly<{ head: string; number?: boolean; cell: (row: Row) => Piece }>;

export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[], foot: Piece = null): Html {
  const kind = ({ number }: Column<Row>) => (number ? 'number' : '');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption class="visually-hidden">${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`)}</tr>`)}</tbody>
${foot}</table></div>`;
}
