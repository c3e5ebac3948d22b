import type { Say } from '../language.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  password_wrong: ['Ce n’est pas votre mot de passe.', 'This is not your password.'],
  code_wrong: [
    'Ce code n’est pas juste. Il change toutes les 30 secondes : regardez à nouveau, et vérifiez que votre téléphone est à l’heure.',
    'This code is not right. It changes every 30 seconds: look again, and check that your phone has the right time.',
  ],
  code_used: ['Ce code a déjà servi. Attendez le suivant.', 'This code was used already. Wait for the next one.'],
  sign_in_throttled: ['Trop d’essais. Attendez un quart d’heure.', 'Too many attempts. Wait a quarter of an hour.'],
  second_factor_exists: [
    'Vous avez déjà un second facteur : saisissez d’abord un de ses codes.', 'You have a second factor already: enter one of its codes first.',
  ],
  second_factor_not_begun: ['Recommencez : rien n’attend de premier code.', 'Begin again: nothing waits for a first code.'],
  second_factor_missing: [
    'Vous n’avez pas encore de second facteur : activez-le, puis revenez.', 'You have no second factor yet: switch it on, then come back.',
  ],
  second_factor_asked: [
    'Montrez d’abord votre second facteur dans cette connexion, puis recommencez.', 'First show your second factor in this sign-in, then begin again.',
  ],
  passkey_challenge_over: ['La demande était trop vieille, ou a déjà servi. Recommencez.', 'The request was too old, or was used already. Begin again.'],
  passkey_not_taken: ['Cette clé d’accès n’est pas acceptée ici : elle a pris fin, ou elle est d’un autre site.', 'This passkey is not taken here: it has ended, or is of another site.'],
  passkey_unverified: [
    'Votre appareil n’a pas vérifié que c’est vous. Donnez-lui un code, votre doigt ou votre visage, puis recommencez.',
    'Your device did not check that it is you. Give it a PIN, your finger or your face, then begin again.',
  ],
  passkey_exists: ['Cette clé d’accès est déjà ajoutée.', 'This passkey was added already.'],
  passkeys_too_many: ['Vous avez dix clés d’accès : terminez-en une d’abord.', 'You have ten passkeys: end one first.'],
  passkey_not_found: ['Cette clé d’accès a déjà pris fin.', 'This passkey has ended already.'],
  request_malformed: ['Un code a six chiffres ; un code de secours a six groupes de quatre signes.', 'A code has six digits; a recovery code has six groups of four characters.'],
};

/** Where the same form is tried again with a code. */
const OF_A_CODE: ReadonlySet<string> = new Set(['second_factor_stale', 'code_wrong', 'code_used', 'sign_in_throttled']);
export const asksForCode = (code: string): boolean => OF_A_CODE.has(code);

/** An unknown code is shown as it is. */
export function secondFactorRefusal(code: string, say: Say): string {
  const sentence = SENTENCES[code];
  return sentence ? say(...sentence) : say(`Refusé : ${code}`, `Refused: ${code}`);
}
