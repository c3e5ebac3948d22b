// The counter's question: is this voucher good? The form first, then what waits, what was taken today and what is owed.
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { part } from '../components.js';
import { amount } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Attempt } from '../redeem/attempt.js';
import { serviceOptions } from '../service-choice.js';
import { loadStatements, owedCents, type Statement } from '../statements/statements.page.js';
import type { Read, Services } from '../services.js';
import { codeInput, offlineBar, queueSection, TILL_HEAD, TILL_SCRIPT, tillParts } from '../till/till-parts.js';
import { placeIdOf, type SignedInVisit, type Visit } from '../visit.js';
import { todayPart, type Today } from './today.js';

const redemption = z.object({
  redemptionId: z.string(), amountCents: z.int(), serviceDate: z.string(), redeemedAt: z.string(),
  participationOf: z.string().optional(), besideCents: z.int().optional(),
});
const today = z.object({ day: z.string(), count: z.int(), amountCents: z.int(), items: z.array(redemption) });
export type PlaceHome = Readonly<{ today: Read<Today>; statements: Read<readonly Statement[]> }>;

export async function loadPlaceHome(services: Services, bearer: string): Promise<PlaceHome> {
  const [taken, statements] = await Promise.all([services.get('/redemption/redemptions', today, bearer), loadStatements(services, bearer)]);
  return { today: taken, statements };
}

export type Answered = Readonly<{
  /** The answer to the voucher before. */
  above?: Piece;
  /** Stands in for the usual one where that one must be sent again. */
  form?: Html;
  /** Of a voucher that was checked: one press redeems it. */
  attempt?: Attempt;
}>;

export function placeHomePage(visit: SignedInVisit, home: PlaceHome, { above = null, form, attempt }: Answered = {}): Html {
  const { say } = visit;
  const date = home.today.ok ? home.today.value.day : new Date().toISOString().slice(0, 10);
  const title = attempt ? say('Encaisser ce chèque', 'Redeem this voucher') : above ? say('Chèque suivant', 'Next voucher') : say('Encaisser un chèque', 'Redeem a voucher');
  return signedInPage(visit, say('Encaisser', 'Redeem'), html`<div class="two">
<div><h1>${title}</h1>${form ?? redeemForm(visit, { key: uuidv7(), code: '', serviceDate: date, amount: '', service: '', ...attempt })}${queueSection(visit)}</div>
<div>${part(home.today, say, say('Aujourd’hui', 'Today'), (taken) => todayPart(visit, taken))}
${part(home.statements, say, say('Remboursements', 'Reimbursements'), (statements) => owed(visit, statements))}</div></div>${tillParts(visit, placeIdOf(visit))}`,
  html`${offlineBar(visit)}${above}`, { scripts: TILL_SCRIPT, head: TILL_HEAD });
}

/** The key is drawn with the form: sending it twice, by two clicks or a reload, redeems once. */
export function redeemForm(visit: Visit, { key, code, serviceDate, amount: typed, service }: Attempt): Html {
  const { say } = visit;
  return html`<form method="post" action="/redeem" autocomplete="off" data-till="redeem">
<input type="hidden" name="key" value="${key}">
${codeInput(visit, 'one', code)}
<p class="field"><button class="button filled large">${icon('scan')}${say('Encaisser le chèque', 'Redeem the voucher')}</button></p>
<p class="field"><button class="button wide" formaction="/check">${icon('voucher')}${say('Vérifier sans encaisser', 'Check without redeeming')}</button></p>
<details class="section" ${typed !== '' || service !== '' ? html`open` : ''}><summary>${say('Autre date, service rendu, ou une partie d’un chèque à solde', 'Another day, which service, or a part of a voucher with a balance')}</summary>
<div class="field"><label for="serviceDate">${say('Jour du service', 'Day of the service')}</label><input id="serviceDate" name="serviceDate" type="date" value="${serviceDate}" ${serviceDate !== '' && html`required`}></div>
<div class="field"><label for="service">${say('Service rendu (certains chèques le demandent)', 'Which service (some vouchers ask for it)')}</label><select id="service" name="service">${serviceOptions(visit, service)}</select></div>
<div class="field"><label for="amount">${say('Montant en euros (chèque à solde seulement)', 'Amount in euros (voucher with a balance only)')}</label><input id="amount" name="amount" inputmode="decimal" maxlength="12" value="${typed}"></div>
</details></form>`;
}

function owed({ say, language }: SignedInVisit, statements: readonly Statement[]): Html {
  return html`<section class="section"><h2>${say('À recevoir', 'To receive')}</h2><dl class="lines"><div><dt><a href="/statements">${say('Relevés non encore virés', 'Statements not paid yet')}</a></dt><dd>${
    amount(owedCents(statements), language)}</dd></div></dl></section>`;
}
