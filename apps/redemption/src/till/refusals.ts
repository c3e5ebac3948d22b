// What a till can be told: first at the door, then of a voucher. The order is the precedence.
import type { RefusalCatalogue } from '#libs/kernel';

/** What a till is told before anybody looks at a voucher; never stored with a key. */
export const TILL_DOOR = {
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
export const TILL = {
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
  place_left: {
    status: 409, retryable: false,
    sentence: 'The place left the programme of this voucher by itself, and the service was on the first day of that or later: its manager knows why.',
  },
  place_claim_too_late: {
    status: 409, retryable: false,
    sentence: 'Services of before the suspension, withdrawal or departure of the place could be claimed for 30 days, which are over.',
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
