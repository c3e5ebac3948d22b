// Everything that this service says no to. The order is the precedence: who, then what state, then how much. Codes are
// never renamed or reused: they stand in stored answers and in the programs of tills.
import type { RefusalCatalogue } from '#libs/kernel';
import { FILES } from './import-places/refusals.js';
import { DEPARTURES } from './leave-programme/refusals.js';
import { OFFLINE } from './redeem-offline/refusals.js';
import { TILL, TILL_DOOR } from './till/refusals.js';

export { TILL_DOOR_REFUSALS, TILL_REFUSALS } from './till/refusals.js';

export const REFUSALS = {
  ...TILL_DOOR,
  ...TILL,
  ...OFFLINE,
  too_many_questions: {
    status: 429, retryable: true,
    sentence: 'Too much was asked from this address: wait as long as Retry-After says, or ask whoever handed the voucher over.',
  },
  authorisation_not_found: {
    status: 404, retryable: false,
    sentence: 'No authorisation of this place has this id.',
  },
  authorisation_confirmed: {
    status: 409, retryable: false,
    sentence: 'The authorisation was confirmed, for amountCents: to correct that, undo the redemption that has its id.',
  },
  authorisation_cancelled: {
    status: 409, retryable: false,
    sentence: 'The authorisation was cancelled: authorise or redeem the voucher anew, with a new key.',
  },
  amount_over_authorised: {
    status: 409, retryable: false,
    sentence: 'A confirmation takes what was authorised, or less: confirm at most authorisedCents.',
  },
  device_not_found: {
    status: 404, retryable: false,
    sentence: 'No device of this place has this id.',
  },
  device_missing: {
    status: 409, retryable: false,
    sentence: 'The place has no enrolled device, so that it would close itself: enrol one first.',
  },
  device_key_taken: {
    status: 409, retryable: false,
    sentence: 'A device with this key was enrolled before: make a new key on the device, and take a new code.',
  },
  devices_too_many: {
    status: 409, retryable: false,
    sentence: 'The place has as many devices as it may have: revoke those that are not used any more.',
  },
  enrolment_not_found: {
    status: 404, retryable: false,
    sentence: 'No enrolment of this place has this code: check it, or take a new one.',
  },
  enrolment_used: {
    status: 409, retryable: false,
    sentence: 'A device was enrolled by this code already: take a new one.',
  },
  enrolment_expired: {
    status: 409, retryable: false,
    sentence: 'The code is older than 15 minutes: take a new one.',
  },
  voucher_without_use: {
    status: 409, retryable: false, sentence: 'This voucher was not used yet: there is a receipt once a place has taken it.',
  },
  number_not_found: {
    status: 404, retryable: false,
    sentence: 'No voucher and no booklet has this number: read it again, on the voucher or on the letter that came with it.',
  },
  loss_report_not_found: {
    status: 404, retryable: false,
    sentence: 'No report of a loss that is yours to answer has this id.',
  },
  loss_report_answered: {
    status: 409, retryable: false,
    sentence: 'The report was answered already: what was stopped stays stopped.',
  },
  till_alarm_not_found: {
    status: 404, retryable: false,
    sentence: 'No alarm has this id.',
  },
  till_alarm_seen: {
    status: 409, retryable: false,
    sentence: 'Somebody has acknowledged this alarm already.',
  },
  redemption_not_found: {
    status: 404, retryable: false,
    sentence: 'No redemption of this place has this id.',
  },
  session_not_found: {
    status: 404, retryable: false,
    sentence: 'No workshop of this place has this id, or none of its vouchers was redeemed.',
  },
  redemption_undone: {
    status: 409, retryable: false,
    sentence: 'The redemption has been undone already.',
  },
  undo_too_late: {
    status: 409, retryable: false,
    sentence: 'A till undoes within 15 minutes, its manager and the operator until the period closes or the voucher expires; later it is an incident.',
  },
  voucher_replaced: {
    status: 409, retryable: false,
    sentence: 'The voucher was replaced, so nothing can be put back on it: correct it as an incident.',
  },
  undo_under_way: {
    status: 409, retryable: true,
    sentence: 'The message of an undone redemption has no number yet, so no total can be told: ask again, with a new Idempotency-Key.',
  },
  batch_not_found: {
    status: 404, retryable: false,
    sentence: 'No batch of vouchers has this id here.',
  },
  range_outside_batch: {
    status: 409, retryable: false,
    sentence: 'The range is not within the batch: give indices from 0 to its count less one.',
  },
  serial_not_in_batch: {
    status: 409, retryable: false,
    sentence: 'A serial is not one of this batch: nothing was stopped.',
  },
  range_not_held: {
    status: 409, retryable: true,
    sentence: 'Not all of these vouchers came to you last, or their receipt is not known here yet: ask the operator to stop them, or ask again in a moment, with a new Idempotency-Key.',
  },
  place_not_found: {
    status: 404, retryable: false,
    sentence: 'No place has this id.',
  },
  place_without_siret: {
    status: 409, retryable: false,
    sentence: 'The place has no valid SIRET, so nobody could be paid for it: import or register it with one first.',
  },
  programme_not_found: {
    status: 404, retryable: false,
    sentence: 'No published programme has this id.',
  },
  place_outside_territory: {
    status: 409, retryable: false,
    sentence: 'The place is outside of the territory of the programme: accredit it for another, or have the rules changed first.',
  },
  place_commune_unknown: {
    status: 409, retryable: false,
    sentence: 'The programme has a territory and no file says in which commune the place is: give inseeCode with the accreditation.',
  },
  place_commune_differs: {
    status: 409, retryable: false,
    sentence: 'A published file says that the place is in another commune: leave inseeCode out, or import the corrected list first.',
  },
  place_never_accredited: {
    status: 409, retryable: false,
    sentence: 'The place was never accredited for this programme, or for any: there is nothing to suspend or to withdraw.',
  },
  measure_day_past: {
    status: 409, retryable: false,
    sentence: 'A suspension or a withdrawal does not reach back: give today at the site, or a later day.',
  },
  measure_taken: {
    status: 409, retryable: false,
    sentence: 'The place is suspended or withdrawn for this already: see its measures.',
  },
  ...DEPARTURES,
  place_not_suspended: {
    status: 409, retryable: false,
    sentence: 'The place is not suspended for this: a withdrawal is ended by another accreditation, or by an appeal.',
  },
  decision_not_found: {
    status: 404, retryable: false,
    sentence: 'No decision about your place has this id: see its measures and its applications.',
  },
  appeal_stated: {
    status: 409, retryable: false,
    sentence: 'Your place has appealed against this already: see what is answered.',
  },
  appeal_too_late: {
    status: 409, retryable: false,
    sentence: 'An appeal is stated within 60 days of the decision, which are over.',
  },
  questionnaire_not_found: {
    status: 409, retryable: false,
    sentence: 'No questionnaire of this programme is in force: nobody can apply for it yet.',
  },
  questionnaire_day_past: {
    status: 409, retryable: false,
    sentence: 'A questionnaire counts from today or a later day: applications submitted before go on with theirs.',
  },
  application_not_found: {
    status: 404, retryable: false,
    sentence: 'No application that you may see has this id.',
  },
  application_open: {
    status: 409, retryable: false,
    sentence: 'The place has an open application for this programme: go on with that one.',
  },
  accreditation_runs: {
    status: 409, retryable: false,
    sentence: 'The accreditation of the place goes on: it can be renewed from renewableFrom on.',
  },
  application_closed: {
    status: 409, retryable: false,
    sentence: 'The application is with the operator or decided: it is not written in now.',
  },
  answers_strange: {
    status: 409, retryable: false,
    sentence: 'Some answers are to no question of this questionnaire, or none of its options: see questions.',
  },
  questionnaire_replaced: {
    status: 409, retryable: false,
    sentence: 'Another questionnaire counts since this draft was begun: begin it anew, which keeps the answers that are still asked for, then submit it.',
  },
  application_incomplete: {
    status: 409, retryable: false,
    sentence: 'Answers or documents are missing: see questions and documents.',
  },
  application_not_submitted: {
    status: 409, retryable: false,
    sentence: 'Only a submitted application is taken up: see its state.',
  },
  application_not_reviewed: {
    status: 409, retryable: false,
    sentence: 'Only an application under review is decided: take it up first, or see what was decided.',
  },
  answer_eliminates: {
    status: 409, retryable: false,
    sentence: 'An answer rules the place out: refuse it, or ask for more.',
  },
  score_below_threshold: {
    status: 409, retryable: false,
    sentence: 'The answers come to fewer points than the questionnaire asks for: refuse the place, or ask for more.',
  },
  provisional_too_long: {
    status: 409, retryable: false,
    sentence: 'A provisional accreditation lasts a year at most: give an earlier last day.',
  },
  appeal_not_found: {
    status: 404, retryable: false,
    sentence: 'No appeal has this id.',
  },
  appeal_answered: {
    status: 409, retryable: false,
    sentence: 'This appeal is answered already: what was decided stays.',
  },
  answerer_decided: {
    status: 403, retryable: false,
    sentence: 'Who decided does not answer the appeal against it: ask another person.',
  },
  tariff_not_found: {
    status: 404, retryable: false,
    sentence: 'No tariff has this id.',
  },
  tariff_in_past: {
    status: 409, retryable: false,
    sentence: 'A tariff counts from today at the place or from a later day: name another first day.',
  },
  tariff_without_price: {
    status: 409, retryable: false,
    sentence: 'The components add up to nothing: a service that is free for everybody needs no tariff.',
  },
  tariff_counts_already: {
    status: 409, retryable: false,
    sentence: 'The tariff waits for no approval: it counts, or will from its day on.',
  },
  tariff_superseded: {
    status: 409, retryable: false,
    sentence: 'The place has declared a later version since: approve that one, if it waits.',
  },
  simulation_too_large: {
    status: 409, retryable: false,
    sentence: 'More redemptions fall into this window than are decided at once: ask for a shorter one.',
  },
  nothing_to_expire: {
    status: 409, retryable: false,
    sentence: 'The programme has no batch of vouchers that could expire.',
  },
  claims_open: {
    status: 409, retryable: false,
    sentence: 'Services can still be claimed somewhere in the world: ask again when the last day is over everywhere.',
  },
  batch_loading: {
    status: 409, retryable: true,
    sentence: 'Activated vouchers of the batch are still being loaded: ask again in a moment, with a new Idempotency-Key.',
  },
  siret_taken: {
    status: 409, retryable: false,
    sentence: 'A place with this SIRET number is registered already.',
  },
  ...FILES,
} as const satisfies RefusalCatalogue;

export type RefusalCode = keyof typeof REFUSALS;
