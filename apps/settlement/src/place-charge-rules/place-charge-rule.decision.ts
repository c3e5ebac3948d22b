// What a yearly charge may come to, and from when: a rule names its first day, and charges on that day of each year until a later one does.
// A charge is owed whole by who takes vouchers on its day; there are no parts of a year.
import { addDays, cents, localDate, rateOf, reject, type BankAccountId, type Cents, type LocalDate, type Rejected } from '#libs/kernel';
import { CHARGE_NOTICE_DAYS, CHARGE_RULE_AHEAD_DAYS_MAX } from '../limits.js';
import type { RefusalCode } from '../refusals.js';

/** `amount` is without VAT; nothing ends the charge. */
export type ChargeTerms = Readonly<{ amount: Cents; vatBasisPoints: number }>;
export type AskedChargeRule = ChargeTerms & Readonly<{ from: LocalDate; custodyAccountId: BankAccountId }>;
export type ChargeRule = AskedChargeRule & Readonly<{ version: number }>;
export type ChargeRuleAt = Readonly<{ today: LocalDate; platformCap: Cents; knowsAccount: boolean }>;

export const vatOf = ({ amount, vatBasisPoints }: ChargeTerms): Cents => rateOf(amount, vatBasisPoints);

const monthAndDay = (day: LocalDate): string => day.slice(5);
const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

/** The day on which a rule charges in a year. */
export const chargeDay = ({ from }: Pick<ChargeRule, 'from'>, year: number): LocalDate => localDate(`${year}-${monthAndDay(from)}`);

/** Versions follow each other in the order of their days, and no year is charged on two of them. */
export function decideChargeRule(
  asked: AskedChargeRule, last: ChargeRule | undefined, { today, platformCap, knowsAccount }: ChargeRuleAt,
): Readonly<{ kind: 'published'; version: number }> | Rejected<RefusalCode> {
  if (!knowsAccount) return reject('bank_account_unknown');
  if (asked.amount + vatOf(asked) > platformCap) return reject('charge_rule_over_cap', { capCents: Number(platformCap) });
  // In most years there is no such day.
  if (monthAndDay(asked.from) === '02-29') return reject('charge_day_not_yearly');
  const earliest = asked.amount > 0n ? addDays(today, CHARGE_NOTICE_DAYS) : today;
  if (asked.from < earliest) return reject('charge_rule_without_notice', { earliest });
  if (asked.from > addDays(today, CHARGE_RULE_AHEAD_DAYS_MAX)) return reject('charge_rule_too_far');
  if (last && asked.from <= last.from) return reject('charge_rule_too_early', { version: last.version, from: last.from });
  if (last && asked.amount > 0n && last.amount > 0n && isChargedBefore(asked.from, last)) return reject('charge_year_taken', { year: yearOf(asked.from) });
  return { kind: 'published', version: (last?.version ?? 0) + 1 };
}

/** Whether the rule before charges in that year, on an earlier day. */
function isChargedBefore(from: LocalDate, last: ChargeRule): boolean {
  const day = chargeDay(last, yearOf(from));
  return day >= last.from && day < from;
}

export type DueCharge = Readonly<{ rule: ChargeRule; year: number; chargedOn: LocalDate; fee: Cents; vat: Cents }>;

/**
 * The last day of a charge that has come, for so long as a process that was down, or a message that was late, may take; what was missed for
 * longer is charged to nobody. Rules newest first.
 */
export function dueCharge(rules: readonly ChargeRule[], today: LocalDate, graceDays: number): DueCharge | undefined {
  return chargesBetween(rules, addDays(today, -graceDays), today)[0];
}

/** The charges whose day is between these two, both included, the latest first. Rules newest first. */
export function chargesBetween(rules: readonly ChargeRule[], first: LocalDate, last: LocalDate): DueCharge[] {
  const years = Array.from({ length: yearOf(last) - yearOf(first) + 1 }, (_, back) => yearOf(last) - back);
  return years.flatMap((year) => rules.flatMap((rule) => {
    const chargedOn = chargeDay(rule, year);
    const later = rules.find(({ version }) => version === rule.version + 1);
    const isInForce = chargedOn >= rule.from && (!later || chargedOn < later.from);
    const isAsked = chargedOn >= first && chargedOn <= last;
    return isInForce && isAsked && rule.amount > 0n ? [{ rule, year, chargedOn, fee: cents(rule.amount), vat: vatOf(rule) }] : [];
  }));
}
