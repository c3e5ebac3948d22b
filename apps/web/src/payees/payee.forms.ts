// What may be decided about a payee: its legal body, its accounts and what it shares, each by one person and checked by another.
import type { DecisionForm, FormField } from '../decisions/decision-page.js';
import { html } from '../html.js';
import type { SignedInVisit } from '../visit.js';
import type { PayeeFile } from './payee.data.js';

export function payeeForms(file: PayeeFile, visit: SignedInVisit): readonly DecisionForm[] {
  const { say } = visit;
  const { payee } = file;
  const [firstPlace] = payee.places;
  if (payee.state !== 'complete') {
    return firstPlace === undefined ? [] : [{
      step: 'complete', title: say('Dire quel organisme c’est', 'Say which legal body it is'), filled: true, roles: ['operator'],
      says: say('Les lieux d’un même SIREN sont payés ensemble. Sans cela, rien n’est viré.', 'Places of one SIREN are paid together. Without it nothing is paid.'),
      fields: [
        { name: 'legalName', kind: 'text', max: 140, label: say('Nom de la personne morale', 'Name of the legal body') },
        { name: 'siren', kind: 'text', max: 11, label: 'SIREN', ...(firstPlace.siret && { value: firstPlace.siret.slice(0, 9) }) },
      ],
      button: say('Enregistrer l’organisme', 'Record the legal body'), send: (values) => ({ path: '/settlement/payees', body: { placeId: firstPlace.placeId, ...values } }),
      then: (answer) => `/payees/${(answer as { payeeId: string }).payeeId}`,
    }];
  }
  return [...approvals(file, visit), ...proposals(file, visit)];
}

/** What somebody else entered and waits. Each form is of the version that was read: where another one came since, it is too late. */
function approvals({ payee: { legalName }, accounts, destinations, shares }: PayeeFile, { say }: SignedInVisit): readonly DecisionForm[] {
  const account = accounts.ok ? accounts.value.find(({ state }) => state === 'proposed') : undefined;
  const destination = destinations.ok ? destinations.value.find(({ state }) => state === 'proposed') : undefined;
  const share = shares.ok ? shares.value.find(({ approvedAt, withdrawnAt }) => approvedAt === null && withdrawnAt === null) : undefined;
  const isMatch = account?.verification?.outcome === 'match' && !account.holderDiffers;
  return [
    ...(!account ? [] : [{
      step: `approve-account-${account.bankAccountId}`, title: say(`Approuver le compte ${account.iban}`, `Approve the account ${account.iban}`), filled: true as const, roles: ['operator', 'approver'],
      says: html`${account.placeId !== null && html`<b>${say('Saisi par le lieu lui-même : demandez-lui son RIB.', 'Entered by the place itself: ask it for its bank details.')}</b> `}${say(
        `Titulaire : ${account.holder} ; nous payons ${legalName ?? '–'}. Comparez avec le RIB du lieu. Les virements iront à ce compte ; après un changement, dans 72 heures.`,
        `Holder: ${account.holder}; we pay ${legalName ?? '–'}. Compare it with the bank details of the place. Payments will go to this account; after a change, in 72 hours.`)}`,
      fields: isMatch ? [] : [{ name: 'reason', kind: 'long' as const, max: 500, optional: true as const, label: say('Sans réponse juste de la banque : pourquoi est-ce le bon compte ?', 'Without a right answer of the bank: why is it the right account?') }],
      button: say('Approuver ce compte', 'Approve this account'),
      send: ({ reason = null }: Readonly<Record<string, unknown>>) => ({ path: `/settlement/payee-bank-accounts/${account.bankAccountId}/approvals`, body: { reason } }),
    }]),
    ...(!share ? [] : [{
      step: `approve-share-${share.shareId}`, title: say(`Approuver le partage de ${share.iban}`, `Approve that ${share.iban} is shared`), roles: ['approver'],
      says: say('Deux organismes seront payés sur le même compte.', 'Two legal bodies will be paid on one account.'), fields: [],
      button: say('Approuver le partage', 'Approve the share'), send: () => ({ path: `/settlement/iban-shares/${share.shareId}/approvals`, body: {} }),
    }, {
      step: `withdraw-share-${share.shareId}`, title: say('Retirer ce partage', 'Withdraw this share'), roles: ['operator', 'approver'], says: say('Il pourra être proposé de nouveau.', 'It may be proposed again.'), fields: [],
      button: say('Retirer le partage', 'Withdraw the share'), send: () => ({ path: `/settlement/iban-shares/${share.shareId}/withdrawal`, body: {} }),
    }]),
    ...(!destination ? [] : [{
      step: `approve-destination-${destination.destinationId}`, title: say('Approuver le compte Stripe', 'Approve the Stripe account'), roles: ['operator', 'approver'],
      says: say(`Stripe le dit au nom de ${destination.businessName ?? 'personne'} ; nous payons ${destination.legalName}. Est-ce le même ?`, `Stripe says it is of ${destination.businessName ?? 'nobody'}; we pay ${destination.legalName}. Is it the same?`), fields: [],
      button: say('Approuver ce compte Stripe', 'Approve this Stripe account'), send: () => ({ path: `/settlement/payee-destinations/${destination.destinationId}/approvals`, body: {} }),
    }]),
  ];
}

function proposals({ payee: { payeeId, legalName } }: PayeeFile, { say }: SignedInVisit): readonly DecisionForm[] {
  const iban: FormField = { name: 'iban', kind: 'text', max: 42, label: 'IBAN' };
  type Said = readonly [title: string, says: string, button: string];
  const form = (step: string, path: string, [title, says, button]: Said, fields: readonly FormField[]): DecisionForm =>
    ({ step, title, says, fields, button, roles: ['operator'], send: (values) => ({ path: `/settlement/payees/${payeeId}/${path}`, body: values }) });
  return [
    form('enter-account', 'bank-accounts', [say('Saisir un compte bancaire', 'Enter a bank account'),
      say('Rien n’est viré dessus avant qu’une autre personne approuve. Le lieu en est averti.', 'Nothing is paid to it before somebody else approves. The place is told.'), say('Saisir le compte', 'Enter the account')],
    [iban, { name: 'bic', kind: 'text', max: 11, optional: true, label: 'BIC' }, { name: 'holder', kind: 'text', max: 70, label: say('Titulaire', 'Holder'), ...(legalName !== null && { value: legalName.slice(0, 70) }) }]),
    form('share', 'iban-shares', [say('Proposer le partage d’un IBAN', 'Propose that an IBAN is shared'),
      say('Quand un autre bénéficiaire est payé sur le même compte.', 'Where another payee is paid on the same account.'), say('Proposer le partage', 'Propose the share')],
    [iban, { name: 'reason', kind: 'long', max: 500, label: say('Pourquoi ?', 'Why?') }]),
    form('enter-destination', 'destinations', [say('Saisir un compte Stripe', 'Enter a Stripe account'),
      say('Pour être payé par Stripe, une fois qu’une autre personne a approuvé.', 'To be paid by Stripe, once somebody else has approved.'), say('Saisir le compte Stripe', 'Enter the Stripe account')],
    [{ name: 'stripeAccountId', kind: 'text', max: 60, label: say('Compte', 'Account'), hint: 'acct_…' }]),
  ];
}
