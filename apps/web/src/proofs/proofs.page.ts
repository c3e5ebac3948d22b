// Was anything changed? One event held against the signed log, and one size of the log against a later one. The page checks by itself.
import { headline, part } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Keys } from '../checkpoints/checkpoints.data.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { isSigned, NO_PROOF, type CheckedConsistency, type CheckedInclusion } from './proofs.data.js';

type Asked = Readonly<{ of: string; size: string; from: string; to: string }>;
export type Proofs = Readonly<{
  asked: Asked; keys: Read<Keys>;
  /** Null where nobody asked. */
  inclusion: Read<CheckedInclusion> | null; consistency: Read<CheckedConsistency> | null;
}>;

export function proofsPage(visit: SignedInVisit, { asked, keys, inclusion, consistency }: Proofs): Html {
  const { say } = visit;
  const title = say('Preuves', 'Proofs');
  return signedInPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Cette page vérifie elle-même ce que le service répond. Pour ne pas la croire non plus, prenez un export.', 'This page checks by itself what the service answers. To believe neither, take an export.')} <a href="/exports">${
  say('Exports', 'Exports')}</a> · <a href="/checkpoints">${say('Points de contrôle', 'Checkpoints')}</a></p>
<section class="section"><h2>${say('Un événement est-il au journal ?', 'Is an event in the log?')}</h2>${inclusion && found(visit, inclusion, (proof) =>
  part(keys, say, say('Clés', 'Keys'), (known) => inclusionPart(visit, proof, known)))}${inclusionForm(visit, asked)}</section>
<section class="section"><h2>${say('Le journal n’a-t-il fait que grandir ?', 'Did the log only grow?')}</h2>${consistency && found(visit, consistency, (proof) => consistencyPart(visit, proof))}${
  consistencyForm(visit, asked)}</section>`);
}

function found<T>({ say }: SignedInVisit, read: Read<T>, show: (value: T) => Piece): Piece {
  const words = read.ok ? undefined : NO_PROOF[read.code];
  if (words) return html`<div class="notice no" role="alert"><p>${say(...words)}</p></div>`;
  return part(read, say, say('Preuve', 'Proof'), (value) => html`${show(value)}`);
}

function inclusionPart({ say, language }: SignedInVisit, proof: CheckedInclusion, keys: Keys): Html {
  const signed = isSigned(proof, keys);
  return html`${headline(proof.isProved && signed ? say('Au journal, tel quel', 'In the log, as it is') : say('Pas prouvé', 'Not proved'),
    say(`feuille ${proof.index} sur ${proof.size}.`, `leaf ${proof.index} of ${proof.size}.`))}
<dl class="lines">
<div><dt>${say('Événement', 'Event')}</dt><dd><a href="/events/one/${proof.eventId}"><code>${proof.eventId}</code></a></dd></div>
<div><dt>${say('Chemin jusqu’à la racine', 'Path to the root')}</dt><dd>${proof.isProved ? pill('ok', say('Prouvé', 'Proved')) : pill('no', say('Rupture', 'Broken'))}</dd></div>
<div><dt>${say('Racine signée', 'Signed root')}</dt><dd>${proof.checkpoint === null ? pill('wait', say('Aucun point de contrôle de cette taille', 'No checkpoint of this size'))
    : html`${signed ? pill('ok', say('Juste', 'Correct')) : pill('no', say('Fausse', 'Wrong'))} ${moment(proof.checkpoint.time, language)}`}</dd></div>
<div><dt>${say('Racine', 'Root')}</dt><dd><code>${proof.root}</code></dd></div>
<div><dt>${say('Empreinte de la feuille', 'Hash of the leaf')}</dt><dd><code>${proof.leafHash}</code></dd></div></dl>
<details><summary>${say('Feuille et chemin, pour refaire le calcul', 'Leaf and path, to do the sum again')}</summary><pre class="scroll code small" tabindex="0">${proof.leaf}</pre>
<pre class="scroll code small" tabindex="0">${proof.path.join('\n')}</pre></details>`;
}

const consistencyPart = ({ say, language }: SignedInVisit, { from, to, fromRoot, toRoot, path, isProved }: CheckedConsistency): Html => html`${
  headline(isProved ? say('Le journal n’a fait que grandir', 'The log only grew') : say('Le journal se contredit', 'The log contradicts itself'),
    html`${say('de', 'from')} ${count(from, language)} ${say('à', 'to')} ${count(to, language)} ${say('événements.', 'events.')}`)}
<dl class="lines"><div><dt>${say('Racine d’avant', 'Root of before')}</dt><dd><code>${fromRoot}</code></dd></div><div><dt>${say('Racine d’après', 'Root of after')}</dt><dd><code>${toRoot}</code></dd></div></dl>
<p class="quiet">${say('Comparez la racine d’avant avec le point de contrôle que vous avez gardé.', 'Compare the root of before with the checkpoint that you kept.')}</p>
<details><summary>${say('Chemin de la preuve', 'Path of the proof')}</summary><pre class="scroll code small" tabindex="0">${path.join('\n')}</pre></details>`;

const inclusionForm = ({ say }: SignedInVisit, { of, size }: Asked): Html => html`<form method="get" action="/proofs">
<div class="field"><label for="of">${say('Événement', 'Event')}</label><p class="hint">${say('Comme il est dans le journal : evt_…', 'As it is in the log: evt_…')}</p><input id="of" name="of" required maxlength="40" autocomplete="off" spellcheck="false" value="${of}"></div>
<div class="field"><label for="size">${say('Taille du journal', 'Size of the log')} <span class="quiet">${say('(facultatif)', '(optional)')}</span></label><p class="hint">${say('Vide : le dernier point de contrôle.', 'Empty: the newest checkpoint.')}</p><input id="size" name="size" inputmode="numeric" maxlength="15" value="${size}"></div>
<p class="field"><button class="button filled">${say('Vérifier cet événement', 'Check this event')}</button></p></form>`;

const consistencyForm = ({ say }: SignedInVisit, { from, to }: Asked): Html => html`<form method="get" action="/proofs">
<div class="field"><label for="from">${say('Taille d’un point de contrôle que vous avez gardé', 'Size of a checkpoint that you kept')}</label><input id="from" name="from" required inputmode="numeric" maxlength="15" value="${from}"></div>
<div class="field"><label for="to">${say('Taille d’après', 'Later size')} <span class="quiet">${say('(facultatif)', '(optional)')}</span></label><p class="hint">${say('Vide : le dernier point de contrôle.', 'Empty: the newest checkpoint.')}</p><input id="to" name="to" inputmode="numeric" maxlength="15" value="${to}"></div>
<p class="field"><button class="button">${say('Vérifier la chaîne', 'Check the chain')}</button></p></form>`;
