// Which event is which step, said a second time: a verifier must not ask the one whom it verifies. A spec of audit holds both
// side by side.
export const STEP_OF_TYPE: Readonly<Record<string, string>> = {
  'bank_credit.booked.v1': 'bank_credit', 'ledger.posted.v1': 'bank_credit_unknown', 'receipt.matched.v1': 'credit_matched',
  'payment.succeeded.v1': 'card_paid', 'payment.disputed.v1': 'card_disputed', 'payment.dispute_closed.v1': 'dispute_closed',
  'batch.created.v1': 'batch_made', 'range.activated.v1': 'activated', 'range.received.v1': 'received', 'range.handed_over.v1': 'handed_over',
  'range.returned.v1': 'hand_over_returned', 'range.given_back.v1': 'given_back', 'range.lost.v1': 'lost', 'range.written_off.v1': 'written_off',
  'voucher.stopped.v1': 'stopped', 'voucher.replaced.v1': 'replaced', 'voucher.expired_chunk.v1': 'expired', 'voucher.redeemed.v1': 'redeemed',
  'redemption.undone.v1': 'undone', 'claim_line.held.v1': 'held', 'claim_line.released.v1': 'released', 'claim_line.rejected.v1': 'rejected',
  'incident.posted.v1': 'corrected', 'debit_note.issued.v1': 'debit_note_issued', 'debit_note.paid.v1': 'debit_note_paid',
  'debit_note.lost.v1': 'debit_note_lost', 'place_invoice.paid.v1': 'invoice_paid', 'commons.contributed.v1': 'gift_received', 'allocation.voted.v1': 'allocation_voted',
  'early_payment.set_aside.v1': 'early_set_aside', 'early_payment.netted.v1': 'early_netted', 'early_payment.lapsed.v1': 'early_lapsed',
  'statement.closed.v1': 'statement_closed', 'place_invoice.issued.v1': 'fee_invoiced', 'payment.booked.v1': 'payment_debited', 'payment.returned.v1': 'payment_returned',
  'payment.rejected.v1': 'payment_rejected', 'payment.transferred.v1': 'payment_transferred', 'payment.transfer_reversed.v1': 'payment_transfer_reversed',
  'payment.transfer_refused.v1': 'payment_transfer_refused', 'contradictory_statement.signed.v1': 'order_ended', 'refund.requested.v1': 'refund_ordered',
  'payment.refunded.v1': 'refunded_to_card', 'payment.refund_failed.v1': 'refund_failed', 'bank_credit.released.v1': 'credit_given_back',
  'invoice.issued.v1': 'invoiced', 'credit_note.issued.v1': 'invoice_credited', 'batch.extended.v1': 'extended', 'stripe_payout.arrived.v1': 'payout_arrived',
};

/** What a ledger posted without a message of its own is known by its row. */
export const STEP_OF_ROW: Readonly<Record<string, string>> = { 5: 'payout_booked', 32: 'fees_with_operator', 33: 'operator_paid_in' };

/** What was signed at the end of an order is known by what it agrees on. */
export const STEP_OF_OUTCOME: Readonly<Record<string, string>> = { roll_over: 'rolled_over' };
