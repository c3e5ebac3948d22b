// Why an account is not taken, in the words of a place.
import type { Say } from '../language.js';
import { secondFactorRefusal } from '../second-factor/second-factor-words.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  request_malformed: ['L’IBAN ou le nom n’est pas juste : recopiez-les de votre RIB.', 'The IBAN or the name is not right: copy them from your bank details.'],
  place_unknown: ['Les remboursements ne connaissent pas encore votre lieu : il leur faut un agrément.', 'The reimbursements do not know your place yet: it needs an accreditation.'],
  payee_incomplete: ['L’opérateur n’a pas encore nommé l’organisme de votre lieu. Appelez-le, puis revenez.', 'The operator has not named the body of your place yet. Call it, then come back.'],
  bic_not_of_iban: ['Le BIC n’est pas du pays de l’IBAN. Laissez-le vide si vous en doutez.', 'The BIC is not of the country of the IBAN. Leave it empty if in doubt.'],
  iban_is_ours: ['Ce compte est celui de la plateforme : donnez le vôtre.', 'This account is the platform’s own: give yours.'],
  iban_taken: ['Ce compte est déjà celui d’un autre organisme. Si vous le partagez, appelez l’opérateur.', 'This account is already that of another body. If you share it, call the operator.'],
  second_factor_stale: ['Un compte se change avec un code frais de votre second facteur : saisissez-le.', 'An account is changed with a fresh code of your second factor: enter it.'],
  role_missing: ['Seule la personne responsable du lieu peut changer le compte.', 'Only the manager of the place may change the account.'],
  unavailable: ['Le service n’a pas répondu. Rechargez : la page dira si c’est fait.', 'The service did not answer. Reload: the page will say whether it is done.'],
};

export function accountRefusal(code: string, say: Say): string {
  const sentence = SENTENCES[code];
  return sentence ? say(...sentence) : secondFactorRefusal(code, say);
}
