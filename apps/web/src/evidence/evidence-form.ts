import { html, type Html } from '../html.js';
import type { SignedInVisit } from '../visit.js';

/** By the id that somebody has in hand, of whatever kind. */
export const evidenceForm = ({ say }: SignedInVisit): Html => html`<section class="section"><h2>${say('Paquet de preuves', 'Packet of evidence')}</h2>
<p>${say('Le chemin d’un argent, ses événements avec leurs preuves, et les documents : un fichier qui se vérifie sans nous.',
    'The way of some money, its events with their proofs, and the documents: a file that is verified without us.')} <a href="/checkpoints">${say('Points de contrôle', 'Checkpoints')}</a></p>
<form method="get" action="/evidence"><div class="field"><label for="of">${say('Identifiant', 'Id')}</label>
<p class="hint" id="of-hint">${say('D’un relevé, d’une utilisation, d’une commande, d’un lot, d’un virement…', 'Of a statement, a redemption, an order, a batch, a payment…')}</p>
<input id="of" name="of" required maxlength="40" autocomplete="off" spellcheck="false" aria-describedby="of-hint"></div>
<p class="field"><button class="button">${say('Télécharger le paquet', 'Download the packet')}</button></p></form></section>`;
