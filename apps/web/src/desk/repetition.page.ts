// A sample drawn once more: whoever does not believe it sees that the same seed over the same log gives the same items.
import { headline, part } from '../components.js';
import { amount, count } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { Repetition, Sample } from './desk.data.js';

export function repetitionPage(visit: SignedInVisit, sample: Sample, drawn: Read<Repetition>): Html {
  const { say, language } = visit;
  const title = say('Tirer à nouveau', 'Draw again');
  return signedInPage(visit, title, html`<p class="small"><a href="/desk/samples/${sample.sampleId}">${sample.title}</a></p><h1>${title}</h1>
${part(drawn, say, title, ({ same, frameCount, frameCents, eventIds }) => html`${same
    ? headline(say('Les mêmes éléments', 'The same items'), say('La même graine sur le même journal les a redonnés, dans le même ordre.', 'The same seed over the same log gave them again, in the same order.'))
    : headline(say('D’autres éléments', 'Other items'), say('Le journal n’est plus celui du tirage : écrivez un constat, et gardez ce qui suit.', 'The log is no longer that of the drawing: raise a finding, and keep what follows.'))}
<p>${say('Base', 'Frame')} : ${count(frameCount, language)}, ${amount(frameCents, language)}. ${say('Graine', 'Seed')} : <code>${sample.seed}</code></p>
<section class="section"><h2>${say('Comme ils viennent maintenant', 'As they come now')}</h2><ol class="steps">${eventIds.map((eventId) => html`<li><a href="/events/one/${eventId}"><code>${eventId}</code></a></li>`)}</ol></section>`)}`);
}
