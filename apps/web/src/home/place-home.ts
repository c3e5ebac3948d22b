// The counter's question: is this voucher good? The form first, then what waits, what was taken today and what is owed.
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { loadStanding, type Standing } from '../accreditation/accreditation.data.js';
import { taskWords } from '../accreditation/accreditation.page.js';
import { tasksOf } from '../accreditation/tasks.js';
import { part } from '../components.js';
import { amount } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Attempt } from '../redeem/attempt.js';
import { serviceOptions } from '../service-choice.js';
import type { Read, Services } from '../services.js';
import type { Person } from '../sessions.js';
import { loadNextPayment, nextOf, type NextPayment } from '../statements/next-payment.data.js';
import { whenSaid } from '../statements/statements-top.js';
import { codeInput, offlineBar, queueSection, TILL_HEAD, TILL_SCRIPT, tillParts } from '../till/till-parts.js';
import { placeIdOf, type SignedInVisit, type Visit } from '../visit.js';
import { todayPart, type Today } from './today.js';

const redemption = z.object({
  redemptionId: z.string(), amountCents: z.int(), serviceDate: z.string(), redeemedAt: z.string(),
  participationOf: z.string().optional(), besideCents: z.int().optional(),
});
const today = z.object({ day: z.string(), count: z.int(), amountCents: z.int(), items: z.array(redemption) });
/** `managed`: for who manages the place. */
export type PlaceHome = Readonly<{ today: Read<Today>; managed?: Readonly<{ next: Read<NextPayment>; standing: Standing }> }>;

/** What a counter needs with each answer. */
export const loadCounter = async (services: Services, bearer: string): Promise<PlaceHome> =>
  ({ today: await services.get('/redemption/redemptions', today, bearer) });

export async function loadPlaceHome(services: Services, { bearer, organisation }: Person): Promise<PlaceHome> {
  if (!organisation.roles.includes('manager')) return loadCounter(services, bearer);
  const [counter, next, standing] = await Promise.all([
    loadCounter(services, bearer), loadNextPayment(services, bearer), loadStanding(services, bearer),
  ]);
  return { ...counter, managed: { next, standing } };
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
  const isTill = visit.person.organisation.roles.includes('till');
  const title = !isTill ? say('Votre lieu', 'Your place') : attempt ? say('Encaisser ce chèque', 'Redeem this voucher') : above ? say('Chèque suivant', 'Next voucher') : say('Encaisser un chèque', 'Redeem a voucher');
  return signedInPage(visit, say('Encaisser', 'Redeem'), html`<div class="two">
<div><h1>${title}</h1>${isTill ? form ?? redeemForm(visit, { key: uuidv7(), code: '', serviceDate: date, amount: '', service: '', ...attempt }) : managedPart(visit, home)}${queueSection(visit)}</div>
<div>${part(home.today, say, say('Aujourd’hui', 'Today'), (taken) => todayPart(visit, taken))}<p><a class="target" href="/day">${say('Les autres jours', 'The other days')}</a></p>
${isTill && managedPart(visit, home)}</div></div>${tillParts(visit, placeIdOf(visit))}`,
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

/** When the next money comes, and what is left to do. */
function managedPart(visit: SignedInVisit, { managed }: PlaceHome): Piece {
  const { say, language } = visit;
  if (!managed) return null;
  const { next, standing } = managed;
  const toDo = tasksOf(standing, new Date().toISOString().slice(0, 10)).filter(({ state }) => state === 'to_do');
  return html`<section class="section"><h2>${say('Prochain virement', 'Next payment')}</h2>${part(next, say, say('Prochain virement', 'Next payment'), (found) => {
    const first = nextOf(found);
    return html`<dl class="lines"><div><dt><a href="/statements">${first ? whenSaid(visit, first) : say('Rien à virer pour le moment.', 'Nothing to pay at present.')}</a></dt><dd>${first && amount(first.cents, language)}</dd></div></dl>`;
  })}</section>
<section class="section"><h2>${say('À faire', 'To do')}</h2>${toDo.length === 0 ? html`<p class="empty">${say('Rien à faire.', 'Nothing to do.')}</p>` : html`<ul class="lines">${
    toDo.map(({ name, href = '' }) => html`<li><a class="target" href="${href.startsWith('/') ? href : `/accreditation${href}`}">${taskWords(visit)[name]}</a></li>`)}</ul>`}</section>`;
}
