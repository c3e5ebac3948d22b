// From a message to the transfers that it caused, in whichever ledger.
import { assert, cents } from '#libs/kernel';
import type { Service } from '#libs/contracts';
import type { Ledger } from '#libs/ledger';
import { PAYERS_MONEY } from './payers-money.js';
import { PLACES_MONEY } from './places-money.js';
import { accountOf, type Move, type RestatedTransfer } from './restated-transfer.js';
import { MOVES_NOTHING, type Bodies, type MessageRules, type Rule } from './rule.js';

export { MOVES_NOTHING } from './rule.js';

/** A message as audit keeps it: with who sent it. */
export type RestatedMessage = Readonly<{ id: string; type: string; sender: Service; body: unknown }>;

const LEDGERS: readonly string[] = ['issuance', 'redemption', 'settlement'] satisfies Ledger[];

/** It tells its transfers itself. */
const ledgerPosted: Rule<Bodies['ledger.posted.v1']> = ({ postingRule, custodyAccountId, transfers }, sender) => {
  assert(LEDGERS.includes(sender), `${sender} has no ledger`);
  return transfers.map(({ debit, credit, amountCents }): Move => ({
    ledger: sender as Ledger, rule: postingRule, custodyAccountId: custodyAccountId ?? null,
    debit: accountOf(debit), credit: accountOf(credit), amount: cents(amountCents), about: {},
  }));
};

/** Every contract there is. One that is not here does not compile: whoever adds a message decides what it moves. */
export const MESSAGE_RULES: MessageRules = {
  ...PAYERS_MONEY,
  ...PLACES_MONEY,
  'ledger.posted.v1': ledgerPosted,
  'alert.appeal_answered.v1': MOVES_NOTHING,
  'alert.appeal_stated.v1': MOVES_NOTHING,
  'alert.upheld.v1': MOVES_NOTHING,
  'api_key.ended.v1': MOVES_NOTHING,
  'api_key.made.v1': MOVES_NOTHING,
  'batch.created.v1': MOVES_NOTHING,
  'batch.expiry_due.v1': MOVES_NOTHING,
  'batch.frozen.v1': MOVES_NOTHING,
  'batch_key.destroyed.v1': MOVES_NOTHING,
  'checkpoint.published.v1': MOVES_NOTHING,
  'closing.due.v1': MOVES_NOTHING,
  'closing_rule.published.v1': MOVES_NOTHING,
  'early_payment_rule.published.v1': MOVES_NOTHING,
  'control_totals.published.v1': MOVES_NOTHING,
  'device.enrolled.v1': MOVES_NOTHING,
  'device.revoked.v1': MOVES_NOTHING,
  'device_rule.set.v1': MOVES_NOTHING,
  'expiry_run.finished.v1': MOVES_NOTHING,
  'fee_change.announced.v1': MOVES_NOTHING,
  'fee_rule.published.v1': MOVES_NOTHING,
  'finding.followed.v1': MOVES_NOTHING,
  'impersonation.begun.v1': MOVES_NOTHING,
  'impersonation.ended.v1': MOVES_NOTHING,
  'impersonation.read.v1': MOVES_NOTHING,
  'invariant.broken.v1': MOVES_NOTHING,
  'ledger_tally.announced.v1': MOVES_NOTHING,
  'mandate.ended.v1': MOVES_NOTHING,
  'mandate.given.v1': MOVES_NOTHING,
  'mandate.read.v1': MOVES_NOTHING,
  'member.added.v1': MOVES_NOTHING,
  'member.confirmed.v1': MOVES_NOTHING,
  'member.removed.v1': MOVES_NOTHING,
  'national_pool_rule.published.v1': MOVES_NOTHING,
  'netting_terms.accepted.v1': MOVES_NOTHING,
  'netting_terms.published.v1': MOVES_NOTHING,
  'organisation.created.v1': MOVES_NOTHING,
  'passkey.changed.v1': MOVES_NOTHING,
  'payee.bank_changed.v1': MOVES_NOTHING,
  'payee.blocked.v1': MOVES_NOTHING,
  'payee.validated.v1': MOVES_NOTHING,
  'payee_documents.issued.v1': MOVES_NOTHING,
  'payout_stop.lifted.v1': MOVES_NOTHING,
  'place.accredited.v1': MOVES_NOTHING,
  'place.appeal_answered.v1': MOVES_NOTHING,
  'place.appeal_stated.v1': MOVES_NOTHING,
  'place.application_reviewed.v1': MOVES_NOTHING,
  'place.application_submitted.v1': MOVES_NOTHING,
  'place.departure_ended.v1': MOVES_NOTHING,
  'place.departure_stated.v1': MOVES_NOTHING,
  'place.reinstated.v1': MOVES_NOTHING,
  'place.suspended.v1': MOVES_NOTHING,
  'place.withdrawn.v1': MOVES_NOTHING,
  'place_charge.announced.v1': MOVES_NOTHING,
  'place_charge_rule.published.v1': MOVES_NOTHING,
  'place_invoice.issued.v1': MOVES_NOTHING,
  'print_file.taken.v1': MOVES_NOTHING,
  'programme.published.v1': MOVES_NOTHING,
  'range.given_back.v1': MOVES_NOTHING,
  'range.handed_over.v1': MOVES_NOTHING,
  'range.lost.v1': MOVES_NOTHING,
  'range.received.v1': MOVES_NOTHING,
  'range.returned.v1': MOVES_NOTHING,
  'range.spendable.v1': MOVES_NOTHING,
  'range.written_off.v1': MOVES_NOTHING,
  'redemption.period_totalled.v1': MOVES_NOTHING,
  'second_factor.changed.v1': MOVES_NOTHING,
  'sharing_rule.published.v1': MOVES_NOTHING,
  'sharing_rule.withdrawn.v1': MOVES_NOTHING,
  'statements.proved.v1': MOVES_NOTHING,
  'stripe_account.connected.v1': MOVES_NOTHING,
  'stripe_payout.arrived.v1': MOVES_NOTHING,
  'tariff.published.v1': MOVES_NOTHING,
  'till_alarm.raised.v1': MOVES_NOTHING,
  'time_to_pay.measured.v1': MOVES_NOTHING,
  'upstream_fee_rule.published.v1': MOVES_NOTHING,
  'vintage.notice_due.v1': MOVES_NOTHING,
  'vintage.signed_off.v1': MOVES_NOTHING,
  'voucher.authorised.v1': MOVES_NOTHING,
  'voucher.chunk_loaded.v1': MOVES_NOTHING,
  'voucher.chunk_minted.v1': MOVES_NOTHING,
  'voucher.released.v1': MOVES_NOTHING,
  'voucher.stopped.v1': MOVES_NOTHING,
};

const ruleOf = (type: string): Rule<never> | typeof MOVES_NOTHING | undefined =>
  (Object.hasOwn(MESSAGE_RULES, type) ? MESSAGE_RULES[type as keyof MessageRules] as Rule<never> | typeof MOVES_NOTHING : undefined);

/**
 * Its transfers in all ledgers, in the order of its rows. Throws for a type that this version does not know: a ledger with a gap that
 * nobody sees would be worse than none.
 */
export function restate({ id, type, sender, body }: RestatedMessage): RestatedTransfer[] {
  const rule = ruleOf(type);
  assert(rule !== undefined, `nobody decided what ${type} moves`);
  if (rule === MOVES_NOTHING) return [];
  return rule(body as never, sender).map(({ ledger, rule: row, debit, credit, amount, custodyAccountId, about }) =>
    ({ eventId: id, ledger, rule: row, debit, credit, amount, currency: 'EUR' as const, custodyAccountId, about }));
}

