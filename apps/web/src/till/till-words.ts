// What the scripts of the till say, in the page's language. `{n}` and the like are filled in by the script.
import { html, type Html } from '../html.js';
import type { Visit } from '../visit.js';

const WORDS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  wrong_length: ['Le code a 18 caractères, et ici il y en a {n}. Rien n’a été envoyé.', 'A code has 18 characters, and here there are {n}. Nothing was sent.'],
  wrong_character: ['Le caractère {n} n’existe dans aucun code. Rien n’a été envoyé.', 'Character {n} is in no code. Nothing was sent.'],
  wrong_check: ['Un caractère est mal lu : relisez les 18 caractères. Rien n’a été envoyé.', 'A character is misread: read the 18 characters again. Nothing was sent.'],
  in_list: ['Ce chèque est déjà dans la liste.', 'This voucher is in the list already.'],
  list_empty: ['La liste est vide : lisez ou tapez un premier chèque.', 'The list is empty: scan or type a first voucher.'],
  line_wrong: ['Ligne {n} : le code n’est pas juste. Rien n’a été envoyé.', 'Line {n}: the code is not right. Nothing was sent.'],
  shared_online: ['Sans réseau, chaque chèque de la liste est d’une autre personne : plusieurs chèques d’une même personne demandent le réseau.', 'Without a network each voucher of the list is another person’s: several vouchers of one person need the network.'],
  line_twice: ['Ligne {n} : ce chèque est déjà plus haut. Rien n’a été envoyé.', 'Line {n}: this voucher stands further up already. Nothing was sent.'],
  workshop_one: ['1 chèque dans la liste', '1 voucher in the list'],
  workshop_many: ['{n} chèques dans la liste', '{n} vouchers in the list'],
  workshop_person: ['{n} chèques dans la liste, de 1 personne', '{n} vouchers in the list, of 1 person'],
  workshop_people: ['{n} chèques dans la liste, de {people} personnes', '{n} vouchers in the list, of {people} people'],
  not_read: ['Le montant ou la durée ne se lit pas.', 'The amount or the duration cannot be read.'],
  other_day: ['Sans réseau, seuls les services d’aujourd’hui se mettent en attente. Corrigez la date, ou attendez le réseau.', 'Without a network only services of today are put in the queue. Correct the day, or wait for the network.'],
  not_understood: ['La page n’a pas été comprise. Rechargez-la, et regardez la liste d’aujourd’hui.', 'The page was not understood. Reload it, and look at today’s list.'],
  not_secure: ['Un appareil ne s’enregistre que par une adresse en https.', 'A device is enrolled at an https address only.'],
  no_answer: ['La réponse n’est pas venue. Réessayez avec le même bouton : rien ne sera encaissé deux fois.', 'The answer did not come. Try again with the same button: nothing will be redeemed twice.'],
  no_answer_queue: ['La réponse n’est pas venue. Appuyez encore pour mettre en attente : vous portez alors le risque d’un refus.', 'The answer did not come. Press again to put it in the queue: you then bear the risk of a refusal.'],
  no_answer_device: ['La réponse n’est pas venue. Réessayez.', 'The answer did not come. Try again.'],
  no_camera: ['La caméra ne s’ouvre pas. Autorisez-la dans le navigateur, ou tapez le code.', 'The camera does not open. Allow it in the browser, or type the code.'],
  cap_reached: ['La limite de cet appareil sans réseau est atteinte. Attendez le réseau.', 'The limit of this device without a network is reached. Wait for the network.'],
  pending_already: ['Ce chèque est déjà en attente sur cet appareil.', 'This voucher is pending on this device already.'],
  some_pending: ['{n} chèques mis en attente, les autres non. {why}', '{n} vouchers put in the queue, the others not. {why}'],
  queue_one: ['1 chèque en attente', '1 voucher pending'],
  queue_many: ['{n} chèques en attente', '{n} vouchers pending'],
  queue_answered: ['Réponses aux chèques mis en attente', 'Answers to vouchers that were pending'],
  queue_line: ['N° {n} · {time}', 'No. {n} · {time}'],
  queue_out: ['Déjà envoyé, sans réponse : il est peut-être encaissé, et ne se retire plus ici.', 'Sent already, without an answer: maybe it is redeemed, and it cannot be withdrawn here any more.'],
  queue_no_answer: ['Pas encore de réponse. Les chèques restent sur cet appareil.', 'No answer yet. The vouchers stay on this device.'],
  queue_signed_out: ['Reconnectez-vous pour envoyer. Les chèques restent sur cet appareil.', 'Sign in again to send. The vouchers stay on this device.'],
  queue_first: ['Des chèques attendent sur cet appareil : envoyez-les d’abord.', 'Vouchers are pending on this device: send them first.'],
  note_number: ['Notez le n° {n} sur le chèque : vous le retrouverez dans la liste.', 'Write no. {n} on the voucher: you will find it in the list.'],
  note_numbers: ['Notez les n° {first} à {last} sur les chèques, dans l’ordre.', 'Write no. {first} to {last} on the vouchers, in this order.'],
  send_within: ['À envoyer dans les {n} heures : gardez cet appareil allumé.', 'To be sent within {n} hours: keep this device on.'],
  enrolment_code_wrong: ['Le code d’enregistrement a 16 lettres et chiffres.', 'The enrolment code has 16 letters and digits.'],
  enrolled: ['Cet appareil est enregistré. Il signe désormais ce qu’il encaisse.', 'This device is enrolled. From now on it signs what it redeems.'],
  offline_allowed: ['La file d’attente est prête sur cet appareil.', 'The queue is ready on this device.'],
  offline_limits: ['Au plus {n} chèques par jour, à envoyer dans les {hours} heures.', 'At most {n} vouchers a day, to be sent within {hours} hours.'],
};

export const tillWords = ({ say }: Visit): Html => html`<template id="till-words">${
  Object.entries(WORDS).map(([name, words]) => html`<p data-word="${name}">${say(...words)}</p>`)}</template>`;
