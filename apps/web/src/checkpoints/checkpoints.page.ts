// The signed ends of the audit log, for anybody: whoever keeps one can prove later that nothing before it was changed.
import { headline, part, table } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { Visit } from '../visit.js';
import { judged, type Judged, type Keys, type Listed } from './checkpoints.data.js';

export function checkpointsPage(visit: Visit, listed: Read<Listed>, keys: Read<Keys>, isFirst: boolean): Html {
  const { say } = visit;
  const title = say('Le journal d’audit, signé', 'The audit log, signed');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Chaque point de contrôle dit la taille et l’empreinte du journal. Gardez-en un : il prouvera plus tard que rien d’avant n’a été changé, retiré ou ajouté.',
    'Each checkpoint says the size and the fingerprint of the log. Keep one: it will prove later that nothing before it was changed, dropped or slipped in.')}</p>
${part(keys, say, say('Clés', 'Keys'), (known) => part(listed, say, title, (found) => shown(visit, found, known, isFirst)))}`);
}

function shown(visit: Visit, listed: Listed, keys: Keys, isFirst: boolean): Html {
  const { say, language } = visit;
  const checkpoints = judged(listed, keys);
  const [newest] = checkpoints;
  if (!newest) return headline(say('Aucun point de contrôle', 'No checkpoint'), say('Le premier vient avec le premier événement.', 'The first one comes with the first event.'));
  const isWhole = checkpoints.every(({ isSigned, isFollowing }) => isSigned && isFollowing !== false);
  return html`${headline(isWhole ? say('Le journal n’a fait que grandir', 'The log only grew') : say('Le journal se contredit', 'The log contradicts itself'),
    say('Cette page vient de vérifier elle-même chaque signature et chaque preuve.', 'This page has just checked each signature and each proof by itself.'))}
${isFirst && html`<section class="section"><h2>${say('Le plus récent, à garder', 'The newest one, to keep')}</h2><pre class="scroll code small" tabindex="0">${newest.note}</pre></section>`}
<section class="section"><h2>${say('Points de contrôle', 'Checkpoints')}</h2>${table(say('Points de contrôle', 'Checkpoints'), [
    { head: say('Signé le', 'Signed'), cell: ({ time }: Judged) => moment(time, language) },
    { head: say('Événements', 'Events'), number: true, cell: ({ size }) => count(size, language) },
    { head: say('Racine', 'Root'), cell: ({ root }) => html`<code>${root}</code>` },
    { head: say('Signature', 'Signature'), cell: ({ isSigned }) => (isSigned ? pill('ok', say('Juste', 'Correct')) : pill('no', say('Fausse', 'Wrong'))) },
    { head: say('Suit le précédent', 'Follows the one before'), cell: (checkpoint) => following(visit, checkpoint) },
  ], checkpoints)}${listed.nextCursor && html`<p class="section"><a class="button" href="/checkpoints?cursor=${listed.nextCursor}">${say('Plus anciens', 'Older')}</a></p>`}</section>
${howToCheck(visit, keys)}`;
}

function following({ say }: Visit, { size, follows, isFollowing }: Judged): Html {
  if (!follows) return html`${say('C’est le premier', 'It is the first')}`;
  const proof = html`<a href="/audit/consistency?from=${follows.size}&to=${size}">${say('preuve', 'proof')}</a>`;
  if (isFollowing === null) return proof;
  return html`${isFollowing ? pill('ok', say('Prouvé', 'Proved')) : pill('no', say('Rupture', 'Broken'))} ${proof}`;
}

const howToCheck = ({ say }: Visit, { keys }: Keys): Html => html`<section class="section"><h2>${say('Vérifier sans nous croire', 'Check without believing us')}</h2>
<ol><li>${say('Enregistrez le texte du point de contrôle dans un fichier, tel quel.', 'Save the text of the checkpoint in a file, as it is.')}</li>
<li>${say('Demandez un export du journal à l’auditeur, et prenez', 'Ask the auditor for an export of the log, and take')} <code>docs/mereau-verify.mjs</code> ${say('dans les sources de Méreau.', 'from Méreau’s sources.')}</li>
<li><code>node mereau-verify.mjs EXPORT --checkpoint ${say('FICHIER', 'FILE')}</code></li></ol>
<p>${say('Comparez la clé avec celle que vous tenez d’une autre source :', 'Compare the key with the one that you have from elsewhere:')}</p>
<ul class="lines">${keys.map(({ keyId, noteVerifier }) => html`<li><span class="what"><b>${keyId}</b><code>${noteVerifier}</code></span></li>`)}</ul></section>`;
