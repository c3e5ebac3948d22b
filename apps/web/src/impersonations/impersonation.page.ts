// One time that somebody looked: who, why, from when to when, and everything that was read.
import { z } from 'zod';
import { headline, table } from '../components.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { everyOf, oneOf } from '../decisions/one-of.js';
import { facts } from '../decisions/timeline.js';
import { clock, counted, moment } from '../format.js';
import { html, type Html } from '../html.js';
import type { Read } from '../services.js';
import { roleWord } from '../team/team-words.js';
import type { SignedInVisit } from '../visit.js';
import { endOf, impersonation, type Impersonation } from './impersonations.list.js';

const reading = z.object({ at: z.string(), method: z.string(), route: z.string(), asked: z.string() });
type Reading = z.output<typeof reading>;
type Shown = Readonly<{ one: Impersonation; readings: readonly Reading[] }>;

export const impersonationPage: DecisionPage<Shown> = {
  route: 'impersonations/:id', prefix: 'ipn', load,
  back: ({ say }) => ({ href: '/impersonations', word: say('Consultations', 'Looked at by the operator') }),
  title: ({ one }, { language, say }) => say(`Consultation du ${moment(one.begunAt, language)}`, `Looked at on ${moment(one.begunAt, language)}`),
  show, forms: () => [],
};

async function load(ask: Ask, id: string): Promise<Read<Shown>> {
  const [one, readings] = await Promise.all([
    oneOf(ask, `/identity/impersonations?limit=1&impersonationId=${id}`, impersonation), everyOf(ask, `/identity/impersonations/${id}/readings`, reading),
  ]);
  if (!one.ok) return one;
  return readings.ok ? { ok: true, value: { one: one.value, readings: readings.value } } : readings;
}

function show({ one, readings }: Shown, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const title = say('Ce qui a été lu', 'What was read');
  return html`${headline(one.userName, say(`a vu l’espace de ${one.organisationName}, sans pouvoir rien y changer.`, `saw the pages of ${one.organisationName}, and could change nothing there.`))}
<section class="section">${facts([
    [say('Comme', 'As'), roleWord(one.role, say)], [say('Pourquoi', 'Why'), one.reason],
    [say('Depuis', 'From'), moment(one.begunAt, language)], [say('Jusqu’à', 'Until'), moment(endOf(one), language)],
    [say('Fin', 'End'), endWords(one, visit)],
  ])}</section>
<section class="section"><h2>${title}</h2>${readings.length === 0 ? html`<p class="empty">${say('Rien n’a été lu.', 'Nothing was read.')}</p>`
    : html`<p>${counted(readings.length, language, [say('lecture', 'reading'), say('lectures', 'readings')])}. ${
      say('Ce que la personne a tapé n’est pas noté : « … » le remplace.', 'What the person typed is not noted: "…" stands for it.')}</p>${table<Reading>(title, [
      { head: say('Heure', 'Time'), cell: ({ at }) => clock(at, language) },
      { head: say('Adresse demandée', 'Address that was asked'), cell: ({ asked }) => html`<code>${asked}</code>` },
    ], readings)}`}</section>`;
}

function endWords({ isOpen, endedBy }: Impersonation, { say }: SignedInVisit): string {
  if (isOpen) return say('en cours', 'under way');
  switch (endedBy) {
    case 'person': return say('terminée par la personne', 'ended by the person');
    case 'sign_out': return say('terminée avec sa connexion', 'ended with their sign-in');
    case 'right': return say('terminée avec son droit', 'ended with their right');
    case null: return say('le temps donné était écoulé', 'its time was over');
  }
}
