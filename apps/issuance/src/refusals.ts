// Everything that issuance may refuse, in order of precedence. A code is never renamed or reused: callers rely on it.
import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  card_payments_off: { status: 409, retryable: false, sentence: 'This installation takes no cards: pay by bank transfer.' },
  webhook_signature_wrong: {
    status: 403, retryable: false, sentence: 'Only Stripe may call this address: the signature is missing, wrong or old.',
  },
  webhook_not_understood: {
    status: 422, retryable: false, sentence: 'The signed body is no event of Stripe that we can read: check the API version of the endpoint.',
  },
  payer_not_found: { status: 404, retryable: false, sentence: 'No payer has this id: register the payer first.' },
  programme_not_found: { status: 404, retryable: false, sentence: 'No programme has this id: publish the programme first.' },
  receipt_not_found: { status: 404, retryable: false, sentence: 'No bank credit with this id was announced to us.' },
  order_not_found: { status: 404, retryable: false, sentence: 'No order of yours has this id.' },
  share_not_found: { status: 404, retryable: false, sentence: 'The order has no share of this payer: name one of its payers.' },
  batch_not_found: { status: 404, retryable: false, sentence: 'No batch has this id.' },
  payer_exists: { status: 409, retryable: false, sentence: 'A payer with this SIREN and SIRET is registered: use that one.' },
  programme_ended: {
    status: 409, retryable: false,
    sentence: 'Vouchers of this programme can no longer be used: publish a later version of its rules first.',
  },
  face_not_allowed: {
    status: 409, retryable: false,
    sentence: 'Unit vouchers have the face value of their programme, balance vouchers at most that: order within it.',
  },
  order_too_large: { status: 409, retryable: false, sentence: 'The order is larger than one order may be: place several.' },
  order_fully_minted: {
    status: 409, retryable: false, sentence: 'More vouchers than were ordered would be minted: order more first.',
  },
  range_outside_batch: {
    status: 409, retryable: false,
    sentence: 'The range is not within the batch: give indices from 0 to its count less one.',
  },
  batch_not_loaded: {
    status: 409, retryable: true,
    sentence: 'Redemption has not loaded all vouchers of the batch yet: ask again in a moment, with a new Idempotency-Key.',
  },
  range_already_activated: {
    status: 409, retryable: false, sentence: 'A part of this range is active already: activate the rest.',
  },
  insufficient_coverage: {
    status: 409, retryable: false,
    sentence: 'The money that arrived does not cover this: have the rest paid, then ask again with a new Idempotency-Key.',
  },
  share_not_named: {
    status: 409, retryable: false, sentence: 'The order has several payers: name the payer whose share is meant.',
  },
  other_custody_account: {
    status: 409, retryable: false,
    sentence: 'The credit is on another account than the one that holds the money of the order\'s programme.',
  },
  order_already_matched: { status: 409, retryable: false, sentence: 'This credit funds this payer\'s share of the order already.' },
  order_fully_funded: {
    status: 409, retryable: false, sentence: 'This payer\'s share of the order is paid in full: nothing is asked of it any more.',
  },
  receipt_used_up: { status: 409, retryable: false, sentence: 'Nothing of this credit is left to match.' },
  card_account_missing: {
    status: 409, retryable: true, sentence: 'Stripe is not connected to a custody account yet: have the operator connect it, then ask with a new Idempotency-Key.',
  },
  card_account_other: {
    status: 409, retryable: false,
    sentence: 'Cards pay into another account than the one that holds the money of the order\'s programme: pay by bank transfer.',
  },
  card_payments_too_many: {
    status: 429, retryable: true, sentence: 'Several payment pages of this share are open: use one, or wait a day and ask with a new Idempotency-Key.',
  },
  card_amount_not_chargeable: {
    status: 409, retryable: false, sentence: 'A card can not be charged this amount, it is too small or too large: pay by bank transfer.',
  },
} as const satisfies RefusalCatalogue;

/** Its own refusals, and the one that the write path answers for every command (libs/http has its sentence). */
export type RefusalCode = keyof typeof REFUSALS | 'idempotency_key_reused';
