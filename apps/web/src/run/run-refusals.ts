import type { Say } from '../language.js';
import { secondFactorRefusal } from '../second-factor/second-factor-words.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  approver_is_creator: ['Vous avez préparé cette campagne : une autre personne doit approuver.', 'You prepared this run: another person must approve.'],
  approver_changed_iban: ['Vous avez saisi un compte que cette campagne paie : une autre personne doit approuver.', 'You entered an account that this run pays: another person must approve.'],
  approver_asked_for_it: ['Vous avez demandé un acompte que cette campagne paie : une autre personne doit approuver.', 'You asked for an early payment that this run pays: another person must approve.'],
  run_approved_by_you: ['Vous avez déjà approuvé cette campagne.', 'You approved this run already.'],
  run_not_approved: ['Pas assez de personnes ont approuvé.', 'Not enough people have approved.'],
  run_released: ['La campagne est déjà envoyée.', 'The run was sent already.'],
  run_cancelled: ['La campagne a été annulée.', 'The run was cancelled.'],
  breaker_tripped: ['Cette campagne est inhabituelle : dites pourquoi chaque point est juste.', 'This run is unusual: say why each point is right.'],
  file_hash_differs: ['Le fichier a changé depuis que vous l’avez lu. Relisez, puis approuvez.', 'The file changed since you read it. Read it again, then approve.'],
  payee_bank_account_changed: ['Un compte payé par cette campagne a changé : préparez-en une autre.', 'An account that this run pays changed: prepare another run.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow this.'],
  payouts_stopped: ['Aucun virement ne part : un contrôle des comptes n’est pas juste. Voyez les contrôles avec une personne qui approuve.', 'No money leaves: a check of the books does not hold. Look at the checks with somebody who approves.'],
  own_money_negative: ['Les coûts de l’opérateur dépassent ce qu’il a gagné : il verse d’abord le manque sur le compte cantonné.', 'The operator’s costs are above what it earned: it first pays the shortfall in to the segregated account.'],
  own_money_short: ['C’est plus que l’argent propre de l’opérateur : annulez et préparez une campagne plus petite.', 'It is more than the operator’s own money: cancel it and prepare a smaller run.'],
  own_money_untold: ['L’émission n’a pas dit récemment ce qu’elle a gagné : demandez ses totaux, puis réessayez.', 'Issuance has not said lately what it earned: ask for its totals, then try again.'],
  second_factor_stale: ['Pour que l’argent parte, saisissez un code de votre second facteur.', 'For money to leave, enter a code of your second factor.'],
  unavailable: ['Le service n’a pas répondu. Rechargez : la page dira si c’est fait.', 'The service did not answer. Reload: the page will say whether it is done.'],
};

/** What stands on the page when settlement, or identity about a code, said no. */
export function runRefusal(code: string, say: Say): string {
  const sentence = SENTENCES[code];
  return sentence ? say(...sentence) : secondFactorRefusal(code, say);
}
