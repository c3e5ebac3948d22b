// Why a voucher is refused, in the words of the counter; what to do stands in the second sentence.
import { amountText, day, moment } from '../format.js';
import type { Language, Say } from '../language.js';
import type { Problem } from '../services.js';

type Words = Readonly<{ say: Say; language: Language }>;

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  voucher_not_found: ['Aucun chèque utilisable ne porte ce code. Relisez le code ; sinon, ne rendez pas le service contre ce chèque.', 'No usable voucher has this code. Read the code again; otherwise do not take this voucher.'],
  voucher_used: ['Ce chèque est déjà utilisé.', 'This voucher has been used.'],
  place_not_accredited: ['Votre lieu n’est pas agréé pour ce programme ce jour-là. Appelez l’opérateur.', 'Your place is not accredited for this programme on that day. Call the operator.'],
  place_not_registered: ['Votre lieu n’est pas encore enregistré. Appelez l’opérateur.', 'Your place is not registered yet. Call the operator.'],
  programme_not_open: ['Le programme n’est pas encore ouvert. Appelez l’opérateur.', 'The programme is not open yet. Call the operator.'],
  service_after_expiry: ['Le service a été rendu après le dernier jour du chèque.', 'The service was rendered after the last day of the voucher.'],
  service_in_future: ['Le jour du service n’est pas encore venu. Corrigez la date.', 'The day of the service has not come yet. Correct the day.'],
  claim_too_late: ['Le délai pour encaisser ce chèque est passé.', 'The time to redeem this voucher has passed.'],
  service_missing: ['Ce chèque ne vaut que pour certains services : indiquez le service rendu.', 'This voucher is for some services only: say which one was rendered.'],
  service_not_covered: ['Ce chèque ne vaut pas pour ce service.', 'This voucher is not for this service.'],
  amount_over_limit: ['Le programme permet moins par service.', 'The programme allows less per service.'],
  amount_missing: ['Ce chèque a un solde : indiquez le montant à prendre.', 'This voucher has a balance: say which amount to take.'],
  amount_not_face: ['Ce chèque s’utilise en entier : laissez le montant vide.', 'This voucher is used whole: leave the amount empty.'],
  voucher_balance_too_low: ['Le chèque contient moins que ce montant.', 'The voucher holds less than this amount.'],
  voucher_stopped: ['Ce chèque a été déclaré perdu, volé ou abîmé : ne l’acceptez pas. Qui l’a remis peut le remplacer.', 'This voucher was reported lost, stolen or spoiled: do not take it. Whoever handed it over can replace it.'],
  voucher_frozen: ['Le paiement de ce chèque est contesté : il ne s’utilise pas pour le moment.', 'The payment of this voucher is disputed: it cannot be used for now.'],
  voucher_held: ['Ce chèque est réservé pour un autre service. Réessayez plus tard.', 'This voucher is held for another service. Try again later.'],
  place_suspended: ['Votre lieu est suspendu pour ce programme ce jour-là. L’opérateur dit pourquoi, et comment faire appel.', 'Your place is suspended for this programme on that day. The operator says why, and how to appeal.'],
  place_left: ['Votre lieu a quitté ce programme : il n’en prend plus les chèques à partir de ce jour. La personne responsable du lieu sait pourquoi.', 'Your place has left this programme: it takes no vouchers of it from that day on. The manager of the place knows why.'],
  place_withdrawn: ['Votre lieu n’est plus agréé pour ce programme ce jour-là. L’opérateur dit pourquoi, et comment faire appel.', 'Your place is no longer accredited for this programme on that day. The operator says why, and how to appeal.'],
  place_claim_too_late: ['Le délai pour encaisser les services d’avant la suspension ou le départ est passé.', 'The time to redeem services of before the suspension or the departure has passed.'],
  service_not_accredited: ['Votre lieu n’est pas agréé pour ce service.', 'Your place is not accredited for this service.'],
  price_over_bound: ['Le programme fixe un prix plus bas pour ce service : diminuez le montant ou ce que la personne paie en plus.', 'The programme sets a lower price for this service: take less, or less besides.'],
  tariff_under_bound: ['Votre tarif est sous le prix minimal du programme pour ce service. Appelez l’opérateur.', 'Your tariff is below the least price of the programme for this service. Call the operator.'],
  price_over_tariff: ['C’est plus que votre tarif pour ce service : diminuez le montant ou ce que la personne paie en plus.', 'That is more than your tariff for this service: take less, or less besides.'],
  too_many_attempts: ['Trop de refus d’affilée. Attendez un peu, et relisez les codes.', 'Refused too often in a row. Wait a little, and check the codes.'],
  device_not_enrolled: ['Votre lieu n’encaisse que sur ses appareils enregistrés. Demandez à la personne responsable.', 'Your place redeems on its enrolled devices only. Ask its manager.'],
  device_revoked: ['Cet appareil a été retiré. Demandez à la personne responsable.', 'This device was revoked. Ask the manager of your place.'],
  device_signature_invalid: ['L’appareil n’a pas pu prouver qui il est. Demandez à la personne responsable.', 'The device could not prove what it is. Ask the manager of your place.'],
  device_clock_skewed: ['L’heure de cet appareil est fausse. Réglez-la, puis réessayez.', 'The clock of this device is wrong. Set it, then try again.'],
  offline_not_allowed: ['Ce programme ou votre lieu ne prend pas de chèque sans réseau : il n’est pas payé.', 'This programme or your place takes no voucher without a network: it is not paid.'],
  offline_capture_too_old: ['Ce chèque est resté en attente trop longtemps : il n’est pas payé.', 'This voucher was pending for too long: it is not paid.'],
  offline_capture_in_future: ['L’heure de cet appareil était fausse quand le chèque a été pris. Réglez-la ; ce chèque n’est pas payé.', 'The clock of this device was wrong when the voucher was taken. Set it; this voucher is not paid.'],
  offline_cap_reached: ['Cet appareil a pris trop de chèques sans réseau ce jour-là : celui-ci n’est pas payé.', 'This device took too many vouchers without a network on that day: this one is not paid.'],
  offline_capture_unreadable: ['Ce chèque mis en attente ne s’ouvre pas : prenez-le de nouveau, avec le réseau.', 'This pending voucher cannot be opened: take it again, with a network.'],
  idempotency_key_reused: ['Cette page a déjà servi pour un autre chèque. Encaissez avec le formulaire ci-dessous.', 'This page was used for another voucher already. Redeem with the form below.'],
  installation_ceded: ['Ce service est repris par un autre exploitant : demandez-lui la nouvelle adresse.', 'This service went to another operator: ask for the new address.'],
  role_missing: ['Votre compte ne peut pas encaisser.', 'Your account cannot redeem.'],
  amount_unreadable: ['Le montant ne se lit pas. Écrivez-le comme 12,50.', 'The amount cannot be read. Write it like 12.50.'],
};
const WRONG_FIELD: Readonly<Record<string, readonly [french: string, english: string]>> = {
  code: ['Le code n’est pas juste : un caractère manque ou est mal lu. Relisez les 18 caractères.', 'The code is not right: a character is missing or misread. Read the 18 characters again.'],
  serviceDate: ['La date du service ne se lit pas.', 'The day of the service cannot be read.'],
  amountCents: ['Le montant ne se lit pas.', 'The amount cannot be read.'],
};

/** What redemption told beside the code: to the place that used a voucher also when, to nobody else. */
function detail({ usedAt, usableUntil, claimableUntil, heldUntil, availableCents }: Problem['details'], { say, language }: Words): string {
  if (typeof usedAt === 'string') return say(`Chez vous, le ${moment(usedAt, language)}.`, `By you, on ${moment(usedAt, language)}.`);
  if (typeof heldUntil === 'string') return say(`Jusqu’au ${moment(heldUntil, language)}.`, `Until ${moment(heldUntil, language)}.`);
  if (typeof availableCents === 'number') return say(`Il contient ${amountText(availableCents, language)}.`, `It holds ${amountText(availableCents, language)}.`);
  const last = usableUntil ?? claimableUntil;
  return typeof last === 'string' ? say(`Dernier jour : ${day(last, language)}.`, `Last day: ${day(last, language)}.`) : '';
}

export function redeemRefusal({ code, errors, details }: Pick<Problem, 'code' | 'errors' | 'details'>, words: Words): string {
  const { say } = words;
  const sentence = SENTENCES[code] ?? WRONG_FIELD[errors[0]?.path ?? ''];
  return [sentence ? say(...sentence) : say(`Refusé : ${code}.`, `Refused: ${code}.`), detail(details, words)].join(' ').trim();
}
