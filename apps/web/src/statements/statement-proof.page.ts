// What a place can hold against everybody: that its statement, as it closed, is in the signed log. The page checks the proof itself.
import { z } from 'zod';
import { headline, missingPart } from '../components.js';
import { count, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { isIncluded, readNote } from '#libs/proofs';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

export const proofShape = z.object({
  eventId: z.string(), index: z.int(), size: z.int(), leaf: z.string(), leafHash: z.string(), path: z.array(z.string()), root: z.string(),
  checkpoint: z.object({ time: z.string(), note: z.string() }).nullable(),
});
export type Proof = z.output<typeof proofShape>;

/** Under the root that was signed, and not only under the one that came with the proof. */
function holds({ index, size, leaf, path, root, checkpoint }: Proof): boolean {
  const signed = checkpoint ? readNote(checkpoint.note) : undefined;
  return signed?.size === size && signed.root === root && isIncluded({ index, size, leaf: Buffer.from(leaf), path, root });
}

export function statementProofPage(visit: SignedInVisit, statementId: string, read: Read<Proof>): Html {
  const { say, language } = visit;
  const title = say('Preuve du relevé', 'Proof of the statement');
  const back = html`<p class="small"><a href="/statements">${say('Remboursements', 'Reimbursements')}</a></p><h1>${title}</h1>`;
  if (!read.ok) {
    const isEarly = read.code === 'event_not_in_log' || read.code === 'checkpoint_not_found';
    return signedInPage(visit, title, html`${back}${isEarly
      ? headline(say('Bientôt', 'Soon'), say('La preuve vient avec le prochain point de contrôle, dans l’heure.', 'The proof comes with the next checkpoint, within the hour.'))
      : missingPart(say, title, read)}`);
  }
  const { index, size, root, path, leaf, checkpoint } = read.value;
  const answer = holds(read.value) ? say('Dans le journal signé', 'In the signed log') : say('La preuve est fausse', 'The proof is wrong');
  return signedInPage(visit, title, html`${back}
${headline(answer, say(`Ce relevé est l’événement n° ${count(index, language)} des ${count(size, language)} que le journal avait au point de contrôle du ${moment(checkpoint?.time, language)}.`,
    `This statement is event no. ${count(index, language)} of the ${count(size, language)} that the log had at the checkpoint of ${moment(checkpoint?.time, language)}.`))}
<p><a class="button" href="/statements/${statementId}/proof.json">${say('Garder la preuve', 'Keep the proof')}</a></p>
<section class="section"><h2>${say('Ce qui a été scellé', 'What was sealed')}</h2><pre class="scroll code small" tabindex="0">${leaf}</pre></section>
<section class="section"><h2>${say('Point de contrôle', 'Checkpoint')}</h2><pre class="scroll code small" tabindex="0">${checkpoint?.note}</pre>
<p><a href="/checkpoints">${say('Vérifier sans nous croire', 'Check without believing us')}</a></p></section>
<section class="section"><h2>${say('Chemin jusqu’à la racine', 'Path to the root')}</h2><pre class="scroll code small" tabindex="0">${[...path, root].join('\n')}</pre></section>`);
}
