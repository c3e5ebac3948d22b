// Refusals about mandates, in plain words.
export const CONTROL_REFUSALS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  auditor_not_found: ['Cet organisme de contrôle n’existe pas : l’opérateur l’inscrit d’abord.', 'This auditing body does not exist: the operator registers it first.'],
  mandate_over: ['Ces jours sont passés, ou ce mandat est déjà terminé : donnez-en un autre.', 'These days are over, or this mandate has ended already: give another.'],
  mandate_not_found: ['Ce mandat n’existe pas, ou n’est pas le vôtre.', 'This mandate does not exist, or is not yours.'],
  mandate_confirmed: ['Ce mandat est déjà confirmé.', 'This mandate is confirmed already.'],
  mandates_too_many: ['Cet organisme a déjà cinq mandats ces jours-là : terminez-en un d’abord.', 'This body has five mandates on these days already: end one first.'],
  confirmer_is_proposer: ['Vous l’avez proposé : une autre personne confirme.', 'You proposed it: another person confirms.'],
};
