// The auditor's first question: where did this cent come from, and where did it go? The verdict, whose money became what, each
// step with its event and its place in the sealed log, and what has not happened.
import { GAP_WORDS, REACHED_WORDS, STEP_WORDS } from '#libs/evidence';
import { headline, missingPart, table } from '../components.js';
import { amount, amountText, count, counted, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Problem, Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { Trace, TracedRedemption, TraceStep } from './trace.data.js';

export function tracePage(visit: SignedInVisit, of: string, read: Read<Trace> | null): Html {
  const { say } = visit;
  const title = say('Suivre un centime', 'Follow a cent');
  return signedInPage(visit, title, html`<h1>${title}</h1>
${read?.ok && verdict(visit, read.value)}
<form method="get" action="/trace" class="narrow"><div class="field"><label for="of">${say('Ce que vous avez en main', 'What you have in hand')}</label>
<input id="of" name="of" value="${of}" maxlength="80" autocomplete="off" aria-describedby="of-hint"><p class="hint" id="of-hint">${
    say('Le numéro imprimé sur un chèque (jamais son code) ou sur la couverture d’un carnet, la référence d’un virement (MR…), ou un identifiant d’ici : ligne de banque, commande, lot, encaissement, relevé, remboursement, attribution, acompte, état contradictoire, facture.',
      'The serial printed on a voucher (never its code) or on the cover of a booklet, the reference of a payment (MR…), or an id of ours: bank line, order, batch, redemption, statement, refund, allocation, early payment, contradictory statement, invoice.')}</p></div>
<p class="field"><button class="button ${of === '' ? 'filled' : ''}">${say('Suivre', 'Follow')}</button></p></form>
${read && (read.ok ? traced(visit, of, read.value) : notTraced(visit, title, read))}`);
}

function notTraced({ say }: SignedInVisit, title: string, problem: Problem): Html {
  const words: Readonly<Record<string, string>> = {
    trace_not_found: say('Aucun événement gardé ne nomme ceci. Vérifiez le numéro ; un fait des dernières secondes peut n’être pas encore arrivé.', 'No kept event names this. Check the number; a fact of the last seconds may not have arrived yet.'),
    serial_not_told: say('Ce numéro n’est celui d’aucun lot connu.', 'This serial is of no batch that is known.'),
    request_malformed: say('Ceci n’a la forme d’aucun numéro d’ici.', 'This is of no form that our numbers have.'),
  };
  const said = words[problem.code];
  return said ? html`<div class="notice no" role="alert"><p>${said}</p></div>` : missingPart(say, title, problem);
}

const PAID = ['paid', 'paid_early', 'set_off', 'netted'];

/** One redemption is answered as such; several by what became of their sum; a way that has not come to one, by what is missing. */
function verdict(visit: SignedInVisit, { redemptions, open, steps }: Trace): Html {
  const { say, language } = visit;
  const sum = redemptions.reduce((all, one) => all + one.amountCents, 0);
  if (redemptions.length === 0) {
    return headline(count(steps.length, language), open.length > 0 ? say(`étapes ; pas encore : ${openWords(visit, open)}.`, `steps; not yet: ${openWords(visit, open)}.`) : say('étapes, sans encaissement.', 'steps, without a redemption.'));
  }
  const untold = redemptions.filter((one) => one.untold.length > 0).length;
  const paid = redemptions.filter(({ reached }) => PAID.includes(reached)).reduce((all, one) => all + one.amountCents, 0);
  const whole = untold === 0 ? say('Le chemin est entier.', 'The way is whole.') : say(`Il y manque un lien pour ${count(untold, language)}.`, `A link is missing for ${count(untold, language)}.`);
  return headline(amount(sum, language), say(
    `encaissés en ${counted(redemptions.length, language, ['fois', 'fois'])}, dont ${amountText(paid, language)} payés aux lieux. ${whole}`,
    `redeemed in ${counted(redemptions.length, language, ['redemption', 'redemptions'])}, of which ${amountText(paid, language)} paid to places. ${whole}`));
}

const openWords = ({ say }: SignedInVisit, open: Trace['open']): string => open.map(({ what }) => wordOf(GAP_WORDS, what, say)).join(', ');
const wordOf = (words: Readonly<Record<string, readonly [string, string]>>, name: string, say: SignedInVisit['say']): string => {
  const [french, english] = words[name] ?? [name, name];
  return say(french, english);
};

function traced(visit: SignedInVisit, of: string, trace: Trace): Html {
  const { say } = visit;
  const page = (cursor: string) => `/trace?${new URLSearchParams({ of, cursor })}`;
  return html`${trace.isCut && html`<div class="notice wait" role="status">${icon('clock')}<p>${say('Une limite a été atteinte : partez d’une étape plus étroite pour voir le reste.', 'A bound was met: begin with a narrower step to see the rest.')}</p></div>`}
${trace.redemptions.length > 0 && html`<section class="section"><h2>${say('De qui, jusqu’où', 'Whose, how far')}</h2>${flow(visit, trace.redemptions)}${
    trace.nextCursor !== null && html`<p class="field"><a class="button" href="${page(trace.nextCursor)}">${say('Encaissements suivants', 'Next redemptions')}</a></p>`}</section>`}
<section class="section"><h2>${say('Étapes, dans l’ordre de l’argent', 'Steps, in the order of money')}</h2><ol class="lines">${trace.steps.map((one) => stepLine(visit, one))}</ol></section>
${trace.fed.length > 0 && fed(visit, trace)}
${trace.open.length > 0 && html`<section class="section"><h2>${say('Ce qui n’est pas arrivé', 'What has not happened')}</h2><ul class="lines">${
    trace.open.map(({ what, since }) => html`<li>${wordOf(GAP_WORDS, what, say)}${since && html`<span class="quiet small">${moment(since, visit.language)}</span>`}</li>`)}</ul></section>`}
${isPacket(of) && html`<section class="section"><h2>${say('Le prouver ailleurs', 'Prove it elsewhere')}</h2><p>${say('Un dossier avec ces étapes, leurs preuves et les documents, que l’on vérifie sans nous.', 'A packet with these steps, their proofs and the documents, verified without us.')}</p>
<p class="field"><a class="button" href="/evidence?of=${of}" download>${say('Prendre le dossier de preuves', 'Take the evidence packet')}</a></p></section>`}`;
}

/** Cents of a pool are not told apart: the page says how far back it looked, and claims no more. */
function fed({ say, language }: SignedInVisit, { fed: contributions, steps }: Trace): Html {
  const nameOf = (eventId: string) => steps.find((one) => one.eventId === eventId)?.step ?? '';
  return html`<section class="section"><h2>${say('Ce qui a alimenté les communs', 'What fed the commons')}</h2>
<p class="quiet">${say('Les recettes les plus récentes avant cette sortie, jusqu’à la couvrir : les centimes d’un fonds ne se distinguent pas.', 'The newest contributions before they gave, as many as cover it: cents of a pool are not told apart.')}</p>
<ul class="lines">${contributions.map(({ eventId, amountCents }) => html`<li><a href="/events/one/${eventId}">${wordOf(STEP_WORDS, nameOf(eventId), say)}</a><span>${amount(amountCents, language)}</span></li>`)}</ul></section>`;
}

/** What audit makes a packet of. */
const isPacket = (of: string): boolean => /^(bkn|ord|bat|red|clm|stm|pin|rfd|alc|epy|cst|inv)_[0-9a-f-]{36}$/.test(of);

function flow(visit: SignedInVisit, redemptions: readonly TracedRedemption[]): Html {
  const { say, language } = visit;
  return table(say('De qui, jusqu’où', 'Whose, how far'), [
    { head: say('Encaissement', 'Redemption'), cell: ({ redemptionId, voucher }: TracedRedemption) => html`<a href="/trace?of=${redemptionId}"><code>${shortId(redemptionId)}</code></a>${
      typeof voucher?.booklet === 'number' && html`<div class="small quiet">${say('carnet', 'booklet')} ${count(voucher.booklet, language)}</div>`}` },
    { head: say('L’argent de', 'Money of'), cell: ({ shares }) => (shares.length === 0 ? say('inconnu', 'unknown') : shares.map((share) => html`<div><code>${shortId(share.payerId)}</code> ${amount(share.amountCents, language)}</div>`)) },
    { head: say('Jusqu’où', 'How far'), cell: (one) => reached(visit, one) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], redemptions);
}

function reached(visit: SignedInVisit, { reached: state, since, untold, correctedCents }: TracedRedemption): Html {
  const { say, language } = visit;
  const tone = PAID.includes(state) ? 'ok' : ['returned', 'payment_rejected', 'rejected'].includes(state) ? 'no' : 'wait';
  return html`${pill(tone, wordOf(REACHED_WORDS, state, say))} <span class="small quiet">${moment(since, language)}</span>${
    correctedCents > 0 && html`<div class="small">${say('trop perçu', 'too much')} ${amount(correctedCents, language)}</div>`}${
    untold.map((gap) => html`<div class="small wrong">${wordOf(GAP_WORDS, gap, say)}</div>`)}`;
}

function stepLine({ say, language }: SignedInVisit, { step, at, amountCents, eventId, leaf, sender, seq, ids }: TraceStep): Html {
  const others = Object.entries(ids).map(([noun, id]) => html` · ${noun} <code title="${id}">${shortId(id)}</code>`);
  const sealed = leaf === null ? pill('wait', say('Attend d’être scellé', 'Waits to be sealed')) : html`<span class="pill ok">${icon('done')}${say('feuille', 'leaf')} ${count(leaf, language)}</span>`;
  return html`<li><span class="what"><b><a href="/events/one/${eventId}">${wordOf(STEP_WORDS, step, say)}</a></b>${moment(at, language)} · ${sender} ${count(seq, language)}<span class="small">${others}</span></span>
<span>${sealed} ${amountCents === null ? html`<span class="quiet">–</span>` : amount(amountCents, language)}</span></li>`;
}

