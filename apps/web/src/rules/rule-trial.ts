// What a rule would have made of a year that is over, before it is published: of orders, of redemptions, of what payers were charged.
import { z } from 'zod';
import { addDays, dayIn, localDate } from '#libs/kernel';
import { part, table } from '../components.js';
import type { TryOut } from '../decisions/decision-page.js';
import { amount, amountText, count, counted, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { payerRefusal } from '../orders/payer-refusals.js';
import { redeemRefusal } from '../redeem/redeem-refusals.js';
import { serviceName } from '../service-choice.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { RuleBody } from './rule-fields.js';

const ZONE = 'Europe/Paris';
const YEAR_DAYS = 365;
const sum = z.object({ count: z.int(), amountCents: z.int() });
const orders = z.object({
  decided: sum, accepted: sum, refused: z.array(sum.extend({ code: z.string() })),
  repriced: z.object({ count: z.int(), differenceCents: z.int() }),
  differentCount: z.int(),
});
const redemptions = z.object({
  decided: sum, taken: sum, refused: z.array(sum.extend({ code: z.string(), service: z.string().nullable(), placeCount: z.int() })),
});
const would = { chargedCents: z.int(), chargedVatCents: z.int(), feeCents: z.int(), vatCents: z.int() };
const charged = z.object({
  window: z.object({ ...would, orders: z.array(z.object({ ...would, orderId: z.string(), amountCents: z.int() })) }),
});

/** The year up to today. */
function lastYear(): { from: string; to: string } {
  const to = dayIn(ZONE, new Date());
  return { from: addDays(localDate(to), -YEAR_DAYS), to };
}

/** `body` as issuance takes it; tills know less of a rule. */
export async function tryRule(programmeId: string, body: RuleBody, tryOut: TryOut, visit: SignedInVisit): Promise<Read<Piece>> {
  const { usableUntil, claimableUntil, services, territory, servicePrices, limits: { redemptionCentsMax } } = body;
  const window = lastYear();
  const [ofOrders, ofTills] = await Promise.all([
    tryOut(`/issuance/programmes/${programmeId}/rules/simulate`, { rule: body, window }, orders),
    tryOut(`/redemption/programmes/${programmeId}/rules/simulate`, { rule: { usableUntil, claimableUntil, services, territory, servicePrices, limits: { redemptionCentsMax } }, window }, redemptions),
  ]);
  if (!ofOrders.ok) return ofOrders;
  const { say } = visit;
  return { ok: true, value: html`${orderPart(visit, ofOrders.value)}${part(ofTills, say, say('Encaissements', 'Redemptions'), (found) => redemptionPart(visit, found))}` };
}

function orderPart({ say, language }: SignedInVisit, { decided, refused, repriced, differentCount }: z.output<typeof orders>): Html {
  const all = counted(decided.count, language, [say('commande passée', 'past order'), say('commandes passées', 'past orders')]);
  return html`<p><b>${say(`${count(differentCount, language)} sur ${all} seraient décidées autrement.`, `${count(differentCount, language)} of ${all} would be decided otherwise.`)}</b> ${
    say(`Sur un an, ${amountText(decided.amountCents, language)}.`, `Within a year, ${amountText(decided.amountCents, language)}.`)}</p>
${refused.length > 0 && html`<ul class="lines">${refused.map(({ code, count: many, amountCents }) => html`<li><span class="what grow"><b>${counted(many, language, [say('commande refusée', 'order refused'), say('commandes refusées', 'orders refused')])}</b>${
    payerRefusal(code, say)}</span>${amount(amountCents, language)}</li>`)}</ul>`}
${repriced.count > 0 && html`<p>${counted(repriced.count, language, [say('commande aurait un autre prix', 'order would have another price'), say('commandes auraient un autre prix', 'orders would have another price')])} : ${
    repriced.differenceCents < 0 ? '−' : '+'}${amountText(Math.abs(repriced.differenceCents), language)}.</p>`}`;
}

function redemptionPart(visit: SignedInVisit, { decided, refused }: z.output<typeof redemptions>): Html {
  const { say, language } = visit;
  const many = refused.reduce((total, one) => total + one.count, 0);
  const all = counted(decided.count, language, [say('encaissement', 'redemption'), say('encaissements', 'redemptions')]);
  return html`<p><b>${say(`${count(many, language)} sur ${all} seraient refusés à la caisse.`, `${count(many, language)} of ${all} would be refused at the till.`)}</b></p>
${refused.length > 0 && html`<ul class="lines">${refused.map(({ code, service, placeCount, count: of, amountCents }) => html`<li><span class="what grow"><b>${count(of, language)}${service && ` – ${serviceName(service, visit)}`}</b>${
    redeemRefusal({ code, errors: [], details: {} }, visit)} ${counted(placeCount, language, [say('lieu concerné', 'place concerned'), say('lieux concernés', 'places concerned')])}.</span>${amount(amountCents, language)}</li>`)}</ul>`}`;
}

export async function tryPayerFee(programmeId: string, rule: object, tryOut: TryOut, visit: SignedInVisit): Promise<Read<Piece>> {
  const read = await tryOut('/issuance/upstream-fee-rules/simulate', { rule, window: { programmeId, ...lastYear() } }, charged);
  if (!read.ok) return read;
  const { say, language } = visit;
  const { orders: found, ...all } = read.value.window;
  const other = found.filter(({ chargedCents, feeCents }) => chargedCents !== feeCents);
  return { ok: true, value: html`<p><b>${say(`${count(other.length, language)} sur ${counted(found.length, language, ['commande facturée', 'commandes facturées'])} auraient d’autres frais.`,
    `${count(other.length, language)} of ${counted(found.length, language, ['order', 'orders'])} would be charged otherwise.`)}</b> ${
    say(`En tout ${amountText(all.feeCents, language)} hors TVA au lieu de ${amountText(all.chargedCents, language)}, sur un an.`, `In all ${amountText(all.feeCents, language)} before VAT instead of ${amountText(all.chargedCents, language)}, within a year.`)}</p>
${other.length > 0 && table(say('Commandes', 'Orders'), [
    { head: say('Commande', 'Order'), cell: ({ orderId }: typeof found[number]) => html`<a href="/all-orders/${orderId}">${shortId(orderId)}</a>` },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Facturé', 'Charged'), number: true, cell: ({ chargedCents }) => amount(chargedCents, language) },
    { head: say('Avec cette règle', 'By this rule'), number: true, cell: ({ feeCents }) => amount(feeCents, language) },
  ], other.slice(0, ORDERS_SHOWN))}` };
}
const ORDERS_SHOWN = 10;

type Rates = Readonly<{ feeBasisPoints: number; vatBasisPoints: number; commonsBasisPoints: number }>;
const WHOLE = 10_000;
/** Of a hundred euros; whole cents but for the VAT. */
const keptOf = ({ feeBasisPoints, vatBasisPoints, commonsBasisPoints }: Rates): number =>
  WHOLE - feeBasisPoints - Math.round(feeBasisPoints * vatBasisPoints / WHOLE) - commonsBasisPoints;

/** Of a hundred euros that a place redeems: settlement keeps the books to the cent, this tells a person which way it goes. */
export function tryPlaceFee(asked: Rates, last: Rates | undefined, { say, language }: SignedInVisit): Read<Piece> {
  const [now, before] = [keptOf(asked), last ? keptOf(last) : WHOLE];
  const follows = now < before ? say('Les lieux reçoivent moins : le barème vaut dans trente jours au plus tôt, et chaque lieu en reçoit un message.', 'Places get less: the rule is for thirty days from now at the earliest, and each place gets a message.')
    : say('Les lieux ne reçoivent pas moins : il peut valoir sans délai.', 'Places get no less: it may be good without delay.');
  return { ok: true, value: html`<p><b>${say(`Sur 100 € encaissés, un lieu reçoit ${amountText(now, language)} au lieu de ${amountText(before, language)}.`, `Of €100 redeemed, a place gets ${amountText(now, language)} instead of ${amountText(before, language)}.`)}</b> ${follows}</p>` };
}
