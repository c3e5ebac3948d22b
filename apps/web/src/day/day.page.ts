// What did we take on a day? The sum, then each redemption with its way back, the days beside it, and what waits on this device.
import { z } from 'zod';
import { headline, part } from '../components.js';
import { amount, clock, counted, day, shortId } from '../format.js';
import { undoForm } from '../home/today.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import { offlineBar, queueSection, TILL_HEAD, TILL_SCRIPT, tillParts } from '../till/till-parts.js';
import { placeIdOf, type SignedInVisit } from '../visit.js';

export const dayShape = z.object({
  items: z.array(z.object({
    redemptionId: z.string(), redeemedAt: z.string(), serviceDate: z.string(), programmeName: z.string(), amountCents: z.int(), state: z.enum(['redeemed', 'undone']),
  })),
  nextCursor: z.string().nullable(), totals: z.object({ count: z.int(), sums: z.object({ keptCents: z.int() }) }).nullable(),
});
type Day = z.output<typeof dayShape>;
type Taken = Day['items'][number];
const DAY_MS = 86_400_000;

/** `today`: the last day that has anything. */
export function dayPage(visit: SignedInVisit, { date, today, read }: Readonly<{ date: string; today: string; read: Read<Day> }>): Html {
  const { say, language } = visit;
  const title = date === today ? say('Aujourd’hui', 'Today') : day(date, language);
  return signedInPage(visit, title, html`<h1>${title}</h1>${days(visit, date, today)}
${part(read, say, title, (found) => taken(visit, date, found))}${queueSection(visit)}${tillParts(visit, placeIdOf(visit))}`,
  html`${offlineBar(visit)}`, { scripts: TILL_SCRIPT, head: TILL_HEAD });
}

const beside = (date: string, days_: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days_ * DAY_MS).toISOString().slice(0, 10);

function days({ say, language }: SignedInVisit, date: string, today: string): Html {
  const [before, after] = [beside(date, -1), beside(date, 1)];
  return html`<form method="get" action="/day" class="days"><a class="button" href="/day?date=${before}" rel="prev">‹ ${day(before, language)}</a>
<label class="visually-hidden" for="date">${say('Jour', 'Day')}</label><input id="date" name="date" type="date" value="${date}" max="${today}"><button class="button">${say('Voir ce jour', 'See this day')}</button>
${after <= today && html`<a class="button" href="/day?date=${after}" rel="next">${day(after, language)} ›</a>`}</form>`;
}

function taken(visit: SignedInVisit, date: string, { items, totals, nextCursor }: Day): Html {
  const { say, language } = visit;
  const rest = `/redemptions?redeemedAtFrom=${date}&redeemedAtTo=${date}`;
  if (items.length === 0) return headline(say('Rien', 'Nothing'), say('Aucun encaissement ce jour.', 'Nothing was redeemed on this day.'));
  return html`${totals && headline(amount(totals.sums.keptCents, language), html`${counted(totals.count, language, [say('encaissement', 'redemption'), say('encaissements', 'redemptions')])}${
    say(', annulations déduites du montant.', ', what was undone is not in the amount.')}`)}
<ul class="lines taken">${items.map((one) => line(visit, one))}</ul>
${nextCursor !== null && html`<p class="quiet">${say('Les plus récents. Le reste est dans la liste.', 'The latest. The rest is in the list.')}</p>`}
<p class="field"><a class="target" href="${rest}">${say('Cette journée en liste, à filtrer et à emporter', 'This day as a list, to filter and take away')}</a></p>`;
}

function line(visit: SignedInVisit, one: Taken): Html {
  const { say, language, person } = visit;
  const { redemptionId, redeemedAt, serviceDate, programmeName, amountCents, state } = one;
  const mayUndo = state === 'redeemed' && person.organisation.roles.includes('manager');
  return html`<li><span class="what"><b>${clock(redeemedAt, language)}</b>${programmeName} · ${say('service du', 'service of')} ${day(serviceDate, language)} · <code title="${redemptionId}">${shortId(redemptionId)}</code>${
    state === 'undone' && html` ${pill('mute', say('Annulé', 'Undone'))}`}</span><span class="amount">${amount(amountCents, language)}</span>${mayUndo && undoForm(visit, one)}</li>`;
}
