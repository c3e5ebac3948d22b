// A place's question: may I have a part of what is due to me now? How much, why not more, and what became of it before.
import { z } from 'zod';
import { headline, table } from '../components.js';
import type { Ask, DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { decisionRefusal } from '../decisions/decision-refusals.js';
import { allOf } from '../decisions/one-of.js';
import { amount, amountText, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { earlyPayment, endWords, type EarlyPayment } from './early-payment.words.js';

const offer = z.object({
  bankAccountId: z.string(), dueCents: z.int(), openCents: z.int(), atMostCents: z.int(), against: z.string().nullable(),
});
type Offer = z.output<typeof offer>;
const pool = z.object({ programmeId: z.string().nullable(), programmeName: z.string().nullable(), balanceCents: z.int() });
/** Out of the pool of a programme, of what is due of that one. */
type LocalOffer = Offer & Readonly<{ programmeId: string; programmeName: string }>;
type View = Readonly<{ offers: readonly Offer[]; local: readonly LocalOffer[]; asked: readonly EarlyPayment[] }>;
const NOT_FOUND = 404;
const SHOWN = 50;

async function load(ask: Ask): Promise<Read<View>> {
  const [offers, asked] = await Promise.all([
    allOf(ask, '/settlement/early-payments/offers', offer), allOf(ask, `/settlement/early-payments?limit=${SHOWN}`, earlyPayment),
  ]);
  if (!asked.ok) return asked;
  // Nothing was redeemed at the place yet, so that nobody is behind it to be paid.
  if (!offers.ok) {
    return offers.status === NOT_FOUND ? { ok: true, value: { offers: [], local: [], asked: asked.value } } : offers;
  }
  const told = offers.value.filter(({ dueCents, openCents }) => dueCents > 0 || openCents > 0);
  const local = told.length === 0 ? [] : await localOffers(ask);
  return { ok: true, value: { offers: told, local, asked: asked.value } };
}

/** A pool that does not answer offers nothing: the national one, and the statement, are there all the same. */
async function localOffers(ask: Ask): Promise<LocalOffer[]> {
  const pools = await allOf(ask, '/settlement/commons-pools', pool);
  const fed = pools.ok ? pools.value.filter(({ programmeId, balanceCents }) => programmeId !== null && balanceCents > 0) : [];
  const found = await Promise.all(fed.map(async ({ programmeId, programmeName }) => {
    const offers = await allOf(ask, `/settlement/early-payments/offers?programmeId=${programmeId}`, offer);
    const named = { programmeId: programmeId!, programmeName: programmeName ?? programmeId! };
    return offers.ok ? offers.value.map((one) => ({ ...one, ...named })) : [];
  }));
  return found.flat().filter(({ atMostCents }) => atMostCents > 0);
}

export const paidEarlyPage: DecisionPage<View> = {
  route: 'paid-early', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/statements', word: say('Remboursements', 'Reimbursements') }),
  title: (_, { say }) => say('Acompte', 'Early payment'),
  show, forms,
};

const sumOf = (offers: readonly Offer[], of: (one: Offer) => number): number => offers.reduce((sum, one) => sum + of(one), 0);

function show({ offers, local, asked }: View, visit: SignedInVisit): Html {
  const { say, language } = visit;
  // Each pool pays of the same that is due: what one of them has is not more by what another has.
  const atMost = sumOf(offers, ({ bankAccountId, atMostCents }) =>
    Math.max(atMostCents, ...local.filter((one) => one.bankAccountId === bankAccountId).map((one) => one.atMostCents)));
  return html`${atMost > 0 ? headline(amount(atMost, language), say('au plus, que vous pouvez recevoir sans attendre le relevé.', 'at most, that you can have without waiting for the statement.'))
    : headline(say('Pas d’acompte pour l’instant', 'No early payment for now'), offers.length === 0 ? say('Rien n’est dû hors relevé. Ce qui est retenu, ou déjà dans un relevé, se lit dans vos remboursements.', 'Nothing is due outside of statements. What is held, or in a statement already, is among your reimbursements.')
      : say('Ce qui vous est dû vient avec votre prochain relevé.', 'What is due to you comes with your next statement.'))}
<p>${say('Un acompte est une part de ce qui vous est déjà dû, virée plus tôt par le fonds commun. Ce n’est pas un prêt : il est déduit de votre prochain relevé, c’est tout.',
    'An early payment is a part of what is due to you already, paid sooner out of the commons. It is no loan: it is taken off your next statement, and that is all.')}</p>
${offers.map((one, index) => offerPart(visit, one, offers.length > 1 ? index + 1 : null))}
${local.map(({ programmeName, atMostCents }) => html`<p>${say(`La caisse de ${programmeName} peut payer jusqu’à ${amountText(atMostCents, language)} de ce qui est dû de ce programme.`,
    `The pool of ${programmeName} can pay up to ${amountText(atMostCents, language)} of what is due of that programme.`)}</p>`)}
<section class="section"><h2>${say('Vos acomptes', 'Your early payments')}</h2>${asked.length === 0 ? html`<p class="empty">${say('Ici se liront vos acomptes, et de quel relevé chacun est déduit.', 'Here you will read your early payments, and which statement each is taken off.')}</p>`
    : table(say('Vos acomptes', 'Your early payments'), [
      { head: say('Demandé le', 'Asked for'), cell: ({ askedAt }: EarlyPayment) => moment(askedAt, language) },
      { head: say('État', 'State'), cell: ({ state }) => status(state, say) },
      { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
      { head: say('Comment il a fini', 'How it ended'), cell: ({ ends }) => ends.map((end) => html`<div>${end.statementId === null ? endWords(end, visit) : html`<a href="/statements/${end.statementId}">${endWords(end, visit)}</a>`}</div>`) },
      { head: say('Reste à déduire', 'Left to take off'), number: true, cell: ({ leftCents }) => amount(leftCents, language) },
    ], asked)}</section>`;
}

function offerPart(visit: SignedInVisit, { dueCents, openCents, atMostCents, against }: Offer, number: number | null): Html {
  const { say, language } = visit;
  const name = accountName(visit, number);
  return html`<section class="section">${name && html`<h2>${name}</h2>`}<dl class="sums" aria-label="${name ?? say('Ce qui peut être payé maintenant', 'What may be paid now')}">
<div><dt>${say('Dû, dans aucun relevé encore', 'Due, in no statement yet')}</dt><dd>${amount(dueCents, language)}</dd></div>
<div><dt>${say('Acomptes pas encore déduits', 'Early payments not taken off yet')}</dt><dd>${amount(openCents, language)}</dd></div>
<div class="yours"><dt>${say('À recevoir maintenant, au plus', 'To have now, at most')}</dt><dd>${amount(atMostCents, language)}</dd></div></dl>
${against !== null && html`<div class="notice info" role="status">${icon('underway')}<p>${whyNot(visit, against)} ${against === 'early_payment_without_account' && html`<a href="/account">${say('Compte bancaire', 'Bank account')}</a>`}</p></div>`}</section>`;
}

/** Of the operator's accounts, which a place knows no names of. */
const accountName = ({ say }: SignedInVisit, number: number | null): string | null => (number === null ? null : say(`Somme n° ${number}`, `Sum no. ${number}`));

/** As a cent would be refused, where the sentence of the form would tell of an amount that nobody has typed. */
function whyNot({ say }: SignedInVisit, code: string): string {
  switch (code) {
    case 'early_payment_too_much': return say('Ce que les règles paient plus tôt est déjà demandé, ou sert à ce que votre organisme doit. Le reste vient avec le relevé.',
      'What the rules pay early was asked for already, or goes to what your body owes. The rest comes with the statement.');
    case 'commons_short': return say('Le fonds commun n’a plus assez d’argent pour l’instant. Le relevé paie tout, comme prévu.', 'The commons have too little money for now. The statement pays all, as planned.');
    default: return decisionRefusal(code, say);
  }
}

function forms({ offers, local }: View, visit: SignedInVisit): readonly DecisionForm[] {
  const { say, language } = visit;
  const national = offers.flatMap((one, index) => (one.atMostCents > 0
    ? [{ ...one, from: one.bankAccountId, name: accountName(visit, index + 1)! }] : []));
  const open = [...national, ...local.map((one) =>
    ({ ...one, from: `${one.bankAccountId} ${one.programmeId}`, name: say(`Caisse de ${one.programmeName}`, `Pool of ${one.programmeName}`) }))];
  const [first] = open;
  if (!first) return [];
  const most = amountText(Math.max(...open.map(({ atMostCents }) => atMostCents)), language);
  return [{
    step: 'ask', title: say('Demander un acompte', 'Ask for an early payment'), filled: true, roles: ['manager'],
    says: say('Il est viré sur votre compte bancaire à la prochaine campagne de virements. Si votre relevé est clos avant, le relevé paie tout.',
      'It is paid to your bank account with the next run of payments. If your statement is closed before that, the statement pays all.'),
    fields: [
      ...(open.length === 1 ? [] : [{ name: 'bankAccountId', kind: 'choice' as const, label: say('Sur', 'Of'),
        choices: open.map(({ from, name, atMostCents }) => [from, say(`${name} (${amountText(atMostCents, language)} au plus)`, `${name} (${amountText(atMostCents, language)} at most)`)] as const) }]),
      { name: 'amountCents', kind: 'amount', label: say('Montant', 'Amount'), hint: say(`${most} au plus.`, `${most} at most.`) },
    ],
    button: say('Demander l’acompte', 'Ask for the early payment'),
    send: ({ bankAccountId: from = first.from, ...values }) => {
      const [bankAccountId, programmeId = null] = String(from).split(' ');
      return { path: '/settlement/early-payments', body: { bankAccountId, programmeId, ...values, currency: 'EUR' } };
    },
  }];
}
