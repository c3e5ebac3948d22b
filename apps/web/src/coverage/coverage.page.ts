// Is the money there? One answer for each bank account that holds it, then every debt, every difference and how to check.
import { headline, missingPart, table } from '../components.js';
import { amount, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import type { Read } from '../services.js';
import type { Visit } from '../visit.js';
import { contentOf, type Content, type Statement } from './coverage.data.js';

type Account = Content['custodyAccounts'][number];
type Words = Readonly<Record<string, readonly [french: string, english: string]>>;

const STATES: Words = {
  covered: ['Tout est couvert', 'All of it is covered'], gap: ['Couvert, sauf l’écart de l’opérateur', 'Covered, but for the operator’s gap'],
  differs: ['Les livres et la banque ne disent pas la même chose', 'Books and bank do not say the same'], uncovered: ['Il manque de l’argent', 'Money is missing'],
};
const ACCOUNTS: Words = {
  bank: ['Compte bancaire', 'Bank account'], psp: ['Prestataire de paiement', 'Payment provider'], cash_in_transit: ['En chemin entre deux comptes', 'On its way between two accounts'],
  unmatched: ['Reçu, pas encore rapproché', 'Received, not matched yet'], prefund: ['Couverture disponible des financeurs', 'Cover of payers'],
  expired: ['Expiré, à décider', 'Expired, to be decided'], refund_due: ['À rendre aux financeurs', 'To be given back to payers'],
  outstanding: ['Dans les mains des porteurs', 'In the hands of holders'], bank_unknown: ['Crédits de nature inconnue', 'Credits of unknown kind'],
  accrued: ['Dû aux lieux, pas encore arrêté', 'Owed to places, not closed yet'], held: ['Retenu', 'Held back'], payable: ['À virer aux lieux', 'To be paid to places'],
  allocated: ['Attribué par les communs', 'Voted from the commons'], refund_payable: ['Remboursements à virer', 'Refunds to be paid'],
  transit: ['Virements en chemin', 'Payments on their way'], commons: ['Communs', 'Commons'], commons_lent: ['Communs mis de côté', 'Commons set aside'],
  receivable: ['Facturé, pas encore payé', 'Invoiced, not paid yet'], advance: ['Payé d’avance à des lieux', 'Paid early to places'],
  place_receivable: ['Dû par des lieux', 'Owed by places'], fee_income: ['Frais perçus', 'Fees earned'], vat_collected: ['TVA perçue', 'VAT collected'],
  psp_fees: ['Frais du prestataire', 'Provider fees'], bank_fees: ['Frais bancaires', 'Bank fees'], gestures: ['Gestes', 'Goodwill'], losses: ['Pertes', 'Losses'],
  opening_balance: ['Solde d’avant nos livres', 'Balance before our books'], unexplained_debit: ['Débit inexpliqué', 'Unexplained debit'],
  further_unexplained_debits: ['Autres débits inexpliqués', 'Further unexplained debits'],
  payments_not_listed_yet: ['Paiements pas encore listés', 'Payments not listed yet'], unexplained_movements: ['Mouvements inexpliqués', 'Unexplained movements'],
};

const named = ({ say }: Visit, words: Words, name: string): string => {
  const found = words[name] ?? words[name.split(':', 1)[0] ?? ''];
  return found ? say(...found) : name;
};

export function coveragePage(visit: Visit, statement: Read<Statement>, days: Read<readonly Statement[]>): Html {
  const { say, language } = visit;
  const content = statement.ok ? contentOf(statement.value) : undefined;
  const title = say('L’argent est-il là ?', 'Is the money there?');
  if (!statement.ok || !content) {
    const unstated = !statement.ok && statement.code === 'coverage_not_stated';
    return publicPage(visit, title, html`<h1>${title}</h1>
${unstated || statement.ok ? html`<p class="lead">${say('Aucun état de couverture pour ce jour.', 'No statement of coverage for this day.')}</p>` : missingPart(say, title, statement)}
${dayList(visit, days)}`);
  }
  const { day: of, final, number } = statement.value;
  const when = final ? say('Fin de journée', 'End of the day') : say('Journée en cours', 'The day that runs');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${day(of, language)} – ${when}, ${say('fait le', 'made')} ${moment(content.madeAt, language)}. ${say('État n°', 'Statement no.')} ${number}</p>
${content.custodyAccounts.map((account) => accountPart(visit, account))}
${content.custodyAccounts.length === 0 && html`<p class="empty">${say('Rien n’est tenu encore.', 'Nothing is held yet.')}</p>`}
${programmesPart(visit, content)}${proofPart(visit, statement.value)}${dayList(visit, days)}`);
}

function accountPart(visit: Visit, account: Account): Html {
  const { say, language } = visit;
  const euros = (cents: number) => amount(cents, language);
  const held = [...account.liabilities.map(({ account: name, amountCents }) => [named(visit, ACCOUNTS, name), amountCents] as const),
    ...(account.underWayCents === 0 ? [] : [[say('En chemin entre nos services', 'On its way between our services'), account.underWayCents] as const])];
  const there = account.assets.map((asset) => [`${named(visit, ACCOUNTS, asset.kind)}${asset.statedOn ? `, ${say('relevé du', 'statement of')} ${day(asset.statedOn, language)}` : ''}`, asset.statedCents] as const);
  const differences = account.assets.flatMap(({ differences: found, unaccountedCents }) => [
    ...found.map(({ what, amountCents }) => [named(visit, ACCOUNTS, what), amountCents] as const),
    ...(unaccountedCents === 0 ? [] : [[say('Inexpliqué : absent de nos livres', 'Unexplained: missing from our books'), unaccountedCents] as const]),
  ]);
  return html`<section class="section"><h2>${say('Compte', 'Account')} <code>${shortId(account.custodyAccountId)}</code></h2>
${headline(named(visit, STATES, account.state), html`${say('Il y a', 'There is')} ${euros(account.assetsCents)}, ${say('et on doit', 'and owed is')} ${
    euros(account.liabilitiesCents + account.underWayCents)}.`)}
${amounts(visit, say('Ce qui est là', 'What is there'), there)}
${amounts(visit, say('Ce qui est dû', 'What is owed'), held)}
${amounts(visit, say('Écarts entre la banque et nos livres', 'Differences between the bank and our books'), differences)}
${amounts(visit, say('À l’opérateur, frais moins recettes', 'The operator’s: costs less earnings'), account.gap.map(({ account: name, amountCents }) => [named(visit, ACCOUNTS, name), amountCents]))}</section>`;
}

function amounts({ language, say }: Visit, caption: string, rows: readonly (readonly [string, number])[]): Html | null {
  if (rows.length === 0) return null;
  return html`<h3>${caption}</h3>${table(caption, [
    { head: say('Quoi', 'What'), cell: ([what]: readonly [string, number]) => what },
    { head: say('Montant', 'Amount'), number: true, cell: ([, cents]) => amount(cents, language) },
  ], rows)}`;
}

function programmesPart({ say, language }: Visit, { programmes }: Content): Html | null {
  if (programmes.length === 0) return null;
  const caption = say('Par programme', 'By programme');
  return html`<section class="section"><h2>${caption}</h2>${table(caption, [
    { head: say('Programme', 'Programme'), cell: ({ programmeId }: (typeof programmes)[number]) => html`<code title="${programmeId}">${shortId(programmeId)}</code>` },
    { head: say('Couverture disponible', 'Cover'), number: true, cell: ({ prefundCents }) => amount(prefundCents, language) },
    { head: say('Chez les porteurs', 'With holders'), number: true, cell: ({ outstandingCents }) => amount(outstandingCents, language) },
    { head: say('Expiré', 'Expired'), number: true, cell: ({ expiredCents }) => amount(expiredCents, language) },
  ], programmes)}</section>`;
}

const proofPart = ({ say }: Visit, { day: of, sha256, previous }: Statement): Html => html`<section class="section"><h2>${say('Vérifier', 'Check it')}</h2>
<p>${say('Cet état est signé et nomme celui d’avant. Gardez-en une copie : elle prouve qu’il n’a pas changé.',
    'This statement is signed and names the one before. Keep a copy: it proves that it did not change.')}</p>
<ul class="lines"><li><span class="what"><b>SHA-256</b><code>${sha256}</code></span></li>
<li><span class="what"><b>${say('Celui d’avant', 'The one before')}</b><code>${previous ?? '–'}</code></span></li>
<li><span class="what"><b>${say('Texte signé', 'Signed text')}</b><code>/audit/coverage/${of}</code></span></li></ul></section>`;

function dayList({ say, language }: Visit, days: Read<readonly Statement[]>): Html | null {
  if (!days.ok || days.value.length === 0) return null;
  const listed = [...new Map(days.value.map((statement) => [statement.day, statement])).keys()];
  return html`<section class="section"><h2>${say('Autres jours', 'Other days')}</h2>
<ul class="lines">${listed.map((of) => html`<li><span class="what"><a href="/coverage/${of}">${day(of, language)}</a></span></li>`)}</ul></section>`;
}
