// What became of an order, with its figures payer by payer: read it, take its document, sign it.
import { headline, table } from '../components.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { timeline } from '../decisions/timeline.js';
import { amount, amountText, day } from '../format.js';
import { html, type Html } from '../html.js';
import { wordOf } from '../operator/words.js';
import type { SignedInVisit } from '../visit.js';
import { OUTCOMES, statement, statementStatus, type Statement } from './statement.data.js';

export const contradictoryStatementPage: DecisionPage<Statement> = {
  route: 'contradictory-statements/:id', prefix: 'cst', load: (ask, id) => ask(`/issuance/contradictory-statements/${id}`, statement),
  back: ({ say }) => ({ href: '/contradictory-statements', word: say('Comptes des commandes', 'Accounts of orders') }),
  title: ({ version }, { say }) => say(`Compte de la commande, version ${version}`, `Account of the order, version ${version}`),
  show, forms,
};

function show(one: Statement, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const { statementId, orderId, outcome, extension, state, shares } = one;
  return html`${headline(amount(one.expiredCents, language), html`${say('n’ont pas été utilisés. C’est', 'were not used. It is')} ${wordOf(OUTCOMES, outcome, say)}${
    extension && say(` : jusqu’au ${day(extension.usableUntil, language)}`, `: until ${day(extension.usableUntil, language)}`)}.`)}
<p class="field">${statementStatus(one, say)} <a href="/orders/${orderId}">${say('Voir la commande', 'See the order')}</a></p>
<section class="section"><h2>${say('Les chiffres, financeur par financeur', 'The figures, payer by payer')}</h2>${figures(visit, one)}
<p class="field"><a class="button" href="/contradictory-statements/${statementId}/document/pdf" download>${say('Le document en PDF', 'The document as PDF')}</a> <a class="button" href="/contradictory-statements/${statementId}/document/csv" download>${
    say('Le CSV qui est signé', 'The CSV that is signed')}</a></p>
<p class="small quiet field">${say('Empreinte du CSV', 'Fingerprint of the CSV')}, SHA-256</p><p class="fingerprint">${one.sha256}</p></section>
${timeline(visit, [
    { what: say('Établi', 'Drawn up'), at: one.drawnUpAt },
    ...shares.map(({ name, signedAt }) => (signedAt === null ? state === 'to_sign' && { what: say(`${name} signe`, `${name} signs`), isToCome: true as const } : { what: say(`Signé par ${name}`, `Signed by ${name}`), at: signedAt })),
    one.operatorSignedAt !== null ? { what: say('Signé par l’opérateur', 'Signed by the operator'), at: one.operatorSignedAt } : state === 'to_sign' && { what: say('L’opérateur signe, par une autre personne que celle qui l’a établi', 'The operator signs, by another person than who drew it up'), isToCome: true },
  ])}`;
}

function figures({ say, language }: SignedInVisit, { shares, ...all }: Statement): Html {
  const cells = [all.activatedCents, all.redeemedCents, all.rejectedCents, all.expiredCents];
  type Share = Statement['shares'][number];
  const money = (head: string, of: (share: Share) => number) =>
    ({ head, number: true, cell: (share: Share) => amount(of(share), language) });
  return table(say('Les chiffres', 'The figures'), [
    { head: say('Financeur', 'Payer'), cell: ({ name }: Share) => name },
    money(say('Rendu actif', 'Made active'), (share) => share.activatedCents), money(say('Utilisé', 'Used'), (share) => share.redeemedCents),
    money(say('dont rejeté aux lieux', 'of which rejected to places'), (share) => share.rejectedCents), money(say('Échu', 'Expired'), (share) => share.expiredCents),
  ], shares, shares.length > 1 && html`<tfoot><tr><td>${say('Ensemble', 'Together')}</td>${cells.map((cents) => html`<td class="number">${amount(cents, language)}</td>`)}</tr></tfoot>`);
}

/** A payer signs once for itself; for the operator one person does. */
function hasSigned({ shares, operatorSignedAt }: Statement, { person: { organisation: { kind, partyId } } }: SignedInVisit): boolean {
  return kind === 'payer' ? shares.some(({ payerId, signedAt }) => payerId === partyId && signedAt !== null) : operatorSignedAt !== null;
}

function forms(one: Statement, visit: SignedInVisit): readonly DecisionForm[] {
  const { say, language } = visit;
  if (one.state !== 'to_sign' || hasSigned(one, visit)) return [];
  const own = one.shares.find(({ payerId }) => payerId === visit.person.organisation.partyId);
  const cents = own?.expiredCents ?? one.expiredCents;
  return [{
    step: 'sign', title: say('Signer ce compte', 'Sign this account'), filled: true, roles: ['payer', 'operator', 'approver'],
    says: html`${say(`Vous signez exactement le CSV ci-dessus. ${own ? 'Votre part échue' : 'La part échue'} est de ${amountText(cents, language)} :`, `You sign exactly the CSV above. ${own ? 'Your expired part' : 'The expired part'} is ${amountText(cents, language)}:`)} ${
      wordOf(OUTCOMES, one.outcome, say)}. ${say('L’argent bouge avec la dernière signature. Un chiffre vous semble faux ? Ne signez pas : dites-le à l’opérateur, il établit une nouvelle version.',
        'Money moves with the last signature. A figure looks wrong? Do not sign: tell the operator, who draws up a new version.')}`,
    fields: [], button: say('Lu et signé', 'Read and sign'),
    send: () => ({ path: `/issuance/contradictory-statements/${one.statementId}/signatures`, body: { sha256: one.sha256 } }),
  }];
}
