// Refusals about mandates, alerts and what audit makes again, in plain words.
export const CONTROL_REFUSALS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  auditor_not_found: ['Cet organisme de contrôle n’existe pas : l’opérateur l’inscrit d’abord.', 'This auditing body does not exist: the operator registers it first.'],
  mandate_over: ['Ces jours sont passés, ou ce mandat est déjà terminé : donnez-en un autre.', 'These days are over, or this mandate has ended already: give another.'],
  mandate_not_found: ['Ce mandat n’existe pas, ou n’est pas le vôtre.', 'This mandate does not exist, or is not yours.'],
  mandate_confirmed: ['Ce mandat est déjà confirmé.', 'This mandate is confirmed already.'],
  mandates_too_many: ['Cet organisme a déjà cinq mandats ces jours-là : terminez-en un d’abord.', 'This body has five mandates on these days already: end one first.'],
  confirmer_is_proposer: ['Vous l’avez proposé : une autre personne confirme.', 'You proposed it: another person confirms.'],
  alert_not_found: ['Cette alerte n’existe pas, ou ne concerne pas votre lieu.', 'This alert does not exist, or is not about your place.'],
  alert_decided: ['Quelqu’un a déjà décidé de cette alerte.', 'Somebody has decided this alert already.'],
  alert_without_lines: ['Cette alerte ne nomme aucun encaissement : rien à retenir.', 'This alert names no redemption: there is nothing to hold.'],
  decider_behind_account: ['Vous avez proposé ou approuvé le compte de ce lieu : une autre personne doit décider.', 'You proposed or approved the account of this place: another person must decide.'],
  alert_appeal_stated: ['Votre lieu a déjà contesté cette alerte.', 'Your place has appealed against this alert already.'],
  alert_appeal_too_late: ['Le délai de 60 jours est passé.', 'The 60 days are over.'],
  alert_appeal_answered: ['Quelqu’un a déjà répondu.', 'Somebody has answered already.'],
  alert_answerer_decided: ['Vous avez confirmé cette alerte : une autre personne doit répondre.', 'You upheld this alert: another person must answer.'],
  alert_appeal_not_found: ['Ce recours n’existe pas.', 'This appeal does not exist.'],
};
