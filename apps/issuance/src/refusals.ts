// Everything that issuance may refuse, in order of precedence. A code is never renamed or reused: callers rely on it.
import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  card_payments_off: { status: 409, retryable: false, sentence: 'This installation takes no cards: pay by bank transfer.' },
  webhook_signature_wrong: {
    status: 403, retryable: false, sentence: 'Only Stripe may call this address: the signature is missing, wrong or old.',
  },
  webhook_signature_old: {
    status: 403, retryable: false, sentence: 'The signature is older than five minutes: have Stripe send the event again, or wait for the hourly reading.',
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
  statement_not_found: { status: 404, retryable: false, sentence: 'No contradictory statement of yours has this id.' },
  invoice_not_found: { status: 404, retryable: false, sentence: 'No quote, invoice or credit note of yours has this id.' },
  seller_not_configured: {
    status: 409, retryable: false,
    sentence: 'This installation does not say who invoices: have MEREAU_SELLER_NAME and the others set (see the runbook), then ask with a new Idempotency-Key.',
  },
  payer_billing_missing: {
    status: 409, retryable: false,
    sentence: 'The law wants the address of whoever is invoiced: give it for the payers named, then ask with a new Idempotency-Key.',
  },
  billing_reference_missing: {
    status: 409, retryable: false,
    sentence: 'A payer takes no invoice without its service code or engagement number: give what is missing, then ask with a new Idempotency-Key.',
  },
  order_invoiced: { status: 409, retryable: false, sentence: 'Every payer of this order is invoiced: correct an invoice by a credit note first.' },
  upstream_fee_rule_too_early: {
    status: 409, retryable: false, sentence: 'A rule begins today at the earliest, and after the day of the rule before it: give a later day.',
  },
  window_too_long: { status: 409, retryable: false, sentence: 'More orders were placed in these days than are gone through at once: ask for fewer days.' },
  invoice_not_creditable: { status: 409, retryable: false, sentence: 'A credit note corrects an invoice: name an invoice.' },
  credit_exceeds_invoice: { status: 409, retryable: false, sentence: 'Less than this is left of the invoice: credit what is left at most.' },
  nothing_to_credit: { status: 409, retryable: false, sentence: 'Nothing of this is left on the invoice: it was credited before.' },
  import_not_found: { status: 404, retryable: false, sentence: 'No import has this id.' },
  table_malformed: {
    status: 409, retryable: false,
    sentence: 'The file cannot be read to its end: look for a quote that never closes, or send it as what it is, CSV or a JSON list.',
  },
  table_empty: { status: 409, retryable: false, sentence: 'The file has no rows.' },
  table_too_long: { status: 409, retryable: false, sentence: 'The file has more rows than are taken at once: cut it in several.' },
  table_columns_missing: {
    status: 409, retryable: false,
    sentence: 'The file lacks columns without which none of its rows could be taken: see columns, and check that it is the right file.',
  },
  distributor_not_found: { status: 404, retryable: false, sentence: 'No distributor has this id: register the distributor first.' },
  agent_not_found: { status: 404, retryable: false, sentence: 'No desk of yours has this id: register it first.' },
  voucher_not_found: { status: 404, retryable: false, sentence: 'No voucher that you may ask for has this serial or index: check it on the paper.' },
  delivery_not_found: { status: 404, retryable: false, sentence: 'No delivery of yours has this id.' },
  hand_over_not_found: { status: 404, retryable: false, sentence: 'No hand-over of yours has this id.' },
  payer_exists: { status: 409, retryable: false, sentence: 'A payer with this SIREN and SIRET is registered: use that one.' },
  distributor_exists: { status: 409, retryable: false, sentence: 'A distributor with this SIRET is registered: use that one.' },
  agent_exists: { status: 409, retryable: false, sentence: 'You have a desk of this name: use that one, or take another name.' },
  programme_ended: {
    status: 409, retryable: false,
    sentence: 'Vouchers of this programme can no longer be used: publish a later version of its rules first.',
  },
  programme_not_open: {
    status: 409, retryable: false,
    sentence: 'No rules of the programme are in force yet: order from the day on which the first take effect.',
  },
  effect_in_past: {
    status: 409, retryable: false,
    sentence: 'Rules take effect today or later, because orders of before keep theirs: name another day, or none for today.',
  },
  rules_end_before_effect: {
    status: 409, retryable: false, sentence: 'The last day of use comes before the rules take effect: mend one of the two days.',
  },
  limit_below_face: {
    status: 409, retryable: false,
    sentence: 'A unit voucher is used whole, so with this limit none could ever be used: allow at least the largest face value per redemption.',
  },
  price_bound_below_face: {
    status: 409, retryable: false,
    sentence: 'A unit voucher is used whole, so it could never pay for a service that may cost less: bound prices at the largest face value or above.',
  },
  face_not_allowed: {
    status: 409, retryable: false, sentence: 'The face value is outside the bounds of the programme\'s rules: order within them.',
  },
  order_count_not_allowed: {
    status: 409, retryable: false, sentence: 'The rules of the programme bound how many vouchers an order has: order within these bounds.',
  },
  order_too_large: { status: 409, retryable: false, sentence: 'The order is larger than one order may be: place several.' },
  shares_short: {
    status: 409, retryable: false, sentence: 'The caps leave a part of the order to nobody: raise a cap, or leave one payer without.',
  },
  quote_not_found: { status: 404, retryable: false, sentence: 'This draft of an order has no such quote that asks you: have it quoted.' },
  order_accepted: { status: 409, retryable: false, sentence: 'All payers have accepted this draft: it is an order now, and is cancelled or followed as one.' },
  order_cancelled: { status: 409, retryable: false, sentence: 'The order is cancelled: place another one.' },
  quote_open: {
    status: 409, retryable: false, sentence: 'A quote of this draft is open: wait until its payers accept or refuse it, or cancel the draft.',
  },
  quote_outdated: { status: 409, retryable: false, sentence: 'A later quote of this draft was made: look at that one.' },
  quote_refused: { status: 409, retryable: false, sentence: 'A payer has refused this quote: have the draft changed and quoted again.' },
  quote_lapsed: { status: 409, retryable: false, sentence: 'The last day of this quote is over: have the draft quoted again.' },
  quote_answered: { status: 409, retryable: false, sentence: 'You have answered this quote before.' },
  purchase_outside_rule: {
    status: 409, retryable: false, sentence: 'The State\'s rule of 2020 is for purchases within its bounds: see details, and report without it.',
  },
  publics_outside_rule: {
    status: 409, retryable: false, sentence: 'By the State\'s rule of 2020 people of the plan for skills use at least half, and never more than all.',
  },
  order_expired: {
    status: 409, retryable: false, sentence: 'Vouchers of this order have ended: what is left of it is settled by its contradictory statement.',
  },
  production_costs_unfounded: {
    status: 409, retryable: false, sentence: 'Costs of making vouchers are stated up to a bound per voucher that was made: see productionCentsMax.',
  },
  cancellation_not_yours: {
    status: 403, retryable: false, sentence: 'A payer cancels a draft that it leads; for an order that is accepted, ask the operator.',
  },
  proof_not_needed: { status: 409, retryable: false, sentence: 'This order is not printed: it needs no proof.' },
  proof_approved: { status: 409, retryable: false, sentence: 'The proof of this order is approved: the vouchers can be made.' },
  proof_not_approved: {
    status: 409, retryable: false, sentence: 'The order is printed, and its first payer has not approved a proof yet: submit one and wait for the answer.',
  },
  payer_not_leading: { status: 403, retryable: false, sentence: 'The first payer of the order answers its proof.' },
  proof_not_submitted: { status: 409, retryable: false, sentence: 'No proof waits for an answer: the operator has to submit one.' },
  proof_hash_differs: { status: 409, retryable: false, sentence: 'You answered other bytes than those of the proof that waits: look at the last one.' },
  programme_limit_reached: {
    status: 409, retryable: false,
    sentence: 'With this order the programme would exceed its limit: order at most what is left of it, or have the limit raised.',
  },
  simulation_too_large: {
    status: 409, retryable: false, sentence: 'More orders fall into this window than are decided at once: ask for a shorter one.',
  },
  order_fully_minted: { status: 409, retryable: false, sentence: 'More vouchers than were ordered would be minted: order more first.' },
  booklet_incomplete: {
    status: 409, retryable: false, sentence: 'The count is not a whole number of booklets: give another count or another size.',
  },
  range_outside_batch: {
    status: 409, retryable: false, sentence: 'The range is not within the batch: give indices from 0 to its count less one.',
  },
  vouchers_expired: {
    status: 409, retryable: false, sentence: 'The last day for claiming services of these vouchers is over: there is nothing to replace.',
  },
  range_too_large: { status: 409, retryable: false, sentence: 'So many vouchers are not replaced at once: replace the range in parts.' },
  range_already_replaced: {
    status: 409, retryable: false, sentence: 'A part of this range has been replaced: replace the rest, or the replacements themselves.',
  },
  range_not_spendable: {
    status: 409, retryable: false, sentence: 'Not all of these vouchers are activated and spendable: what is worth nothing is not replaced.',
  },
  range_not_stopped: {
    status: 409, retryable: true,
    sentence: 'Not all of these vouchers are known as stopped here: stop them first, then ask in a moment, with a new Idempotency-Key.',
  },
  range_not_yours: {
    status: 409, retryable: false, sentence: 'Not all of these vouchers are in your stock, lost by you or handed over by you: ask the operator to replace them.',
  },
  replacement_quota_exceeded: {
    status: 409, retryable: false,
    sentence: 'That is more than you may replace yourself this month: replace as many as are left, and ask the operator for the rest.',
  },
  replacement_count_differs: {
    status: 409, retryable: false, sentence: 'As many vouchers leave your stock as are replaced: name two ranges of one size.',
  },
  batch_is_replacement: {
    status: 409, retryable: false, sentence: 'This batch replaces stopped vouchers: it becomes spendable by itself, without cover.',
  },
  batch_not_loaded: {
    status: 409, retryable: true,
    sentence: 'Redemption has not loaded all vouchers of the batch yet: ask again in a moment, with a new Idempotency-Key.',
  },
  batch_key_destroyed: {
    status: 409, retryable: false,
    sentence: 'All of this batch is delivered, so its codes cannot be written out again: have lost vouchers replaced.',
  },
  print_file_too_large: {
    status: 409, retryable: false, sentence: 'Sheets of so many vouchers are too long for one file: ask for a part of the batch.',
  },
  printer_key_not_found: { status: 404, retryable: false, sentence: 'No key in force of a printer has this id: register the printer\'s public key first.' },
  printer_key_exists: { status: 409, retryable: false, sentence: 'This key is registered: use it by its id.' },
  printer_key_not_usable: {
    status: 409, retryable: false,
    sentence: 'This is no OpenPGP public key that can be encrypted to today: have the printer export its public key (gpg --armor --export).',
  },
  print_file_unencrypted: {
    status: 409, retryable: false,
    sentence: 'Codes leave as lines only encrypted to a printer\'s key: ask for the format pgp with printerKeyId, or for sheets (pdf).',
  },
  range_not_printed: {
    status: 409, retryable: false,
    sentence: 'A part of this range was never written out for the printer: take its print file first, because it ends with the delivery.',
  },
  range_not_at_printer: { status: 409, retryable: false, sentence: 'A part of this range left the printer before: give the rest.' },
  range_already_shipped: { status: 409, retryable: false, sentence: 'A part of this range was shipped before: ship the rest.' },
  range_not_in_transit: {
    status: 409, retryable: false,
    sentence: 'This range is not under way in this delivery, or only in part: give what was shipped and has no outcome yet.',
  },
  range_not_in_stock: {
    status: 409, retryable: false,
    sentence: 'This range is not in your stock, or only in part: confirm its receipt first, or give what was not handed over yet.',
  },
  range_stopped: {
    status: 409, retryable: false,
    sentence: 'A part of this range is stopped, lost or destroyed, and no till will take it: leave it out, and have it replaced.',
  },
  transfer_within_stock: { status: 409, retryable: false, sentence: 'The vouchers would not leave their stock: name another desk or distributor.' },
  hand_over_file_known: {
    status: 409, retryable: false,
    sentence: 'You sent this very file before and it was taken: look at what became of it, or ask with again=true if you mean it.',
  },
  hand_over_returned: { status: 409, retryable: false, sentence: 'This hand-over was taken back before.' },
  range_already_activated: { status: 409, retryable: false, sentence: 'A part of this range is active already: activate the rest.' },
  range_not_received: {
    status: 409, retryable: true,
    sentence: 'A part of this range was not received, and this order is activated on receipt: have the delivery confirmed, then ask with a new Idempotency-Key.',
  },
  insufficient_coverage: {
    status: 409, retryable: false,
    sentence: 'The money that arrived does not cover this: have the rest paid, then ask again with a new Idempotency-Key.',
  },
  share_not_named: { status: 409, retryable: false, sentence: 'The order has several payers: name the payer whose share is meant.' },
  other_custody_account: {
    status: 409, retryable: false,
    sentence: 'The credit is on another account than the one that holds the money of the order\'s programme.',
  },
  order_fully_funded: {
    status: 409, retryable: false, sentence: 'This payer\'s share of the order is paid in full: nothing is asked of it any more.',
  },
  statement_replaced: { status: 409, retryable: false, sentence: 'A later version of this statement was drawn up: look at that one.' },
  statement_signed: { status: 409, retryable: false, sentence: 'The statement of this order is signed by all, and final.' },
  statement_not_signed: { status: 409, retryable: false, sentence: 'The statement has not been signed by all: nothing of it is paid back before.' },
  claims_open: {
    status: 409, retryable: false,
    sentence: 'Services can still be claimed somewhere in the world: ask again when the last day is over everywhere.',
  },
  expiry_incomplete: {
    status: 409, retryable: true,
    sentence: 'What became of the vouchers is not all known yet: have every batch expired, and ask again when the runs are finished, with a new Idempotency-Key.',
  },
  claims_held: {
    status: 409, retryable: true,
    sentence: 'Settlement holds claims of this order that nobody has decided on: have them released or rejected, then ask with a new Idempotency-Key.',
  },
  vintage_not_found: { status: 404, retryable: false, sentence: 'No vouchers of yours end on this day, or the step is not due yet.' },
  vintage_signed_off: { status: 409, retryable: false, sentence: 'Your organisation has signed this step off already.' },
  vintage_step_before: { status: 409, retryable: false, sentence: 'Sign the fifteenth day before the end off first: distributors are told to stop by it.' },
  vintage_hash_differs: { status: 409, retryable: false, sentence: 'The figures are others than you saw: look at them again.' },
  extension_not_found: { status: 404, retryable: false, sentence: 'No proposed extension of an order of yours has this id.' },
  extension_agreed: { status: 409, retryable: false, sentence: 'Your organisation has agreed to this extension already.' },
  extension_by_statement: {
    status: 409, retryable: false,
    sentence: 'The last day of use is over: later dates are agreed by the contradictory statement, when the vouchers have expired.',
  },
  extension_not_later: {
    status: 409, retryable: false,
    sentence: 'An extension only adds days: give a later last day of use, not in the past, and a last day of claims that is not before it nor before the present one.',
  },
  vouchers_ended: {
    status: 409, retryable: false, sentence: 'The last day of use of these vouchers is over: nobody could use them any more.',
  },
  statement_hash_differs: { status: 409, retryable: false, sentence: 'You signed other bytes than the statement has: look at its document again.' },
  signer_drew_it_up: { status: 403, retryable: false, sentence: 'Who drew up a statement cannot sign it for the operator: ask another person.' },
  statement_signed_by_you: { status: 409, retryable: false, sentence: 'Your side has signed this statement already.' },
  statement_outdated: {
    status: 409, retryable: false, sentence: 'What expired has changed since the statement was drawn up: draw it up again.',
  },
  nothing_to_refund: { status: 409, retryable: false, sentence: 'Nothing is left here to be paid back.' },
  receipt_set_aside: { status: 409, retryable: false, sentence: 'This credit is set aside already: take it up again first.' },
  receipt_not_set_aside: { status: 409, retryable: false, sentence: 'This credit is not set aside: it stands on the work-list.' },
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
  sepa_debit_off: { status: 409, retryable: false, sentence: 'This installation takes no direct debits: pay by card or bank transfer.' },
  sepa_exposure_exceeded: {
    status: 409, retryable: false,
    sentence: 'So much may not be owed by direct debit at once, since banks take debits back for eight weeks: pay by card or bank transfer.',
  },
  dispute_open: {
    status: 409, retryable: true,
    sentence: 'A payment of this order is disputed: sign, with a new Idempotency-Key, once Stripe has closed the dispute.',
  },
  card_amount_not_chargeable: {
    status: 409, retryable: false, sentence: 'A card can not be charged this amount, it is too small or too large: pay by bank transfer.',
  },
} as const satisfies RefusalCatalogue;

/** Its own refusals, and the one that the write path answers for every command (libs/http has its sentence). */
export type RefusalCode = keyof typeof REFUSALS | 'idempotency_key_reused';
