// What a place took today, newest first, each with its way back as long as this till has one.
import { uuidv7 } from 'uuidv7';
import { UNDO_REASONS } from '#libs/contracts';
import { amount, amountText, clock, counted, day, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Say } from '../language.js';
import type { SignedInVisit } from '../visit.js';

type Taken = Readonly<{
  redemptionId: string; amountCents: number; serviceDate: string; redeemedAt: string;
  /** Either of them: other vouchers of the same person paid for the same participation. */
  participationOf?: string | undefined; besideCents?: number | undefined;
}>;
export type Today = Readonly<{ day: string; count: number; amountCents: number; items: readonly Taken[] }>;

/** How long a till may take back what it did; redemption decides, this only spares a useless button. */
const UNDO_WINDOW_MS = 15 * 60_000;

const REASONS: Readonly<Record<(typeof UNDO_REASONS)[number], readonly [french: string, english: string]>> = {
  wrong_voucher: ['Mauvais chèque', 'Wrong voucher'],
  wrong_amount: ['Mauvais montant', 'Wrong amount'],
  scanned_twice: ['Encaissé deux fois', 'Redeemed twice'],
  service_not_rendered: ['Service non rendu', 'Service not rendered'],
  other: ['Autre raison', 'Another reason'],
};

export function todayPart(visit: SignedInVisit, taken: Today): Html {
  const { say, language } = visit;
  const vouchers = counted(taken.count, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
  return html`<section id="today"><h2>${say('Aujourd’hui', 'Today')}</h2><p class="quiet">${vouchers} · ${amount(taken.amountCents, language)}</p>
${taken.items.length === 0 ? html`<p class="empty">${say('Rien encore.', 'Nothing yet.')}</p>` : html`<ul class="lines taken">${taken.items.map((each) => line(visit, each))}</ul>`}</section>`;
}

function line(visit: SignedInVisit, each: Taken): Html {
  const { say, language } = visit;
  return html`<li><span class="what"><b>${clock(each.redeemedAt, language)}</b>${say('Service du', 'Service of')} ${day(each.serviceDate, language)} · ${
    say('Reçu', 'Receipt')} <code title="${each.redemptionId}">${shortId(each.redemptionId)}</code></span><span class="amount">${amountText(each.amountCents, language)}</span>${
    mayUndo(visit, each) && undoForm(visit, each)}</li>`;
}

function mayUndo({ person }: SignedInVisit, { redeemedAt }: Taken): boolean {
  return person.organisation.roles.includes('manager') || Date.now() - Date.parse(redeemedAt) < UNDO_WINDOW_MS;
}

export function undoForm(
  { say, language }: SignedInVisit,
  { redemptionId, amountCents, participationOf, besideCents }: Pick<Taken, 'redemptionId' | 'amountCents' | 'participationOf' | 'besideCents'>,
): Html {
  const money = amountText(amountCents, language);
  const together = (participationOf ?? besideCents) !== undefined && html`<p class="hint">${say('Les autres chèques donnés par la même personne sont rendus avec lui.', 'The other vouchers that the same person gave are given back with it.')}</p>`;
  return html`<details class="undo"><summary>${icon('undo')}${say('Annuler', 'Undo')}<span class="visually-hidden"> ${money}</span></summary>
<form method="post" action="/undo" data-till="undo"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="redemptionId" value="${redemptionId}">
<div class="field"><label for="reason-${redemptionId}">${say('Pourquoi', 'Why')}</label><select id="reason-${redemptionId}" name="reason">${reasons(say)}</select></div>
${together}<p class="field"><button class="button wide">${say(`Rendre ${money} au chèque`, `Give ${money} back to the voucher`)}</button></p></form></details>`;
}

const reasons = (say: Say): Html => html`${UNDO_REASONS.map((reason) => html`<option value="${reason}">${say(...REASONS[reason])}</option>`)}`;
