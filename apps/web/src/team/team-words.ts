// Roles, and why something about a member was refused, in the words of an organisation.
import type { Say } from '../language.js';
import { secondFactorRefusal } from '../second-factor/second-factor-words.js';

const ROLES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  payer: ['Financeur', 'Payer'], till: ['Encaissement', 'Till'], manager: ['Responsable du lieu', 'Manager of the place'],
  distributor: ['Distribution', 'Distributor'], operator: ['Opérateur', 'Operator'], approver: ['Approbation', 'Approver'], helper: ['Assistance', 'Helper'], auditor: ['Contrôle', 'Auditor'],
};
export const roleWord = (role: string, say: Say): string => say(...ROLES[role] ?? [role, role]);

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  member_exists: ['Cette personne fait déjà partie de l’équipe, avec ces droits.', 'This person is in the team already, with these rights.'],
  member_is_caller: ['Personne ne change ses propres droits : demandez à une autre personne.', 'Nobody changes their own rights: ask somebody else.'],
  member_not_found: ['Cette personne ne fait plus partie de l’équipe.', 'This person is no longer in the team.'],
  member_of_other_side: [
    'Qui agit pour l’opérateur n’agit pour personne d’autre, et inversement.', 'Who acts for the operator acts for nobody else, and the other way round.',
  ],
  mailbox_of_member: [
    'Le courrier de cette adresse arrive chez quelqu’un qui a déjà un compte, et personne n’en a deux chez l’opérateur : demandez à une autre personne.',
    'Mail for this address arrives with somebody who has an account, and nobody has two at the operator: ask another person.',
  ],
  member_roles_changed: ['La proposition a changé : relisez les droits avant de vous porter garant.', 'The proposal has changed: read the rights again before you stand for it.'],
  operator_would_be_locked: ['Il doit rester deux personnes, dont une qui approuve : faites d’abord entrer quelqu’un.', 'Two people must be left, one of whom approves: let somebody in first.'],
  member_confirmed: ['Quelqu’un s’est déjà porté garant de cette personne.', 'Somebody stood for this person already.'],
  confirmer_is_member: ['Personne ne se porte garant de soi-même.', 'Nobody stands for themselves.'],
  confirmer_is_proposer: ['Vous avez proposé cette personne : quelqu’un d’autre doit s’en porter garant.', 'You proposed this person: somebody else must stand for them.'],
  invitations_too_many: ['Cette adresse a été invitée cinq fois en un jour : attendez demain, ou demandez à la personne de regarder ses indésirables.', 'This address was invited five times within a day: wait until tomorrow, or ask the person to look among unwanted mail.'],
  invitation_over: ['Cette personne a déjà choisi son mot de passe.', 'This person has chosen a password already.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow this.'],
  second_factor_stale: ['Pour donner des droits, saisissez un code de votre second facteur.', 'To give rights, enter a code of your second factor.'],
  second_factor_missing: ['Pour donner des droits, activez d’abord un second facteur.', 'To give rights, first switch on a second factor.'],
  request_malformed: ['Vérifiez le nom et l’adresse, et cochez au moins un droit.', 'Check the name and the address, and tick one right at least.'],
  unavailable: ['Le service n’a pas répondu. Rechargez : la page dira si c’est fait.', 'The service did not answer. Reload: the page will say whether it is done.'],
};

export function teamRefusal(code: string, say: Say): string {
  const sentence = SENTENCES[code];
  return sentence ? say(...sentence) : secondFactorRefusal(code, say);
}
