// The proof of a printed order: nothing is made before the first of its payers has approved exactly these bytes.
import { uuidv7 } from 'uuidv7';
import { html, type Html } from '../html.js';
import type { SignedInVisit } from '../visit.js';
import type { Order } from './order.data.js';

export function proofPanel({ say }: SignedInVisit, { orderId, proof, history }: Order): Html | undefined {
  const sent = history.findLast(({ step }) => step === 'proof_submitted');
  if (proof !== 'pending' || !sent?.sha256) return undefined;
  const form = (answer: string, fields: Html) => html`<form method="post" action="/orders/${orderId}/proof"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="sha256" value="${
    sent.sha256}"><input type="hidden" name="answer" value="${answer}">${fields}</form>`;
  return html`<section class="section"><h2>${say('L’épreuve attend votre accord', 'The proof waits for your approval')}</h2>
<p>${say('Rien n’est imprimé avant. Après votre accord, la fabrication commence et ne change plus.', 'Nothing is printed before. After your approval the making begins and changes no more.')}</p>
<dl class="lines field"><div><dt>${say('Où la lire', 'Where to read it')}</dt><dd>${sent.reference?.startsWith('https://') ? html`<a href="${sent.reference}" rel="noreferrer">${sent.reference}</a>` : sent.reference}</dd></div></dl>
<p class="small quiet field">${say('Empreinte du fichier', 'Fingerprint of the file')}, SHA-256</p><p class="fingerprint">${sent.sha256}</p>
${form('approved', html`<p class="field"><button class="button">${say('Approuver l’épreuve', 'Approve the proof')}</button></p>`)}
<details class="field"><summary>${say('La renvoyer', 'Send it back')}</summary>${form('sent_back', html`<div class="field"><label for="reason">${say('Que faut-il changer ?', 'What has to change?')}</label>
<textarea class="prose" id="reason" name="reason" rows="3" maxlength="500" required></textarea></div><button class="button">${say('Renvoyer l’épreuve', 'Send the proof back')}</button>`)}</details></section>`;
}
