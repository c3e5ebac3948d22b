// A workshop: the service is said once, the vouchers come one after the other, and one receipt answers for all of them.
import { uuidv7 } from 'uuidv7';
import { pill } from '../status.js';
import { amount, amountText, counted, day, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { redeemRefusal } from '../redeem/redeem-refusals.js';
import { serviceOptions } from '../service-choice.js';
import { codeInput, offlineBar, queueSection, TILL_HEAD, TILL_SCRIPT, tillParts } from '../till/till-parts.js';
import { placeIdOf, type SignedInVisit } from '../visit.js';
import type { Person } from './people.js';

export type Workshop = Readonly<{
  key: string; serviceDate: string; service: string; durationMinutes: string; participants: string; codes: string;
}>;

type Redeemed = Readonly<{ redemptionId: string; amountCents: number; balanceCents: number }>;
type Line =
  | Readonly<{ outcome: 'redeemed'; redemption: Redeemed; with: readonly Redeemed[] }>
  | Readonly<{ outcome: 'refused'; code: string; details: Readonly<Record<string, unknown>> }>;
export type Receipt = Readonly<{
  sessionId: string; serviceDate: string; redeemedCount: number; refusedCount: number; amountCents: number; lines: readonly Line[];
}>;

export const newWorkshop = (serviceDate: string): Workshop =>
  ({ key: uuidv7(), serviceDate, service: '', durationMinutes: '', participants: '', codes: '' });

export function workshopPage(visit: SignedInVisit, workshop: Workshop, above: Piece = null): Html {
  const { say } = visit;
  return tillPage(visit, html`<div class="narrow"><h1>${say('Encaisser un atelier', 'Redeem a workshop')}</h1>
<form method="post" action="/workshop" autocomplete="off" data-till="workshop">
<input type="hidden" name="key" value="${workshop.key}">
${said(visit, workshop)}
<div data-script hidden>${codeInput(visit, 'list')}
<label class="tick"><input type="checkbox" data-same-person>${say('Encore un chèque de la même personne', 'One more voucher of the same person')}</label></div>
<p class="count" id="workshop-count" role="status" data-script hidden></p>
<div class="field"><label for="codes">${say('Codes des chèques, un par ligne', 'Codes of the vouchers, one a line')}</label>
<p class="hint" id="codes-hint">${say('Une personne donne plusieurs chèques pour sa participation ? Mettez un + devant le deuxième et les suivants : tous sont encaissés, ou aucun.',
  'One person gives several vouchers for taking part? Put a + before the second and the next ones: all of them are redeemed, or none.')}</p>
<textarea class="codes" id="codes" name="codes" rows="6" maxlength="8000" autocapitalize="characters" autocomplete="off" spellcheck="false" data-codes aria-describedby="codes-error codes-hint">${workshop.codes}</textarea>
<p class="wrong" id="codes-error" role="alert" hidden></p></div>
<p class="field"><button class="button filled large">${icon('people')}${say('Encaisser tous les chèques de la liste', 'Redeem all vouchers of the list')}</button></p>
</form>${queueSection(visit)}</div>`, above);
}

function said(visit: SignedInVisit, { serviceDate, service, durationMinutes, participants }: Workshop): Html {
  const { say } = visit;
  return html`<div class="said"><div class="field"><label for="serviceDate">${say('Jour de l’atelier', 'Day of the workshop')}</label><input id="serviceDate" name="serviceDate" type="date" value="${serviceDate}" required></div>
<div class="field"><label for="durationMinutes">${say('Durée en minutes', 'Duration in minutes')}</label><input id="durationMinutes" name="durationMinutes" inputmode="numeric" maxlength="4" value="${durationMinutes}"></div>
<div class="field"><label for="participants">${say('Personnes présentes', 'People present')}</label><input id="participants" name="participants" inputmode="numeric" maxlength="4" value="${participants}"></div>
<p class="hint all">${say('La durée et le nombre de personnes sont facultatifs.', 'Duration and number of people are optional.')}</p>
<div class="field all"><label for="service">${say('Service rendu (certains chèques le demandent)', 'Which service (some vouchers ask for it)')}</label><select id="service" name="service">${serviceOptions(visit, service)}</select></div></div>`;
}

/** The sum first; then what was refused, which somebody has to tell a person; then every line in its order. */
export function receiptPage(visit: SignedInVisit, receipt: Receipt, people: readonly Person[]): Html {
  const { say, language } = visit;
  const { sessionId, redeemedCount, refusedCount, amountCents, lines, serviceDate } = receipt;
  const taken = html`<div class="answer ${redeemedCount > 0 ? 'yes' : 'no'}" role="${redeemedCount > 0 ? 'status' : 'alert'}"><p class="word">${
    icon(redeemedCount > 0 ? 'done' : 'refused')}${redeemedCount > 0 ? say('Atelier encaissé', 'Workshop redeemed') : say('Aucun chèque accepté', 'No voucher taken')}</p>
<p class="sum">${amount(amountCents, language)}</p><p>${takenOf(visit, receipt)}${
  refusedCount > 0 && html` · <b>${counted(refusedCount, language, [say('refusé', 'refused'), say('refusés', 'refused')])}</b>`}</p></div>`;
  return tillPage(visit, html`<div class="narrow"><h1>${say('Reçu de l’atelier', 'Receipt of the workshop')}</h1>
<p class="quiet">${say('Atelier du', 'Workshop of')} ${day(serviceDate, language)} · <code title="${sessionId}">${shortId(sessionId)}</code></p>
<p class="field"><a class="button wide" href="/workshop/${sessionId}/attendance-sheet">${icon('print')}${say('Feuille d’émargement (PDF)', 'Attendance sheet (PDF)')}</a></p>
<p class="field"><a class="button filled large" href="/workshop">${say('Un autre atelier', 'Another workshop')}</a></p>
<section class="section"><h2>${say('Chèque par chèque', 'Voucher by voucher')}</h2><ol class="lines">${lines.map((line, index) => lineOf(visit, line, { number: index + 1, codes: people[index] ?? [] }))}</ol></section></div>`, taken);
}

/** Vouchers, and people too where somebody gave several. */
function takenOf({ say, language }: SignedInVisit, { lines, redeemedCount }: Receipt): string {
  const vouchers = lines.reduce((count, line) => count + (line.outcome === 'redeemed' ? 1 + line.with.length : 0), 0);
  if (vouchers === redeemedCount) {
    return say(`${counted(redeemedCount, language, ['chèque', 'chèques'])} sur ${lines.length}`, `${redeemedCount} of ${counted(lines.length, language, ['voucher', 'vouchers'])}`);
  }
  return say(
    `${counted(vouchers, language, ['chèque', 'chèques'])}, de ${counted(redeemedCount, language, ['personne', 'personnes'])} sur ${lines.length}`,
    `${counted(vouchers, language, ['voucher', 'vouchers'])}, of ${redeemedCount} of ${counted(lines.length, language, ['person', 'people'])}`);
}

/** Of a code its first characters: enough to find the voucher in the pile, and sixty bits short of spending it. */
const hintOf = (code = ''): Html => html`<code>${code.slice(code.lastIndexOf('#') + 1).slice(0, 4).toUpperCase()}…</code>`;

/** A person, with all vouchers that it gave. */
function lineOf({ say, language }: SignedInVisit, line: Line, { number, codes }: Readonly<{ number: number; codes: Person }>): Html {
  const which = html`<b>${number}. ${codes.map((code, at) => html`${at > 0 && ' + '}${hintOf(code)}`)}</b>`;
  if (line.outcome === 'refused') {
    const voucher = Number(line.details['voucher'] ?? 0);
    const wrong = codes.length > 1 && html`<span>${say('Aucun n’est encaissé. En cause : ', 'None was redeemed. The reason is ')}${hintOf(codes[voucher])}</span>`;
    return html`<li>${pill('no', say('Refusé', 'Refused'))}<span class="what grow">${which}${redeemRefusal({ ...line, errors: [] }, { say, language })}${wrong}</span></li>`;
  }
  const all = [line.redemption, ...line.with];
  const left = all.reduce((sum, { balanceCents }) => sum + balanceCents, 0);
  return html`<li>${pill('ok', say('Encaissé', 'Redeemed'))}<span class="what grow">${which}${
    left > 0 && say(`Il reste ${amountText(left, language)}`, `Left: ${amountText(left, language)}`)}</span>${
    amount(all.reduce((sum, { amountCents }) => sum + amountCents, 0), language)}</li>`;
}

const tillPage = (visit: SignedInVisit, content: Html, above: Piece): Html => signedInPage(
  visit, visit.say('Atelier', 'Workshop'), html`${content}${tillParts(visit, placeIdOf(visit))}`, html`${offlineBar(visit)}${above}`,
  { scripts: TILL_SCRIPT, head: TILL_HEAD });
