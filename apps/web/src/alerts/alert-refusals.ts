// Why an alert is not decided, or an appeal not taken, in plain words.
import type { Say } from '../language.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  alert_not_found: ['Cette alerte n’existe pas, ou ne concerne pas votre lieu.', 'This alert does not exist, or is not about your place.'],
  alert_decided: ['Quelqu’un a déjà décidé de cette alerte.', 'Somebody has decided this alert already.'],
  alert_without_lines: ['Cette alerte ne nomme aucun encaissement : rien à retenir.', 'This alert names no redemption: there is nothing to hold.'],
  decider_behind_account: ['Vous avez proposé ou approuvé le compte de ce lieu : une autre personne doit décider.', 'You proposed or approved the account of this place: another person must decide.'],
  alert_appeal_stated: ['Votre lieu a déjà contesté cette alerte.', 'Your place has appealed against this alert already.'],
  alert_appeal_too_late: ['Le délai de 60 jours est passé.', 'The 60 days are over.'],
  alert_appeal_answered: ['Quelqu’un a déjà répondu.', 'Somebody has answered already.'],
  alert_answerer_decided: ['Vous avez confirmé cette alerte : une autre personne doit répondre.', 'You upheld this alert: another person must answer.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow this.'],
  unavailable: ['Le service n’a pas répondu. Rechargez : la page dira si c’est fait.', 'The service did not answer. Reload: the page will say whether it is done.'],
};

export const alertRefusal = (code: string, say: Say): string => say(...SENTENCES[code] ?? [`Refusé : ${code}.`, `Refused: ${code}.`]);
