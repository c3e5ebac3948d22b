import { z } from 'zod';
import { headline, part } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { evidenceForm } from '../evidence/evidence-form.js';

export const newestShape = z.object({ items: z.array(z.object({ size: z.int(), time: z.string() })) })
  .transform(({ items }) => items[0] ?? null);

export function exportsPage(visit: SignedInVisit, newest: Read<z.output<typeof newestShape>>): Html {
  const { say } = visit;
  const title = say('Exports', 'Exports');
  return signedInPage(visit, title, html`<h1>${title}</h1>
${part(newest, say, say('Points de contrôle', 'Checkpoints'), (found) => logPart(visit, found))}
${evidenceForm(visit)}
<section class="section"><h2>${say('Vérifier sans nous croire', 'Check without believing us')}</h2>
<ol><li>${say('Prenez', 'Take')} <code>docs/mereau-verify.mjs</code> ${say('dans les sources de Méreau : un fichier, sans réseau ni base.', 'from Méreau’s sources: one file, without a network or a database.')}</li>
<li><code>node mereau-verify.mjs ${say('FICHIER', 'FILE')} --checkpoint ${say('POINT-DE-CONTRÔLE', 'CHECKPOINT')}</code></li>
<li>${say('Le point de contrôle est celui que vous avez gardé, ou reçu par courriel.', 'The checkpoint is the one that you kept, or got by mail.')} <a href="/checkpoints">${say('Points de contrôle', 'Checkpoints')}</a></li></ol></section>`);
}

function logPart({ say, language }: SignedInVisit, newest: z.output<typeof newestShape>): Html {
  if (newest === null) return headline(say('Rien à exporter', 'Nothing to export'), say('Le premier point de contrôle vient avec le premier événement.', 'The first checkpoint comes with the first event.'));
  return html`${headline(count(newest.size, language), html`${say('événements au dernier point de contrôle, signé le', 'events at the newest checkpoint, signed')} ${moment(newest.time, language)}.`)}
<section class="section"><h2>${say('Le journal entier', 'The whole log')}</h2>
<p>${say('Tous les événements jusqu’à un point de contrôle, un par ligne. Un fichier qui s’arrête avant la fin est dit incomplet par la vérification.',
    'All events up to a checkpoint, one per line. A file that ends too early is called incomplete by the verifier.')}</p>
<form method="get" action="/exports/log"><div class="field"><label for="size">${say('Taille du journal', 'Size of the log')} <span class="quiet">${say('(facultatif)', '(optional)')}</span></label>
<p class="hint">${say('Celle d’un point de contrôle ; vide : le dernier.', 'That of a checkpoint; empty: the newest.')}</p><input id="size" name="size" inputmode="numeric" maxlength="15"></div>
<p class="field"><button class="button filled">${say('Télécharger le journal', 'Download the log')}</button></p></form></section>`;
}
