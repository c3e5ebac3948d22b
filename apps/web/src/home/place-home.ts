// The counter's question: is this voucher good? The form first, then what was taken today and what is owed.
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { SERVICE_NAMES } from '#libs/contracts';
import { part, table } from '../components.js';
import { amount, clock, counted, day, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { loadStatements, owedCents, type Statement } from '../statements/statements.page.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const redemption = z.object({ redemptionId: z.string(), amountCents: z.int(), serviceDate: z.string(), redeemedAt: z.string() });
const today = z.object({ day: z.string(), count: z.int(), amountCents: z.int(), items: z.array(redemption) });
type Today = z.output<typeof today>;
export type PlaceHome = Readonly<{ today: Read<Today>; statements: Read<readonly Statement[]> }>;

export async function loadPlaceHome(services: Services, bearer: string): Promise<PlaceHome> {
  const [taken, statements] = await Promise.all([services.get('/redemption/redemptions', today, bearer), loadStatements(services, bearer)]);
  return { today: taken, statements };
}

/** `above` is the answer to the voucher before; `form` stands in for the usual one where that one must be sent again. */
export function placeHomePage(visit: SignedInVisit, home: PlaceHome, above: Piece = null, form?: Html): Html {
  const { say } = visit;
  const date = home.today.ok ? home.today.value.day : new Date().toISOString().slice(0, 10);
  return signedInPage(visit, say('Encaisser', 'Redeem'), html`<div class="two">
<div><h1>${above ? say('Chèque suivant', 'Next voucher') : say('Encaisser un chèque', 'Redeem a voucher')}</h1>${form ?? redeemForm(visit, date)}</div>
<div>${part(home.statements, say, say('Remboursements', 'Reimbursements'), (statements) => owed(visit, statements))}
${part(home.today, say, say('Aujourd’hui', 'Today'), (taken) => todayPart(visit, taken))}</div></div>`, above);
}

/** The key is drawn with the form: sending it twice, by two clicks or a reload, redeems once. */
function redeemForm({ say }: SignedInVisit, date: string): Html {
  return html`<form method="post" action="/redeem" autocomplete="off">
<input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="code">${say('Les 18 caractères du chèque', 'The 18 characters of the voucher')}</label>
<input class="big" id="code" name="code" required maxlength="64" autocapitalize="characters" autocomplete="off" spellcheck="false" autofocus placeholder="XXXX-XXXX-XXXX-XXXX-XX">
<p class="hint">${say('Les tirets et les minuscules ne comptent pas. Un lecteur de codes peut écrire ici.', 'Dashes and small letters do not matter. A scanner may write here.')}</p></div>
<p class="field"><button class="button filled large">${icon('scan')}${say('Encaisser le chèque', 'Redeem the voucher')}</button></p>
<details class="section"><summary>${say('Autre date, service rendu, ou une partie d’un chèque à solde', 'Another day, which service, or a part of a voucher with a balance')}</summary>
<div class="field"><label for="serviceDate">${say('Jour du service', 'Day of the service')}</label><input id="serviceDate" name="serviceDate" type="date" value="${date}" required></div>
<div class="field"><label for="service">${say('Service rendu (certains chèques le demandent)', 'Which service (some vouchers ask for it)')}</label><select id="service" name="service"><option value=""></option>${
  Object.entries(SERVICE_NAMES).map(([code, name]) => html`<option value="${code}">${name}</option>`)}</select></div>
<div class="field"><label for="amount">${say('Montant en euros (chèque à solde seulement)', 'Amount in euros (voucher with a balance only)')}</label><input id="amount" name="amount" inputmode="decimal" maxlength="12"></div>
</details></form>`;
}

function owed({ say, language }: SignedInVisit, statements: readonly Statement[]): Html {
  return html`<h2>${say('À recevoir', 'To receive')}</h2><dl class="lines"><div><dt><a href="/statements">${say('Relevés non encore virés', 'Statements not paid yet')}</a></dt><dd>${
    amount(owedCents(statements), language)}</dd></div></dl>`;
}

function todayPart({ say, language }: SignedInVisit, taken: Today): Html {
  const vouchers = counted(taken.count, language, [say('chèque', 'voucher'), say('chèques', 'vouchers')]);
  const rows = taken.items.length === 0
    ? html`<p class="empty">${say('Rien encore.', 'Nothing yet.')}</p>`
    : table(say('Aujourd’hui', 'Today'), [
      { head: say('Heure', 'Time'), cell: ({ redeemedAt }: Today['items'][number]) => clock(redeemedAt, language) },
      { head: say('Service du', 'Service of'), cell: ({ serviceDate }) => day(serviceDate, language) },
      { head: say('Reçu', 'Receipt'), cell: ({ redemptionId }) => html`<code title="${redemptionId}">${shortId(redemptionId)}</code>` },
      { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    ], taken.items);
  return html`<section class="section"><h2>${say('Aujourd’hui', 'Today')}</h2><p class="quiet">${vouchers} · ${amount(taken.amountCents, language)}</p>${rows}</section>`;
}
