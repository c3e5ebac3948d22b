// The services, their queues and what became of a message, as words; and what to do about a fault, by its code.
import type { Words } from '../lists/list.js';
import type { WordsOf } from '../operator/words.js';

export const SERVICES = ['issuance', 'redemption', 'settlement', 'audit', 'identity'] as const;
export type ServiceOf = (typeof SERVICES)[number];

export const SERVICE_WORDS: Readonly<Record<ServiceOf, Words>> = {
  issuance: ['Émission', 'Issuance'], redemption: ['Encaissement', 'Redemption'], settlement: ['Remboursement', 'Settlement'], audit: ['Audit', 'Audit'],
  identity: ['Comptes et accès', 'Accounts and access'],
};
/** The list of one service, as its page and the way back to it call it. */
export const lettersOf = (service: ServiceOf): Words => [`Messages non traités : ${SERVICE_WORDS[service][0]}`, `Messages not handled: ${SERVICE_WORDS[service][1]}`];
export const QUEUE_WORDS: WordsOf = {
  unnumbered: ['Écrits, pas encore numérotés', 'Written, not numbered yet'], unacknowledged: ['Envoyés, pas encore pris par', 'Sent, not taken yet by'],
  out_of_order: ['Arrivés avant un message qui manque, de', 'Came before one that is missing, from'], tried_again: ['En échec, réessayés, de', 'Failed, tried again, from'],
  dead: ['Non traités, de', 'Not handled, from'],
};
export const LETTER_STATES: WordsOf = { open: ['Non traité', 'Not handled'], waiting: ['Nouvel essai demandé', 'Asked again'], replayed: ['Traité depuis', 'Handled since'] };
export const ERRORS: WordsOf = {
  unknown_type: ['Type de message inconnu', 'Unknown type of message'], malformed: ['Contenu mal formé', 'Malformed content'], wrong_sender: ['Expéditeur non autorisé', 'Sender that may not send it'],
  too_slow: ['Pas fini à temps', 'Not done in time'], process_ended: ['Le programme s’est arrêté dessus', 'The process ended over it'], number_reused: ['Message déjà pris sous un autre numéro', 'Taken before under another number'],
  refused_by_database: ['Refusé par la base de données', 'Refused by the database'], fault: ['Erreur du programme', 'Fault of the program'],
};
/** As the runbook says it. */
export const ADVICE: Readonly<Record<string, Words>> = {
  unknown_type: ['L’expéditeur est plus récent que ce service. Mettez ce service à jour, puis réessayez.', 'The sender is newer than this service. Update this service, then try again.'],
  malformed: ['L’expéditeur est plus récent que ce service, ou se trompe. Mettez ce service à jour, puis réessayez.', 'The sender is newer than this service, or mistaken. Update this service, then try again.'],
  wrong_sender: ['Un autre service a écrit au nom de celui-ci : traitez-le comme une attaque, et ne réessayez pas avant d’avoir compris.', 'Another service wrote in this one’s name: treat it as an attack, and do not try again before it is understood.'],
  too_slow: ['Un verrou ou une base lente. Regardez la base de données, puis réessayez.', 'A lock, or a slow database. Look at the database, then try again.'],
  process_ended: ['Le programme s’est arrêté pendant un essai. Ne réessayez pas avant que le code soit réparé : il s’arrêterait encore.', 'The process ended during a try. Do not try again before the code is mended: it would end again.'],
  number_reused: ['L’expéditeur a dit deux fois la même chose. Un nouvel essai sera refusé, à raison.', 'The sender said one thing twice. Another try will be refused, rightly.'],
  refused_by_database: ['Une règle de la base l’empêche. Comparez les livres des deux services, réparez ce qui manque, puis réessayez.', 'A rule of the database keeps it out. Compare the books of both services, mend what is missing, then try again.'],
  fault: ['Une erreur de notre code. Le journal du service en a le texte ; réparez, installez, puis réessayez.', 'A fault in our code. The log of the service has its text; mend it, install it, then try again.'],
};
