// What an approver reads before saying yes: how the run differs from the last one, what is unusual about it, and whom it leaves out.
import { table } from '../components.js';
import { amount, amountText, count, counted } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Say } from '../language.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { Breaker, Preview } from './run.data.js';

type PreviewedPayment = Preview['payments'][number];
type LeftOut = Preview['leftOut'][number];

export function previewPart(visit: SignedInVisit, { totals, breakers, payments, leftOut }: Preview): Html {
  const { say, language } = visit;
  const signed = (cents: number) => `${cents > 0 ? '+' : ''}${amountText(cents, language)}`;
  const since = totals.lastAmountCents === null
    ? say('Aucune campagne avant celle-ci.', 'No run before this one.')
    : say(`La dernière : ${amountText(totals.lastAmountCents, language)}, soit ${signed(totals.differenceCents)}.`,
      `The last one: ${amountText(totals.lastAmountCents, language)}, a difference of ${signed(totals.differenceCents)}.`);
  const fresh = counted(totals.newAccounts, language, [say('compte jamais payé', 'account never paid before'), say('comptes jamais payés', 'accounts never paid before')]);
  return html`<p>${since} ${fresh}.</p>
${breakers.length > 0 && html`<div class="notice wait" role="status">${icon('clock')}<div><p><b>${say('Inhabituel : deux personnes doivent approuver, et dire pourquoi.', 'Unusual: two people have to approve, and say why.')}</b></p>
<ul>${breakers.map((one) => html`<li>${breakerSentence(one, visit)}</li>`)}</ul></div></div>`}
${table(say('Virements', 'Payments'), [
    { head: say('Bénéficiaire', 'Payee'), cell: ({ legalName, newPayee, newAccount }: PreviewedPayment) => html`${legalName ?? say('Inconnu', 'Unknown')} ${
      newPayee ? pill('wait', say('premier paiement', 'first payment')) : newAccount && pill('wait', say('nouveau compte', 'new account'))}` },
    { head: say('Compte', 'Account'), cell: ({ iban, stripeAccountId }) => html`<code>${iban ?? stripeAccountId}</code>` },
    { head: say('Montant', 'Amount'), number: true, cell: (one) => html`${amount(one.amountCents, language)}${
      !one.newPayee && html`<br><span class="small quiet">${say('avant', 'before')} ${amountText(one.lastAmountCents, language)}</span>`}` },
  ], payments)}
${leftOut.length > 0 && leftOutPart(visit, leftOut)}`;
}

function leftOutPart({ say, language }: SignedInVisit, leftOut: readonly LeftOut[]): Html {
  return html`<section class="section"><h2>${say('Non payés cette fois', 'Not paid this time')} (${count(leftOut.length, language)})</h2>${table(say('Non payés', 'Not paid'), [
    { head: say('Bénéficiaire', 'Payee'), cell: ({ legalName }: LeftOut) => legalName ?? say('Inconnu', 'Unknown') },
    { head: say('Pourquoi', 'Why'), cell: ({ reason }) => leftOutReason(reason, say) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], leftOut)}</section>`;
}

const REASONS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  place_suspended: ['lieu suspendu ou retiré depuis, ou sous alerte', 'place suspended or withdrawn since, or under an alert'],
  payee_incomplete: ['organisme à compléter', 'legal body to be completed'],
  bank_account_missing: ['pas de compte bancaire validé', 'no validated bank account'],
  bank_account_blocked: ['compte bancaire bloqué', 'bank account blocked'],
  destination_missing: ['pas de compte Stripe validé', 'no validated Stripe account'],
  destination_blocked: ['compte Stripe bloqué', 'Stripe account blocked'],
  cooling_off: ['compte changé depuis moins de trois jours', 'account changed within the last three days'],
  run_full: ['campagne pleine : la prochaine le paiera', 'run full: the next one pays it'],
};

const leftOutReason = (reason: string, say: Say): string => (REASONS[reason] ? say(...REASONS[reason]) : reason);

/** With the figures that tripped it. */
export function breakerSentence({ breaker, figures }: Breaker, { say, language }: Pick<SignedInVisit, 'say' | 'language'>): string {
  const sum = (name: string) => amountText(figures[name] ?? 0, language);
  if (breaker === 'total') {
    return figures['medianCents'] === undefined
      ? say(`${sum('dayCents')} en un jour : plus que ${sum('firstRunsCeilingCents')}, le plafond des premières campagnes.`,
        `${sum('dayCents')} within a day: more than ${sum('firstRunsCeilingCents')}, the ceiling of first runs.`)
      : say(`${sum('dayCents')} en un jour, pour ${sum('medianCents')} d’habitude.`, `${sum('dayCents')} within a day, against ${sum('medianCents')} as a rule.`);
  }
  if (breaker === 'new_accounts') {
    return say(`${figures['newAccounts'] ?? 0} comptes jamais payés, pour ${sum('newCents')}.`, `${figures['newAccounts'] ?? 0} accounts never paid before, for ${sum('newCents')}.`);
  }
  if (breaker === 'largest_payment') {
    return say(`Un virement de ${sum('largestCents')} sur ${sum('totalCents')}.`, `One payment of ${sum('largestCents')} out of ${sum('totalCents')}.`);
  }
  return breaker;
}

/** Beside the button: the reason of this approver for each; the other one gives their own. */
export const reasonFields = (breakers: readonly Breaker[], visit: SignedInVisit): Html[] => breakers.map((one) => html`<div class="field">
<label for="reason_${one.breaker}">${breakerSentence(one, visit)} ${visit.say('Pourquoi est-ce juste ?', 'Why is it right?')}</label>
<input id="reason_${one.breaker}" name="reason_${one.breaker}" required maxlength="500"></div>`);
