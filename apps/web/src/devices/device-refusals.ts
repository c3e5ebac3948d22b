// Why a device is not enrolled, or a rule not set, in the words of a place.
import type { Say } from '../language.js';

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  enrolment_not_found: ['Ce code n’est pas connu. Relisez-le, ou demandez-en un autre.', 'This code is not known. Read it again, or ask for another.'],
  enrolment_used: ['Ce code a déjà servi. Demandez-en un autre.', 'This code was used already. Ask for another.'],
  enrolment_expired: ['Ce code a plus de 15 minutes. Demandez-en un autre.', 'This code is older than 15 minutes. Ask for another.'],
  device_key_taken: ['Cet appareil est déjà enregistré. Oubliez sa clé, puis recommencez.', 'This device is enrolled already. Forget its key, then begin again.'],
  devices_too_many: ['Votre lieu a trop d’appareils. Retirez ceux qui ne servent plus.', 'Your place has too many devices. Revoke those that are not used.'],
  device_missing: ['Enregistrez d’abord un appareil : sinon plus personne n’encaisserait.', 'Enrol a device first: otherwise nobody could redeem.'],
  device_not_found: ['Cet appareil n’est pas de votre lieu.', 'This device is not of your place.'],
  place_not_registered: ['Votre lieu n’est pas encore enregistré. Appelez l’opérateur.', 'Your place is not registered yet. Call the operator.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow it.'],
  route_not_found: ['Ce service n’offre pas encore la file d’attente.', 'This service does not offer the queue yet.'],
  unavailable: ['Le service n’a pas répondu. Réessayez dans un moment.', 'The service did not answer. Try again in a moment.'],
};

export const isDeviceRefusal = (code: string): boolean => code in SENTENCES;

export const deviceRefusal = (code: string, say: Say): string => say(...SENTENCES[code] ?? [`Refusé : ${code}.`, `Refused: ${code}.`]);
