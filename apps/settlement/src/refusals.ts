// Everything that settlement may refuse, in order of precedence. A code is never renamed or reused: callers rely on it.
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
  bank_account_unknown: { status: 404, retryable: false, sentence: 'No bank account of ours has this id.' },
  place_unknown: { status: 404, retryable: false, sentence: 'No place with this id was accredited or has redeemed anything.' },
  payee_unknown: { status: 404, retryable: false, sentence: 'No payee has this id: look for it in the list of payees.' },
  destination_unknown: { status: 404, retryable: false, sentence: 'There is no such version of a payee\'s Stripe account.' },
  payee_bank_account_unknown: { status: 404, retryable: false, sentence: 'No payee has a bank account with this id.' },
  iban_share_unknown: { status: 404, retryable: false, sentence: 'Nobody proposed that an IBAN is shared under this id.' },
  statement_unknown: { status: 404, retryable: false, sentence: 'No statement of yours has this id.' },
  place_invoice_unknown: { status: 404, retryable: false, sentence: 'No invoice of yours has this id: look for it in the list of invoices.' },
  claim_line_unknown: { status: 404, retryable: false, sentence: 'No claim line owes a redemption with this id: look for it in the list of a statement.' },
  incident_unknown: { status: 404, retryable: false, sentence: 'No incident has this id: look for it in the list of incidents.' },
  closing_unknown: { status: 404, retryable: false, sentence: 'Statements were never closed at this number: look for it in the list of statements.' },
  debit_note_unknown: { status: 404, retryable: false, sentence: 'No debit note of yours, on this bank account, has this id: look for it in the list of debit notes.' },
  debit_note_loss_unknown: { status: 404, retryable: false, sentence: 'Nobody proposed to write a debit note off under this id.' },
  hold_unknown: { status: 404, retryable: false, sentence: 'No hold that you may see has this id: look for it in the list of holds.' },
  bank_line_unknown: { status: 404, retryable: false, sentence: 'No bank line has this id.' },
  payout_unknown: { status: 404, retryable: false, sentence: 'Stripe has told of no such payout to this account: read its balance first.' },
  payout_stop_unknown: { status: 404, retryable: false, sentence: 'No stop of payouts has this id: look for it in the list of stops.' },
  allocation_unknown: { status: 404, retryable: false, sentence: 'Nothing was proposed to be given by the commons under this id: look for it in the list.' },
  run_unknown: { status: 404, retryable: false, sentence: 'No settlement run has this id.' },

  custody_unsupported: {
    status: 409, retryable: false,
    sentence: 'Only a segregated client account can hold the money of payers; see the decision record on custody.',
  },
  bank_account_exists: { status: 409, retryable: false, sentence: 'This IBAN is open as one of our accounts: use that one.' },

  bank_file_too_large: { status: 422, retryable: false, sentence: 'The file is too long, or has too many statements or lines: ask the bank for shorter periods.' },
  bank_file_format_unknown: {
    status: 422, retryable: false,
    sentence: 'The file is neither XML nor CFONB 120: ask the bank for statements as camt.053 or CFONB 120, and send them as they come.',
  },
  bank_file_encoding_unknown: { status: 422, retryable: false, sentence: 'The file names a character encoding that is not known: ask the bank for UTF-8.' },
  bank_file_encoding_wrong: { status: 422, retryable: false, sentence: 'The file holds bytes that its encoding does not have: fetch it from the bank again.' },
  bank_file_malformed: { status: 422, retryable: false, sentence: 'The file is not well-formed at the line given (XML, or records of 120 characters): fetch it from the bank again.' },
  bank_file_has_dtd: { status: 422, retryable: false, sentence: 'The file declares a document type, which no bank\'s message has: do not trust where it came from.' },
  bank_file_too_complex: { status: 422, retryable: false, sentence: 'A record of the file is larger or deeper than any bank writes: ask the bank for shorter periods.' },
  bank_file_not_statement: { status: 422, retryable: false, sentence: 'The file is no statement but what the details name: only statements (camt.053, CFONB 120) are booked, so that nothing is booked twice.' },
  bank_file_not_report: { status: 422, retryable: false, sentence: 'The file is no pain.002 report: only a report says what the bank did with a payment file.' },
  bank_file_version_unknown: {
    status: 422, retryable: false,
    sentence: 'The file is of a version that is not known: ask the bank for camt.053.001.08 or .02, or pain.002.001.10 or .03.',
  },
  bank_file_field_missing: { status: 422, retryable: false, sentence: 'A field that must be there is missing at the line given: fetch the file from the bank again.' },
  bank_file_field_wrong: { status: 422, retryable: false, sentence: 'A field cannot be read at the line given: fetch the file from the bank again.' },
  bank_account_foreign: { status: 422, retryable: false, sentence: 'The statement is of an account that is not ours: nothing of the file was booked.' },
  currency_unsupported: { status: 422, retryable: false, sentence: 'Only euros are booked: nothing of the file was booked.' },
  balances_do_not_add_up: {
    status: 422, retryable: false,
    sentence: 'The balances of the statement disagree with its lines, or one is missing: nothing of the file was booked.',
  },
  bank_statement_id_reused: {
    status: 409, retryable: false,
    sentence: 'A statement with this id and closing day was imported with other content: clear it up with the bank.',
  },
  payment_report_id_reused: {
    status: 409, retryable: false, sentence: 'A report with this id was imported with other content: clear it up with the bank.',
  },
  bank_statement_gap: {
    status: 409, retryable: true,
    sentence: 'The statement does not open with the balance that the last one closed with: import the missing one first.',
  },

  bank_line_given: {
    status: 409, retryable: false,
    sentence: 'This credit was given to a pool, and nothing leaves a pool but by a rule or a vote: propose an allocation to whoever sent it.',
  },
  bank_line_of_known_kind: { status: 409, retryable: false, sentence: 'It is known what this bank line is: only unknown credits are identified.' },
  bank_line_identified: { status: 409, retryable: false, sentence: 'Somebody has said already what this bank line is.' },
  payout_arrived: { status: 409, retryable: false, sentence: 'This payout arrived on another bank line.' },
  payout_amount_differs: { status: 409, retryable: false, sentence: 'The payout has another amount than the bank line: it is not the same money.' },

  debit_note_overpaid: { status: 409, retryable: false, sentence: 'The line brings more than is left of the debit note: say that it is a payer\'s, and give it back to its sender.' },
  place_invoice_overpaid: { status: 409, retryable: false, sentence: 'The line brings more than is left of the invoice: say that it is a payer\'s, and give it back, or name another invoice.' },
  operator_unknown: { status: 409, retryable: false, sentence: 'Nobody has said which payee the operator is: name the operator, then enter its bank account.' },
  paid_in_over_shortfall: {
    status: 409, retryable: false, sentence: 'The line brings more than the operator has to pay in: say that it is a payer\'s, and give it back to its sender.',
  },

  stripe_account_connected: { status: 409, retryable: false, sentence: 'Stripe pays out to a custody account already, and cannot change to another.' },
  stripe_account_missing: { status: 409, retryable: true, sentence: 'Stripe is not connected to a custody account: connect it first.' },
  stripe_balance_too_long: {
    status: 409, retryable: false, sentence: 'More has moved at Stripe than one reading takes: report it, the limit must be raised.',
  },
  stripe_currency_unsupported: { status: 409, retryable: false, sentence: 'The balance at Stripe moved in another currency than euros: nothing was posted.' },

  place_has_claims: {
    status: 409, retryable: false,
    sentence: 'The place is owed money under a payee of its own, so it cannot join another one.',
  },
  payee_complete: { status: 409, retryable: false, sentence: 'The legal body of this place is known already.' },
  operator_not_named: { status: 409, retryable: false, sentence: 'This installation does not say who operates it: have MEREAU_SELLER_NAME and the others set (see the runbook).' },
  payee_incomplete: { status: 409, retryable: false, sentence: 'The legal body of the payee is not known yet: complete the payee first.' },
  iban_is_ours: { status: 409, retryable: false, sentence: 'This IBAN is one of our own accounts.' },
  iban_taken: { status: 409, retryable: false, sentence: 'Another payee is paid on this IBAN: two payees share one only where two people decided so, with the reason.' },
  iban_share_exists: { status: 409, retryable: false, sentence: 'That this payee shares the IBAN was proposed before: approve or withdraw that proposal.' },
  iban_not_taken: { status: 409, retryable: false, sentence: 'No other payee is in the way: enter the bank account as it is.' },
  iban_share_withdrawn: { status: 409, retryable: false, sentence: 'That this payee shares the IBAN was withdrawn: propose it again.' },
  iban_share_approved: { status: 409, retryable: false, sentence: 'That this payee shares the IBAN was approved: it stays, and its bank account can be entered.' },
  approver_proposed_share: { status: 403, retryable: false, sentence: 'Who proposed that an IBAN is shared cannot approve it: ask another person.' },
  bank_file_not_verification: {
    status: 422, retryable: false, sentence: 'No line of the report answers a verification of payees: import other reports as payment reports.',
  },
  bic_not_of_iban: { status: 422, retryable: false, sentence: 'The BIC is of another country than the IBAN: correct it, or leave it out.' },
  bank_account_approved: { status: 409, retryable: false, sentence: 'This version of the bank account was approved already.' },
  destination_not_found: { status: 422, retryable: false, sentence: 'Stripe shows us no account with this id: have the payee connect its account to ours first.' },
  destination_abroad: { status: 422, retryable: false, sentence: 'The Stripe account is outside the European Economic Area: pay this payee by bank transfer.' },
  destination_not_ready: {
    status: 409, retryable: true, sentence: 'Stripe does not let the account take transfers, or does not pay its bank: the payee settles that with Stripe.',
  },
  destination_taken: { status: 409, retryable: false, sentence: 'Another payee is paid to this Stripe account: two payees never share one.' },
  destination_approved: { status: 409, retryable: false, sentence: 'This version of the Stripe account was approved already.' },
  destination_superseded: { status: 409, retryable: false, sentence: 'A later version of this Stripe account exists: approve that one.' },
  bank_account_superseded: { status: 409, retryable: false, sentence: 'A later version of this bank account exists: approve that one.' },
  checker_is_maker: { status: 403, retryable: false, sentence: 'Who entered an account cannot approve it: ask another person.' },

  payee_not_verified: {
    status: 409, retryable: false,
    sentence: 'The bank did not confirm the holder, or nobody else did, or it is not the legal body: import an answer as another person, or approve with the reason.',
  },

  fee_rule_too_high: { status: 422, retryable: false, sentence: 'Fee, VAT and commons share together must leave something to the place.' },
  fee_rule_over_cap: {
    status: 422, retryable: false, sentence: 'Fee, its VAT and the commons share together are above the cap in the details: take less.',
  },
  fee_cap_raised: { status: 409, retryable: false, sentence: 'An earlier rule promised the lower cap in the details, which stays: promise no more.' },
  fee_rule_too_early: { status: 409, retryable: false, sentence: 'A later rule of this programme has effect already: give a later day.' },
  fee_rule_in_the_past: { status: 409, retryable: false, sentence: 'Days that are over keep their rule: give the earliest day in the details, or a later one.' },
  fee_rule_without_notice: {
    status: 409, retryable: false, sentence: 'A rule that takes more than the one before needs thirty days of notice: give the earliest day in the details, or later.',
  },

  netting_terms_unknown: { status: 404, retryable: false, sentence: 'No terms of netting have this version: read the latest.' },
  netting_terms_superseded: { status: 409, retryable: false, sentence: 'Later terms of netting were published: read and accept those of the version in the details.' },
  netting_terms_differ: { status: 409, retryable: false, sentence: 'The terms of this version have another digest: read them again before accepting.' },
  netting_terms_in_the_past: { status: 422, retryable: false, sentence: 'Terms of netting have no effect on days that are over: give the earliest day in the details, or later.' },

  charge_rule_over_cap: { status: 422, retryable: false, sentence: 'The charge comes to more, VAT included, than the platform allows: ask at most what the details name.' },
  charge_day_not_yearly: { status: 422, retryable: false, sentence: 'A charge comes each year: give a day that every year has.' },
  charge_rule_without_notice: {
    status: 422, retryable: false, sentence: 'Places hear of a charge thirty days before its day, so that they can leave: give the earliest day in the details, or later.',
  },
  charge_rule_too_far: { status: 422, retryable: false, sentence: 'The day is years away: give one within the next two years.' },
  charge_rule_too_early: { status: 409, retryable: false, sentence: 'Charge rules follow each other by their days: give a later day than that of the rule named.' },
  charge_year_taken: { status: 409, retryable: false, sentence: 'The rule before charges in this year already: give a day of another year.' },

  closing_rule_too_early: { status: 409, retryable: false, sentence: 'Closing rules have effect on days to come, and after the one before: give the day named, or a later one.' },

  sharing_rule_unknown: { status: 404, retryable: false, sentence: 'No rule of this pool has this version: look for it in the list of its rules.' },
  sharing_rule_decided: { status: 409, retryable: false, sentence: 'This rule was confirmed or taken back already: look at the list of the rules of its pool.' },
  sharing_rule_of_proposer: { status: 403, retryable: false, sentence: 'Who proposed a rule neither confirms it nor takes back what was confirmed: ask another person.' },
  sharing_rule_begun: { status: 409, retryable: false, sentence: 'The day of this rule has come: propose another one, which has effect thirty days after it is confirmed.' },
  sharing_rule_waits: { status: 409, retryable: false, sentence: 'Another rule of this pool waits for a second person: have it confirmed, or take it back first.' },
  sharing_rule_too_early: {
    status: 409, retryable: false,
    sentence: 'A first rule has effect from tomorrow on, a later one after the one before and thirty days after it is confirmed: propose it for the day named, or a later one.',
  },
  operator_share_over_cap: {
    status: 409, retryable: false, sentence: 'The operator would take more than the sharing rule of the programme lets it: take the fee, or the cap, of the details.',
  },

  early_payment_rule_too_early: {
    status: 409, retryable: false, sentence: 'Rules of early payment have effect on days to come, and after the one before: give the day named, or a later one.',
  },

  closing_open: { status: 409, retryable: true, sentence: 'The closing of this number is not finished: close statements again, then ask.' },
  nothing_to_close: { status: 409, retryable: true, sentence: 'Redemption has not totalled anything yet: have it total its period first.' },
  redemption_messages_missing: {
    status: 409, retryable: true,
    sentence: 'Messages of redemption are still on their way: ask again in a moment, with a new Idempotency-Key.',
  },
  totals_differ: {
    status: 409, retryable: false,
    sentence: 'Redemption counts other redemptions than we do at the places named: look at the dead letters before closing.',
  },
  fee_rule_missing: { status: 409, retryable: false, sentence: 'Lines name a fee rule that was never published: publish it first.' },

  period_out_of_order: { status: 409, retryable: false, sentence: 'Months are closed in their order: give none before the last closing and none to come.' },
  hold_decided: { status: 409, retryable: false, sentence: 'This hold was released or rejected already: what was decided stays.' },
  reviewer_upheld_alert: {
    status: 403, retryable: false, sentence: 'Who upheld an alert does not decide what is held for it: ask another person.',
  },
  alert_appeal_open: {
    status: 409, retryable: true, sentence: 'The place has appealed against the alert, and nobody has answered: nothing is rejected before that.',
  },
  alert_overturned: { status: 409, retryable: false, sentence: 'The appeal against the alert was upheld: release the lines.' },
  reviewer_changed_iban: {
    status: 403, retryable: false, sentence: 'Who last entered a bank account of the payee cannot review its lines: ask another person.',
  },

  claim_line_not_stated: { status: 409, retryable: false, sentence: 'The line is in no closed statement, or was undone: undo the redemption, or hold its line.' },
  claim_line_corrected: { status: 409, retryable: false, sentence: 'An incident of this line waits for its validation or was validated: look at the list of incidents.' },
  incident_over_line: { status: 422, retryable: false, sentence: 'Say what was too much: at least a cent, and no more than the gross of the line.' },
  fraud_is_whole: { status: 422, retryable: false, sentence: 'In a fraud all of the line comes back: leave the amount out, or state an overpayment.' },
  incident_decided: { status: 409, retryable: false, sentence: 'This incident was validated or cancelled already: what was decided stays.' },

  gives_to_own_account: {
    status: 403, retryable: false, sentence: 'Who entered or approved a bank account of the payee gives it nothing and writes nothing of its debt off: ask another person.',
  },

  debit_note_settled: { status: 409, retryable: false, sentence: 'Nothing is left of this debit note: it was paid, set off or written off.' },
  debit_note_loss_open: { status: 409, retryable: false, sentence: 'That this debit note is written off was proposed already: confirm or cancel that proposal.' },
  debit_note_loss_decided: { status: 409, retryable: false, sentence: 'This proposal was confirmed or cancelled already: what was decided stays.' },
  debit_note_left_changed: { status: 409, retryable: false, sentence: 'Some of the debit note was paid since: cancel the proposal, and propose what is left.' },

  nothing_to_clear: { status: 409, retryable: false, sentence: 'The statement waits for no suspension and no withdrawal: it is paid by the next run.' },

  allocation_to_operator: { status: 409, retryable: false, sentence: 'The commons never give to the operator: what it earns is its fees.' },
  allocation_without_account: {
    status: 409, retryable: false, sentence: 'The payee has no bank account that two people stand behind: have one entered and approved first.',
  },
  pool_unknown: { status: 404, retryable: false, sentence: 'No sharing rule of the programme stands or, to give out of its pool, is in force yet: name another, or leave it out for the national pool.' },
  allocation_not_decider: { status: 403, retryable: false, sentence: 'The rule of the pool names other people to decide about this pool: ask one of them.' },
  commons_short: { status: 409, retryable: false, sentence: 'The pool does not have as much on this bank account: ask for no more than the details say.' },
  early_payment_to_operator: { status: 409, retryable: false, sentence: 'The commons pay nothing early to the operator: name a payee of places.' },
  early_payment_without_account: {
    status: 409, retryable: false, sentence: 'This payee has no bank account that two people stand behind and that is not blocked: have one approved first.',
  },
  early_payment_not_offered: {
    status: 409, retryable: false, sentence: 'Nothing is due of a programme that pays early: wait for redemptions of one, or for the next statement.',
  },
  early_payment_under_review: {
    status: 409, retryable: false, sentence: 'Lines of this payee are held, or a place of it is suspended: ask again when that was decided.',
  },
  early_payment_history_short: {
    status: 409, retryable: false, sentence: 'This payee was paid for too short a time without a finding: wait for the months and redemptions of the rule.',
  },
  early_payment_too_much: {
    status: 409, retryable: false, sentence: 'The rules pay less of what is due early: ask for no more than the details say, the rest comes with the statement.',
  },
  allocation_decided: { status: 409, retryable: false, sentence: 'This allocation was voted or declined already: what was decided stays.' },
  allocation_voice_given: { status: 409, retryable: false, sentence: 'You were heard about this allocation already: another person has to speak.' },

  own_money_negative: {
    status: 409, retryable: true,
    sentence: 'The operator\'s costs are above what it earned: it pays the shortfall in, and somebody identifies that credit, before any run leaves.',
  },
  own_money_untold: {
    status: 409, retryable: true, sentence: 'Issuance has not said lately what it earned of payers: have it announce its control totals, then ask again.',
  },
  own_money_short: {
    status: 409, retryable: true, sentence: 'It is more than what is the operator\'s own and free to leave: take no more than the details say.',
  },

  bank_account_not_at_stripe: {
    status: 409, retryable: false, sentence: 'Stripe pays out to another of our bank accounts: transfers pay what is owed on that one.',
  },
  stripe_balance_short: {
    status: 409, retryable: true,
    sentence: 'The run is more than the balance at Stripe can spend: wait for more of it, or cancel the run and pay by bank.',
  },
  execution_day_past: { status: 422, retryable: false, sentence: 'The day of execution is past: give today or later.' },
  nothing_to_pay: { status: 409, retryable: false, sentence: 'No payee with a valid bank account is owed anything on this account.' },
  run_cancelled: { status: 409, retryable: false, sentence: 'The run was cancelled.' },
  run_released: { status: 409, retryable: false, sentence: 'The run was released: its file is for the bank and cannot be changed or taken back.' },
  payouts_stopped: {
    status: 409, retryable: false,
    sentence: 'No money leaves while the books do not add up: the details name what is broken; see docs/runbooks/money-invariant-broken.md.',
  },
  payout_stop_lifted: { status: 409, retryable: false, sentence: 'This stop was lifted already.' },
  invariant_still_broken: { status: 409, retryable: false, sentence: 'What stopped payouts is still broken: mend it first, then lift the stop.' },
  run_not_approved: { status: 409, retryable: false, sentence: 'The run has not been approved by enough people.' },
  run_not_released: { status: 409, retryable: false, sentence: 'The file may leave only after the release of its run.' },
  approver_is_creator: { status: 403, retryable: false, sentence: 'Who created a run cannot approve it: ask another person.' },
  approver_changed_iban: { status: 403, retryable: false, sentence: 'Who entered or shared an account that the run pays to, or approved one that it is the first to pay to, cannot approve it: ask another person.' },
  approver_asked_for_it: { status: 403, retryable: false, sentence: 'Who asked for an early payment that the run pays cannot approve it: ask another person.' },
  run_approved_by_you: { status: 409, retryable: false, sentence: 'You approved this run already.' },
  file_hash_differs: { status: 409, retryable: false, sentence: 'You approved other bytes than the run holds: look at the run again.' },
  breaker_tripped: {
    status: 409, retryable: false,
    sentence: 'Something about the run is unusual: approve it with a reason for each breaker named; two people have to.',
  },
  early_payment_over: {
    status: 409, retryable: false, sentence: 'What the run would pay early was closed, undone or held since: cancel the run and create another.',
  },
  payment_waits: {
    status: 409, retryable: false,
    sentence: 'The run pays a place that was suspended or withdrawn since: cancel it and create another, or clear its statements.',
  },
  payee_bank_account_changed: {
    status: 409, retryable: false,
    sentence: 'An account that the run pays to was blocked or replaced since: cancel the run and create another.',
  },
} as const satisfies RefusalCatalogue;

export type RefusalCode = keyof typeof REFUSALS;
