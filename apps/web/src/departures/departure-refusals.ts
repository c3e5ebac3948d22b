// Why a departure is not taken, or not taken back, in the words of a place.
import type { Say } from '../language.js';
import { secondFactorRefusal } from '../second-factor/second-factor-words.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  place_not_found: ['Votre lieu n’est pas encore enregistré. Appelez l’opérateur.', 'Your place is not registered yet. Call the operator.'],
  departure_day_past: ['Ce jour est passé : choisissez aujourd’hui ou un jour à venir.', 'That day is past: choose today or a day to come.'],
  departure_too_far: ['Ce jour est dans plus d’un an : choisissez un jour plus proche.', 'That day is more than a year away: choose a nearer one.'],
  nothing_to_leave: ['Votre agrément est déjà fini ce jour-là : il n’y a rien à quitter.', 'Your accreditation is over by that day: there is nothing to leave.'],
  departure_stated: ['Votre lieu quitte déjà ce programme. Revenez d’abord sur ce départ pour choisir un autre jour.', 'Your place leaves this programme already. Take that departure back first to choose another day.'],
  departure_not_found: ['Ce départ n’est pas celui de votre lieu.', 'This departure is not one of your place.'],
  departure_ended: ['Ce départ est déjà fini : il n’y a plus à y revenir.', 'This departure has ended already: there is nothing to take back.'],
  departure_begun: ['Le jour du départ est venu : pour revenir, déposez une nouvelle demande d’agrément.', 'The day of the departure has come: to return, submit a new application for accreditation.'],
  second_factor_stale: ['Un départ se dit avec un code frais de votre second facteur : saisissez-le.', 'A departure is stated with a fresh code of your second factor: enter it.'],
  request_malformed: ['Le jour ou le texte ne se lit pas : corrigez-les.', 'The day or the text cannot be read: correct them.'],
  role_missing: ['Seule la personne responsable du lieu peut le faire quitter un programme.', 'Only the manager of the place may have it leave a programme.'],
  unavailable: ['Le service n’a pas répondu. Rechargez : la page dira si c’est fait.', 'The service did not answer. Reload: the page will say whether it is done.'],
};

export function departureRefusal(code: string, say: Say): string {
  const sentence = SENTENCES[code];
  return sentence ? say(...sentence) : secondFactorRefusal(code, say);
}
