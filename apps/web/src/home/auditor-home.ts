// The auditor's question: is everything here, in unbroken numbers?
import { z } from 'zod';
import { headline, part, table } from '../components.js';
import { count, counted } from '../format.js';
import { html, type Html } from '../html.js';
import { evidenceForm } from '../evidence/evidence-form.js';
import { signedInPage } from '../layout.js';
import { pill } from '../status.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const completeness = z.object({
  senders: z.array(z.object({ sender: z.string(), events: z.int(), lastSeq: z.int(), missing: z.int() })),
});
type Completeness = z.output<typeof completeness>;
export type AuditorHome = Readonly<{ completeness: Read<Completeness> }>;

export async function loadAuditorHome(services: Services, bearer: string): Promise<AuditorHome> {
  return { completeness: await services.get('/audit/completeness', completeness, bearer) };
}

export function auditorHomePage(visit: SignedInVisit, home: AuditorHome): Html {
  const { say } = visit;
  return signedInPage(visit, say('Contrôles', 'Checks'), html`<h1>${say('Contrôles', 'Checks')}</h1>
${part(home.completeness, say, say('Événements', 'Events'), (found) => shown(visit, found))}
${evidenceForm(visit)}`);
}

function shown({ say, language }: SignedInVisit, { senders }: Completeness): Html {
  const events = senders.reduce((sum, sender) => sum + sender.events, 0);
  const missing = senders.reduce((sum, sender) => sum + sender.missing, 0);
  const answer = missing === 0 ? say('Aucun numéro ne manque', 'No number is missing') : say(`Il manque ${counted(missing, language, ['numéro', 'numéros'])}`, `${counted(missing, language, ['number', 'numbers'])} missing`);
  return html`${headline(answer, say(`L’audit tient sa propre copie de ${counted(events, language, ['événement', 'événements'])}.`,
    `Audit keeps its own copy of ${counted(events, language, ['event', 'events'])}.`))}
<section class="section"><h2>${say('Par service', 'By service')}</h2>${table(say('Par service', 'By service'), [
    { head: say('Service', 'Service'), cell: ({ sender }: Completeness['senders'][number]) => html`<a href="/events/${sender}">${sender}</a>` },
    { head: say('État', 'State'), cell: (sender) => (sender.missing === 0 ? pill('ok', say('Juste', 'Correct')) : pill('no', say('Rupture', 'Broken'))) },
    { head: say('Événements', 'Events'), number: true, cell: (sender) => count(sender.events, language) },
    { head: say('Dernier numéro', 'Last number'), number: true, cell: (sender) => count(sender.lastSeq, language) },
    { head: say('Manquent', 'Missing'), number: true, cell: (sender) => count(sender.missing, language) },
  ], senders)}</section>`;
}
