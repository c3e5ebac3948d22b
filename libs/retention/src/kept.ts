// What no service deletes, by the reason. Every table of every schema stands here or in `ending.ts`, once.
import type { Schema } from '#libs/persistence';

export type Kept = Readonly<{
  id: string;
  kept: string;
  holds: string;
  why: string;
  /** Who decides when the term is over: software deletes none of it. */
  owner: string;
  tables: Readonly<Partial<Record<Schema, readonly string[]>>>;
}>;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const MESSAGES = words('inbox inbox_batch inbox_position numbered receiver_position relay_position cession dead_letter_replay');
const TALLIES = words('ledger_tally ledger_tally_position ledger_tally_state');
const IN_HAND = words('outbox inbox_try dead_letter');
const OPERATOR = 'the operator, after the last of its ten years, on its accountant\'s word';

export const KEPT: readonly Kept[] = [
  {
    id: 'money', kept: 'ten years after the end of the year', owner: OPERATOR,
    holds: 'transfers, orders, invoices, vouchers, redemptions, statements, payments, the bank\'s files as they came, and on whose word',
    why: 'code de commerce art. L123-22 (accounts and their vouchers, 10 years); LPF art. L102 B (6 years) lies within it; CGI art. 289 (invoices as they were issued)',
    tables: {
      issuance: words(`activation activation_share batch batch_extension booklet_use card_account card_payment card_payment_state card_receipt card_session chunk
        contradictory_statement contradictory_statement_share control_total delivery delivery_outcome dispute dispute_end distributor_replacement expired_chunk
        expired_for_debt expiry_step extension_agreement extension_proposal finished_expiry frozen_batch guarded_balance hand_over held_claim holding invoice
        invoice_delivery invoice_series order order_cancellation order_cancellation_share order_draft order_extension order_quote order_quote_share
        order_share order_step print_download print_file receipt receipt_match receipt_note receipt_release receipt_release_movement refund refund_movement
        rejected_claim rejected_claim_share released_claim replacement share_fee share_reference signed_statement statement_signature stock_loss stopped_range
        stripe_cursor stripe_customer stripe_event stripe_refund_movement transfer vintage_sign_off`),
      redemption: words(`authorisation batch batch_extension cancelled_authorisation chunk control_total expiry_chunk expiry_run expiry_step freeze freeze_end
        guarded_balance known_return known_stock loss_answer loss_report offline_capture period_closing redemption replacement restored_chunk signed_statement stop stopped_range
        transfer undone_redemption voucher voucher_range`),
      settlement: words(`approval approval_breaker bank_line bank_line_identification bank_line_match bank_statement bank_statement_file carry_over claim_line
        closing_call control_total debit_note debit_note_discharge debit_note_loss debit_note_loss_decision guarded_balance held_line hold hold_decision
        incident incident_decision payee_verification payee_verification_file payment payment_file payment_file_download payment_movement payment_refund
        payment_rejection payment_report payment_report_file payment_report_status payment_statement payout_stop payout_stop_lifting place_invoice
        place_invoice_series redemption_total redemption_total_part refund run_cancellation run_left_out settlement_run statement statement_clearance statement_closing
        statement_fee stripe_charge stripe_dispute stripe_dispute_end stripe_event stripe_movement stripe_payout stripe_payout_arrival stripe_refund
        stripe_transfer transfer allocation allocation_decision allocation_voice commons_share early_payment early_payment_end gift pool_movement fees_release payment_allocation payment_early place_charge
        place_invoice_discharge known_alert known_alert_answer known_alert_appeal known_alert_line earned_total earned_total_line measured_month`),
    },
  },
  {
    id: 'rules', kept: 'as long as money that was decided by them', owner: OPERATOR,
    holds: 'programmes and their rules, fees, tariffs, accreditations and measures, opening hours as text; payers, places, payees and their accounts',
    why: 'what was paid is understood by the rules of its day, and by whom it was paid to (code de commerce art. L123-22)',
    tables: {
      issuance: words(`distributor agent batch_funnel known_accreditation known_departure known_departure_end known_measure known_measure_end known_place payer payer_billing payer_territory printer_key
        programme programme_rule replacement_quota upstream_fee_rule upstream_fee_service`),
      redemption: words(`accreditation appeal appeal_answer application application_step device_enrolment device_rule known_fee_rule known_programme
        known_programme_rule departure departure_end measure measure_end place place_listing place_source questionnaire reference_version site tariff tariff_approval till_device zone_decision zone_row`),
      settlement: words(`bank_account closing_rule destination_holder early_payment_rule fee_rule iban_holder iban_share iban_share_approval iban_share_withdrawal known_accreditation
        known_checkpoint statement_proof known_departure known_departure_end known_measure known_measure_end known_place known_programme netting_acceptance netting_terms payee payee_bank_account payee_billing
        payee_destination payee_payer payee_site stripe_account operator place_charge_rule sharing_rule national_pool_rule
        pool_rule_decision`),
      audit: words('alert_rule_confirmation alert_rule_set impact_coefficient territory_target'),
    },
  },
  {
    id: 'uploads', kept: 'as the rows that they brought', owner: OPERATOR,
    holds: 'files of places, payers and hand-overs: their digest and what became of each row; the files themselves are not kept',
    why: 'says where a place or a payer came from',
    tables: { issuance: words('file_import file_import_row hand_over_file'), redemption: words('file_import file_import_row') },
  },
  {
    id: 'log', kept: 'for ever; at least ten years', owner: 'the operator and its auditors together',
    holds: 'every event, without a person, a code or an account number; the tree over them and what was signed',
    why: 'code de commerce art. L123-22; a log that lost its beginning proves nothing',
    tables: { audit: words('checkpoint checkpoint_mail coverage_statement event event_mention open_data_release sealed_stretch sealing tree_node') },
  },
  {
    id: 'audit work', kept: 'ten years after the end of the year', owner: 'the operator and its auditors together',
    holds: 'samples and worksheets, findings and replies, alerts, appeals and answers in people\'s own words; who read what under which mandate, who looked as which organisation and why, who had the ledgers made again',
    why: 'code de commerce art. L123-22 and L821-63 (an auditor\'s file, six years, lies within it); whose money was held may see why as long as it was',
    tables: {
      audit: words(`alert alert_appeal alert_appeal_answer alert_decision alert_fact finding finding_step mandate_reading restatement restatement_approval
        sample sample_item sample_mark standing_difference`),
      identity: words('impersonation impersonation_reading mandate mandate_confirmation mandate_end'),
    },
  },
  {
    id: 'made again', kept: 'until it is made again', owner: 'the services themselves',
    holds: 'what audit reckons from the log, and what each ledger announces of itself', why: 'the log says it anew',
    tables: {
      audit: words(`told_proof compared_announcement compared_position compared_tally restated_batch restated_position restated_transfer watch_position watched_hand_over
        watched_place watched_redemption`),
      issuance: TALLIES, redemption: TALLIES, settlement: TALLIES,
    },
  },
  {
    id: 'messages', kept: 'as the log', owner: 'the operator',
    holds: 'which message was taken, by its number; how far each sender and receiver is; who had which tried again; how the installation changed hands',
    why: 'shows that none is missing and none was taken twice',
    tables: { issuance: MESSAGES, redemption: MESSAGES, settlement: MESSAGES, audit: MESSAGES, identity: MESSAGES },
  },
  {
    id: 'in hand', kept: 'until it is done', owner: 'the services themselves; a dead letter: whoever replays it',
    holds: 'messages on their way, and those that could not be handled', why: 'work, not a record',
    tables: {
      issuance: IN_HAND, redemption: [...IN_HAND, 'parked_message'], settlement: [...IN_HAND, 'parked_undo'], audit: IN_HAND, identity: IN_HAND,
    },
  },
  {
    id: 'people', kept: 'as long as they act for somebody', owner: 'the operator, as controller: nothing takes an account away yet',
    holds: 'names, addresses of mail, passwords and keys of programs as hashes, roles, who stood for whom, and of what an organisation was told',
    why: 'RGPD art. 6(1)(b) and (f); who approved a payment is named as long as the payment is kept',
    tables: {
      identity: words('api_key credential membership membership_confirmation notice notice_choice notice_party organisation passkey second_factor user verification'),
    },
  },
];
