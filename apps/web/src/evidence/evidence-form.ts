import { html, type Html } from '../html.js';
import type { SignedInVisit } from '../visit.js';

/** By the id that somebody has in hand, of whatever kind. */
export const evidenceForm = ({ say }: SignedInVisit): Html => html`<section class="section"><h2>${say('Paquet de preuves', 'Packet of evidence')}</h2>
<p>${say('Le chemin d’un argent, ses événements avec leurs preuves, et les documents : un fichier qui se vérifie sans nous.',
    'The way of some money, its events with their proofs, and the documents: a file that is verified without us.')} <a href="/checkpoints">${say('Points de contrôle', 'Checkpoints')}</a></p>
<form method="get" action="/evidence"><label for="of">${say('Identifiant d’un relevé, d’une utilisation, d’une commande, d’un lot, d’un virement…', 'Id of a statement, a redemption, an order, a batch, a payment…')}</label>
<input id="of" name="of" required maxlength="40" autocomplete="off" spellcheck="false"><button type="submit">${say('Télécharger', 'Download')}</button></form></section>`;
