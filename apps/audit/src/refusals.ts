import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  event_not_found: { status: 404, retryable: true, sentence: 'Audit has no event with this id; a fresh one may still be under way.' },
  trace_not_found: {
    status: 404, retryable: true,
    sentence: 'No event that audit keeps names this; a fresh one may be under way, and a claim line that was never held is asked for by its redemption.',
  },
  serial_not_told: {
    status: 404, retryable: false,
    sentence: 'No batch that audit was told the label of has this serial; ask by batch and index, which issuance tells by GET /issuance/whereabouts.',
  },
  checkpoint_contradicted: {
    status: 409, retryable: false,
    sentence: 'The log is not the one that an earlier checkpoint signed, so nothing is signed: follow docs/runbooks/audit-log-broken.md.',
  },
  log_empty: { status: 409, retryable: true, sentence: 'No event has arrived yet, so there is nothing to sign.' },
  checkpoint_not_found: { status: 404, retryable: true, sentence: 'There is no such checkpoint; publish one with POST /audit/checkpoints.' },
  statement_not_told: {
    status: 404, retryable: true,
    sentence: 'No event that audit keeps closes this statement for you; a fresh one may be under way.',
  },
  coverage_not_stated: { status: 404, retryable: true, sentence: 'No statement of coverage is of this day; see GET /audit/coverage for those there are.' },
  programme_not_paid_for: { status: 404, retryable: false, sentence: 'You pay for no activated vouchers of such a programme; GET /issuance/orders lists your orders.' },
  target_changed: { status: 409, retryable: false, sentence: 'Somebody set this target since you looked; GET /audit/territory-targets tells the version in force, then ask again.' },
  month_not_released: { status: 404, retryable: true, sentence: 'Nothing was released of this month; a month is released a week after its end, see GET /audit/open-data/months.' },
  filter_not_told: {
    status: 422, retryable: false,
    sentence: 'Audit was not told that of this population: statements have no programme, payments neither programme nor place; leave it out.',
  },
  frame_too_small: { status: 422, retryable: false, sentence: 'The frame has fewer items than the sample is to have; the details say how many.' },
  sample_not_found: { status: 404, retryable: false, sentence: 'Your auditing body drew no sample with this id.' },
  item_not_found: { status: 404, retryable: false, sentence: 'The sample has no item at this position; they are numbered from 1.' },
  finding_not_found: { status: 404, retryable: false, sentence: 'No finding with this id was raised by you or addressed to you.' },
  finding_closed: { status: 409, retryable: false, sentence: 'This finding is closed and stays as it is; a new observation is a new finding.' },
  reply_due_past: { status: 422, retryable: false, sentence: 'The day until when you ask for a reply is over: name one to come.' },
  log_shorter: { status: 422, retryable: true, sentence: 'The log has fewer leaves than that; the details say how many.' },
  event_not_in_log: { status: 409, retryable: true, sentence: 'The log of that size does not have this event yet; ask for a later size, or publish a checkpoint.' },
  alert_not_found: { status: 404, retryable: true, sentence: 'No alert has this id; see GET /audit/alerts.' },
  alert_decided: { status: 409, retryable: false, sentence: 'Somebody has decided this alert already: what comes after it is an alert of its own.' },
  alert_without_lines: {
    status: 409, retryable: false,
    sentence: 'This alert names no redemption, so there is nothing to hold: dismiss it with what was found, or take a measure against the place.',
  },
  decider_behind_account: {
    status: 403, retryable: false,
    sentence: 'Who proposed or approved the bank account behind this place does not decide about its alerts: ask another person.',
  },
  alert_appeal_stated: { status: 409, retryable: false, sentence: 'Your place has appealed against this alert already: see what is answered.' },
  alert_appeal_too_late: { status: 409, retryable: false, sentence: 'An appeal is stated within 60 days of the decision, which are over.' },
  alert_appeal_not_found: { status: 404, retryable: false, sentence: 'No appeal against an alert has this id.' },
  alert_appeal_answered: { status: 409, retryable: false, sentence: 'This appeal is answered already: what was decided stays.' },
  alert_answerer_decided: {
    status: 403, retryable: false, sentence: 'Who upheld the alert does not answer the appeal against it: ask another person.',
  },
  alert_rules_not_found: { status: 404, retryable: false, sentence: 'No rule set has this version; see GET /audit/alert-rules.' },
  alert_rules_confirmed: { status: 409, retryable: false, sentence: 'This rule set is confirmed already; propose another one.' },
  alert_rules_day_past: {
    status: 422, retryable: false,
    sentence: 'Figures count from a day to come: what was judged by others is not judged again. Propose them from tomorrow or later.',
  },
  alert_rules_confirmer: { status: 403, retryable: false, sentence: 'Who proposed the figures does not confirm them: ask another person.' },
  restatement_not_found: { status: 404, retryable: false, sentence: 'Nobody asked for this restatement; see GET /audit/restatements.' },
  restatement_approved: { status: 409, retryable: false, sentence: 'This restatement was approved already, and has begun; ask for another one.' },
  restatement_approver_asked: { status: 403, retryable: false, sentence: 'Who asked for a restatement does not approve it: ask another approver.' },
} as const satisfies RefusalCatalogue;

export type RefusalCode = keyof typeof REFUSALS;
