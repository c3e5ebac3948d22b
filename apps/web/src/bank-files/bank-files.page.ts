// What the bank sends, handed in by a person: statements, and reports about payments. What was read stands on top, in words.
import { uuidv7 } from 'uuidv7';
import { count, counted } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { LINE_KINDS, wordOf } from '../operator/words.js';
import type { Problem } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { bankFileRefusal } from './bank-file-refusals.js';
import type { StatementsRead } from './bank-files.data.js';

export type Handed = Readonly<{ refused?: Problem; read?: StatementsRead }>;

export function bankFilesPage(visit: SignedInVisit, { refused, read }: Handed = {}): Html {
  const { say, person } = visit;
  const title = say('Fichiers de la banque', 'Files of the bank');
  const mayHand = person.organisation.roles.includes('operator');
  return signedInPage(visit, title, html`<p class="small"><a href="/bank-lines">${say('Banque', 'Bank')}</a></p><h1>${title}</h1>
${refused && refusedNotice(visit, refused)}${read && readNotice(visit, read)}
<p class="lead">${say('Envoyez chaque fichier tel que la banque l’a fait. Le même fichier envoyé deux fois n’est compté qu’une fois.',
    'Send each file as the bank made it. The same file sent twice is counted once.')}</p>
${mayHand ? html`${fileForm(visit, {
    action: '/bank-files/statements', filled: true, title: say('Un relevé de compte', 'A statement'), accept: '.xml,.txt,.cfo,.dat',
    says: say('camt.053 ou CFONB 120. Ses lignes sont comptées aussitôt, toutes ou aucune.', 'camt.053 or CFONB 120. Its lines are booked at once, all of them or none.'), button: say('Lire le relevé', 'Read the statement'),
  })}${fileForm(visit, {
    action: '/bank-files/reports', filled: false, title: say('Un compte rendu de virements', 'A report about payments'), accept: '.xml',
    says: say('pain.002. Ce que la banque a refusé est à nouveau dû.', 'pain.002. What the bank rejected is owed again.'), button: say('Lire le compte rendu', 'Read the report'),
  })}` : html`<p class="empty">${say('Un opérateur envoie ces fichiers.', 'An operator sends these files.')}</p>`}
<p class="field"><a href="/payment-reports">${say('Comptes rendus reçus', 'Reports received')}</a></p>`);
}

type FileForm = Readonly<{ action: string; filled: boolean; title: string; says: string; accept: string; button: string }>;

function fileForm({ say }: SignedInVisit, { action, filled, title, says, accept, button }: FileForm): Html {
  const id = action.slice(action.lastIndexOf('/') + 1);
  return html`<section class="section"><h2>${title}</h2><form method="post" action="${action}" enctype="multipart/form-data"><input type="hidden" name="key" value="${uuidv7()}">
<p class="small">${says}</p><p class="field"><label for="${id}">${say('Fichier', 'File')}</label><input id="${id}" type="file" name="file" accept="${accept}" required></p>
<button class="button ${filled && 'filled'}">${button}</button></form></section>`;
}

/** With the line where the reader stopped, or the statement that it is about: what one tells the bank. */
function refusedNotice({ say }: SignedInVisit, { code, details }: Problem): Html {
  const where = [
    typeof details['statement'] === 'string' && `${say('Relevé', 'Statement')} ${details['statement']}`,
    typeof details['line'] === 'number' && `${say('Ligne', 'Line')} ${details['line']}`,
  ].filter((one) => one !== false);
  return html`<div class="notice no" role="alert">${icon('refused')}<div><p><b>${say('Rien n’a été compté.', 'Nothing was booked.')}</b> ${bankFileRefusal(code, say)}</p>${
    where.length > 0 && html`<p class="small">${where.join(', ')}</p>`}</div></div>`;
}

function readNotice({ say, language }: SignedInVisit, { statements }: StatementsRead): Html {
  return html`<div class="notice" role="status">${icon('done')}<div><p><b>${counted(statements.length, language, [say('relevé lu', 'statement read'), say('relevés lus', 'statements read')])}.</b></p><ul>${
    statements.map(({ known, lines }) => html`<li>${known ? say('Déjà compté : rien n’a changé.', 'Counted already: nothing changed.')
      : Object.entries(lines).map(([kind, number], index) => html`${index > 0 && ', '}${wordOf(LINE_KINDS, kind, say)} : ${count(number, language)}`)}</li>`)}</ul>
<p class="field"><a href="/bank-lines?waits=yes">${say('Voir ce qui attend une explication', 'See what waits to be explained')}</a></p></div></div>`;
}
