// The commons in the open: each pool with what came in, what went out and what is left, and every movement with the rule or the decision
// that made it.
import { printReference } from '#libs/contracts';
import { headline, missingPart, table } from '../components.js';
import { amount, amountText, count, day, inFours, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import { percent } from '../rules/programme.page.js';
import type { Read } from '../services.js';
import type { Visit } from '../visit.js';
import { poolKey, poolName, type Movement, type Movements, type Pool, type PoolRule } from './commons-pools.data.js';

type Words = readonly [french: string, english: string];
type Pools = Read<Readonly<{ items: readonly Pool[] }>>;

const nameOf = ({ say }: Visit, pool: Pool): string =>
  (pool.programmeId === null ? poolName(say, pool) : say(`Caisse de ${poolName(say, pool)}`, `Pool of ${poolName(say, pool)}`));

export function poolsPage(visit: Visit, pools: Pools): Html {
  const { say, language } = visit;
  const title = say('Le fonds commun', 'The commons');
  if (!pools.ok) return publicPage(visit, title, html`<h1>${title}</h1>${missingPart(say, title, pools)}`);
  const { items } = pools.value;
  const inAll = items.reduce((sum, { balanceCents }) => sum + balanceCents, 0);
  return publicPage(visit, title, html`<h1>${title}</h1>
${headline(amount(inAll, language), say('sont dans le fonds commun des lieux, au centime près, en ce moment.', 'are in the commons of the places, to the cent, at this moment.'))}
<p>${say('Une part de chaque relevé y entre, ce qui expire quand payeurs et opérateur en conviennent, et les dons. Rien n’en sort sans une règle publiée, ou le vote de personnes que la règle nomme.',
    'A share of each statement enters it, what expires where payers and operator agree, and gifts. Nothing leaves it but by a published rule, or the vote of people whom the rule names.')}</p>
<section class="section"><h2>${say('Les caisses', 'The pools')}</h2>${table(say('Les caisses', 'The pools'), [
    { head: say('Caisse', 'Pool'), cell: (pool: Pool) => html`<a href="/commons/${poolKey(pool)}">${nameOf(visit, pool)}</a>` },
    { head: say('Entré', 'In'), number: true, cell: ({ inCents }) => amount(inCents, language) },
    { head: say('Sorti', 'Out'), number: true, cell: ({ outCents }) => amount(outCents, language) },
    { head: say('Solde', 'Balance'), number: true, cell: ({ balanceCents }) => amount(balanceCents, language) },
  ], items)}</section>`);
}

type Page = Readonly<{ content: Html; status: number }>;
type Missing = Extract<Read<Movements>, { ok: false }>;

export function poolPage(visit: Visit, key: string, pools: Pools | Missing, movements: Read<Movements>): Page {
  const { say } = visit;
  const title = say('Une caisse du fonds commun', 'A pool of the commons');
  const failed = !pools.ok ? pools : !movements.ok ? movements : undefined;
  if (failed) return { status: failed.status, content: publicPage(visit, title, html`<h1>${title}</h1>${missingPart(say, title, failed)}`) };
  const pool = pools.ok ? pools.value.items.find((one) => poolKey(one) === key) : undefined;
  if (!pool) {
    const none = say('Ce programme n’a pas de caisse : toute sa part va à la caisse nationale.', 'This programme has no pool: all of its share goes to the national one.');
    return { status: 404, content: publicPage(visit, title, html`<h1>${title}</h1><p class="empty">${none}</p><p><a href="/commons">${say('Toutes les caisses', 'All pools')}</a></p>`) };
  }
  const found = movements.ok ? movements.value : { items: [], nextCursor: null };
  return { status: 200, content: publicPage(visit, nameOf(visit, pool), shown(visit, pool, found)) };
}

function shown(visit: Visit, pool: Pool, { items, nextCursor }: Movements): Html {
  const { say, language } = visit;
  const { inCents, outCents, balanceCents, setAsideCents } = pool;
  const path = `/commons/${poolKey(pool)}`;
  return html`<h1>${nameOf(visit, pool)}</h1>${headline(amount(balanceCents, language), say('en ce moment dans cette caisse.', 'in this pool at this moment.'))}
<dl class="sums" aria-label="${say('Le compte', 'The account')}"><div><dt>${say('Entré', 'In')}</dt><dd>${amount(inCents, language)}</dd></div>
<div><dt>${say('Sorti', 'Out')}</dt><dd>${amount(-outCents, language)}</dd></div><div class="yours"><dt>${say('Solde', 'Balance')}</dt><dd>${amount(balanceCents, language)}</dd></div></dl>
${setAsideCents > 0 && html`<p>${say(`De ce qui est sorti, ${amountText(setAsideCents, language)} sont des acomptes, que les prochains relevés rendent.`,
    `Of what went out, ${amountText(setAsideCents, language)} are early payments, which the next statements give back.`)}</p>`}
<section class="section"><h2>${say('Sa règle', 'Its rule')}</h2>${rulesOf(visit, pool)}</section>
<section class="section" id="give"><h2>${say('Donner à cette caisse', 'Give to this pool')}</h2>${howToGive(visit, pool)}</section>
<section class="section"><h2>${say('Chaque mouvement', 'Each movement')}</h2>${items.length === 0
    ? html`<p class="empty">${say('Rien n’y est encore entré.', 'Nothing has come in yet.')}</p>` : movementsTable(visit, items)}
<p class="field"><a class="button" href="${path}/movements.csv" download>CSV</a> ${nextCursor !== null && html`<a class="button" href="${path}?cursor=${nextCursor}">${say('Plus anciens', 'Older')}</a>`}</p>
<p class="small quiet">${say('Un lieu n’est pas nommé. Là où moins de trois ont reçu un relevé d’un programme qui a une règle de partage, leurs parts sont additionnées par arrêté : ce qu’un lieu seul donne se calcule quand même. La preuve d’un mouvement se lit avec un compte d’auditeur ; le journal signé est public.',
    'A place is not named. Where fewer than three had a statement of a programme with a sharing rule, their shares are summed by closing: what an only place gives can be worked out all the same. The proof of a movement is read with an auditor’s account; the signed log is public.')} <a href="/checkpoints">${say('Le journal signé', 'The signed log')}</a></p></section>
<p class="section"><a href="/commons">${say('Toutes les caisses', 'All pools')}</a></p>`;
}

function howToGive({ say }: Visit, { gift }: Pool): Html {
  if (!gift) return html`<p class="empty">${say('Cette caisse n’a plus de règle : elle ne reçoit pas de don.', 'This pool has no rule any more: it takes no gifts.')}</p>`;
  const { reference, accounts } = gift;
  if (accounts.length === 0) return html`<p class="empty">${say('Aucun compte bancaire n’est encore ouvert.', 'No bank account is open yet.')}</p>`;
  return html`<p>${say('Un virement avec cette référence est inscrit comme don, par lui-même, dès que la banque l’annonce. Un don ne se reprend pas : rien ne sort d’une caisse sans règle ni vote. Qui donne n’est jamais nommé.',
    'A transfer with this reference is booked as a gift, by itself, as soon as the bank tells it. A gift is not taken back: nothing leaves a pool but by a rule or a vote. Who gives is never named.')}</p>
<dl class="facts"><div><dt>${say('Référence à écrire', 'Reference to write')}</dt><dd><code>${printReference(reference)}</code></dd></div>
${accounts.map(({ holder, iban, bic }) => html`<div><dt>${holder}</dt><dd>IBAN <code>${inFours(iban)}</code>, BIC <code>${bic}</code></dd></div>`)}</dl>`;
}

function rulesOf(visit: Visit, { programmeId, rule, announced }: Pool): Html {
  const { say, language } = visit;
  if (programmeId === null) return nationalRules(visit, { rule, announced });
  const said = ({ version, from, localBasisPoints, operatorCapBasisPoints, deciders }: PoolRule) => html`<p>${say(
    `Règle ${version}, à partir du ${day(from, language)} : ${percent(localBasisPoints ?? 0, visit)} de la part commune reste ici, le reste va à la caisse nationale. Sur les chèques, l’opérateur ne prend jamais plus de ${percent(operatorCapBasisPoints ?? 0, visit)} du brut, hors TVA et frais annuels. ${count(deciders, language)} personnes sont nommées pour décider de ce qui sort.`,
    `Rule ${version}, from ${day(from, language)}: ${percent(localBasisPoints ?? 0, visit)} of the commons share stays here, the rest goes to the national pool. Of vouchers the operator never takes more than ${percent(operatorCapBasisPoints ?? 0, visit)} of the gross, VAT and yearly charges aside. ${count(deciders, language)} people are named to decide what leaves.`)}</p>`;
  return html`${rule ? said(rule) : html`<p class="empty">${say('Aucune règle n’est encore en vigueur.', 'No rule is in force yet.')}</p>`}
${announced && html`<h3>${say('Annoncée', 'Announced')}</h3>${said(announced)}`}`;
}

function nationalRules({ say, language }: Visit, { rule, announced }: Pick<Pool, 'rule' | 'announced'>): Html {
  const said = ({ version, from, deciders }: PoolRule) => html`<p>${say(
    `Règle ${version}, à partir du ${day(from, language)} : ${count(deciders, language)} personnes sont nommées, et deux d’entre elles, jamais qui propose, votent ce qui en sort.`,
    `Rule ${version}, from ${day(from, language)}: ${count(deciders, language)} people are named, and two of them, never the one who proposes, vote what leaves it.`)}</p>`;
  return html`<p>${say('Elle reçoit ce que les règles des programmes ne gardent pas, et toute la part des programmes sans règle.',
    'It has what the rules of programmes do not keep, and all of the share of programmes without a rule.')}</p>
${rule ? said(rule) : html`<p>${say('Sans règle en vigueur, deux personnes parmi celles qui approuvent, jamais qui propose, votent ce qui en sort.',
    'While no rule is in force, two of the approvers, never the one who proposes, vote what leaves it.')}</p>`}
${announced && html`<h3>${say('Annoncée', 'Announced')}</h3>${said(announced)}`}`;
}

const KINDS: Readonly<Record<string, Words>> = {
  statement: ['Part d’un relevé', 'Share of a statement'], debit_note: ['Repris avec une note de débit', 'Taken back with a debit note'],
  breakage: ['Valeur expirée, de l’accord des deux côtés', 'Expired value, as both sides agreed'], gift: ['Don', 'Gift'], allocation: ['Attribution votée', 'Voted allocation'],
  early_payment: ['Acompte mis de côté', 'Early payment set aside'], early_payment_back: ['Acompte rendu', 'Early payment given back'], other: ['Autre', 'Other'],
};

function movementsTable(visit: Visit, items: readonly Movement[]): Html {
  const { say, language } = visit;
  return table(say('Chaque mouvement', 'Each movement'), [
    { head: say('N°', 'No.'), number: true, cell: ({ number }: Movement) => count(number, language) },
    { head: say('Quand', 'When'), cell: ({ at }) => moment(at, language) },
    { head: say('Quoi', 'What'), cell: ({ kind, parts }) => (parts > 1 ? say(`Parts de ${count(parts, language)} relevés`, `Shares of ${count(parts, language)} statements`) : say(...(KINDS[kind] ?? KINDS['other']!))) },
    { head: say('Règle ou décision', 'Rule or decision'), cell: (one) => because(visit, one) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Solde après', 'Balance after'), number: true, cell: ({ balanceCents }) => amount(balanceCents, language) },
    { head: say('Preuve', 'Proof'), cell: ({ eventId }) => html`<a href="/proofs?of=${eventId}">${say('Preuve', 'Proof')}</a>` },
  ], items);
}

function because({ say }: Visit, { allocation, sharingRules, postingRule }: Movement): Html {
  if (allocation) {
    return html`${say(`À ${allocation.legalName ?? 'une personne morale'}, ${allocation.votes} voix pour : ${allocation.reason}`,
      `To ${allocation.legalName ?? 'a legal body'}, ${allocation.votes} votes for it: ${allocation.reason}`)}`;
  }
  const versions = sharingRules.map(({ version }) => version).join(', ');
  return html`${sharingRules.length > 0 && html`${say(`Règle de partage ${versions}, `, `Sharing rule ${versions}, `)}`}${say(`ligne ${postingRule} du plan comptable`, `row ${postingRule} of the postings`)}`;
}
