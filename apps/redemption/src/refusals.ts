// Everything that this service says no to. The order is the precedence: who, then what state, then how much. Codes are
// never renamed or reused: they stand in stored answers and in the programs of tills.
import type { RefusalCatalogue } from '#libs/kernel';

/** What a till is told before anybody looks at a voucher; never stored with a key. */
const TILL_DOOR = {
  too_many_attempts: {
    status: 429, retryable: true,
    sentence: 'This till or its place was refused too often: wait as long as Retry-After says, and check what is being typed or scanned.',
  },
  device_not_enrolled: {
    status: 403, retryable: false,
    sentence: 'This place redeems on its enrolled devices only, or the device is not one of it: enrol it, and sign the request.',
  },
  device_revoked: {
    status: 403, retryable: false,
    sentence: 'This device was revoked: nothing can be redeemed on it. The manager of the place can enrol another.',
  },
  device_signature_invalid: {
    status: 403, retryable: false,
    sentence: 'The signature is not one of this device over this very request: sign what is sent, byte by byte.',
  },
  device_clock_skewed: {
    status: 403, retryable: false,
    sentence: 'The clock of the device is off by more than five minutes: set it by serverTime, and sign again.',
  },
} as const satisfies RefusalCatalogue;
export const TILL_DOOR_REFUSALS = Object.keys(TILL_DOOR) as readonly (keyof typeof TILL_DOOR)[];

/** What a till can be told of a voucher. */
const TILL = {
  place_not_registered: {
    status: 409, retryable: false,
    sentence: 'This till signs in for a place that is not registered here, or was never accredited: the operator has to do that first.',
  },
  voucher_not_found: {
    status: 404, retryable: false,
    sentence: 'No voucher that this till could redeem has this code: check the code, and that the voucher was handed over.',
  },
  place_not_accredited: {
    status: 409, retryable: false,
    sentence: 'The place is not accredited for the programme of this voucher on the day of the service.',
  },
  place_withdrawn: {
    status: 409, retryable: false,
    sentence: 'The accreditation of the place was withdrawn, and the service was on the first day of that or later: the operator says why, and how to appeal.',
  },
  place_suspended: {
    status: 409, retryable: false,
    sentence: 'The place is suspended for the programme of this voucher on the day of the service: the operator says why, and how to appeal.',
  },
  place_claim_too_late: {
    status: 409, retryable: false,
    sentence: 'Services of before the suspension or withdrawal of the place could be claimed for 30 days, which are over.',
  },
  programme_not_open: {
    status: 409, retryable: false,
    sentence: 'No fee rule of the programme is in force yet: try again with a new key when the operator has published one.',
  },
  voucher_stopped: {
    status: 409, retryable: false,
    sentence: 'The voucher was reported lost, stolen or spoiled and cannot be used: whoever handed it over can have it replaced.',
  },
  voucher_used: {
    status: 409, retryable: false,
    sentence: 'The voucher has been used already; when and where is told to the place that used it, and to no other.',
  },
  voucher_frozen: {
    status: 409, retryable: false,
    sentence: 'The payer of this voucher disputes its payment: it can be used again, under a new key, once that is settled. What was redeemed before is paid.',
  },
  service_after_expiry: {
    status: 409, retryable: false,
    sentence: 'The service was rendered after the last day on which the voucher could be used.',
  },
  service_in_future: {
    status: 409, retryable: false,
    sentence: 'The day of the service has not begun yet at the place where it is rendered.',
  },
  claim_too_late: {
    status: 409, retryable: false,
    sentence: 'The last day for claiming services of this voucher is over.',
  },
  service_missing: {
    status: 409, retryable: false,
    sentence: 'The voucher or the accreditation of the place is for some services only, or the programme has prices: declare which service it was, with a new key.',
  },
  service_not_covered: {
    status: 409, retryable: false,
    sentence: 'The voucher is not for this service: see which ones it is for, and do not take it for another.',
  },
  service_not_accredited: {
    status: 409, retryable: false,
    sentence: 'The place is accredited for other services of this programme: see which ones, and do not take vouchers for this one.',
  },
  amount_missing: {
    status: 409, retryable: false,
    sentence: 'This voucher holds a balance: say how much of it to take.',
  },
  amount_not_face: {
    status: 409, retryable: false,
    sentence: 'A unit voucher is used whole: leave the amount out or give its face value.',
  },
  amount_over_limit: {
    status: 409, retryable: false,
    sentence: 'The rules of the programme allow less at once: take at most redemptionCentsMax of this voucher for one service.',
  },
  price_over_bound: {
    status: 409, retryable: false,
    sentence: 'The rules of the programme fix what this service may cost: voucher and co-payment together are at most priceCentsMax.',
  },
  tariff_under_bound: {
    status: 409, retryable: false,
    sentence: 'The programme pays for services that cost at least priceCentsMin, and the place asks less for this one.',
  },
  price_over_tariff: {
    status: 409, retryable: false,
    sentence: 'The place asks less for this service: voucher and co-payment together are at most tariffCents.',
  },
  voucher_balance_too_low: {
    status: 409, retryable: false,
    sentence: 'The voucher holds less than the amount: take at most what is available.',
  },
  voucher_held: {
    status: 409, retryable: false,
    sentence: 'An authorisation holds this voucher, or too much of it: take at most what is available, or ask again after heldUntil, with a new key.',
  },
} as const satisfies RefusalCatalogue;
export const TILL_REFUSALS = Object.keys(TILL) as readonly (keyof typeof TILL)[];

export const REFUSALS = {
  ...TILL_DOOR,
  ...TILL,
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
    sentence: 'A questionnaire counts from today or a later day: applications begun before go on with theirs.',
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
  import_not_found: {
    status: 404, retryable: false,
    sentence: 'No import has this id.',
  },
  table_malformed: {
    status: 409, retryable: false,
    sentence: 'The file cannot be read to its end: look for a quote that never closes, or send it as what it is, CSV or a JSON list.',
  },
  table_empty: {
    status: 409, retryable: false,
    sentence: 'The file has no rows.',
  },
  table_too_long: {
    status: 409, retryable: false,
    sentence: 'The file has more rows than are taken at once: cut it in several.',
  },
  table_columns_missing: {
    status: 409, retryable: false,
    sentence: 'The file lacks columns without which none of its rows could be taken: see columns, and check that it is the right file.',
  },
} as const satisfies RefusalCatalogue;

export type RefusalCode = keyof typeof REFUSALS;
