// What is attested to a public place (a régie de recettes), as one text of facts, of which the digest is taken. Nothing in it is written
// for the occasion: it is what rules, statements and the bank say on that day.
import { canonicalJson, cents, toWire, type LocalDate } from '#libs/kernel';
import type { Frequency } from '../closing-rules/closing-calendar.decision.js';
import type { ClosingRule } from '../closing-rules/closing-rule.decision.js';
import { sharesOf, type Rates } from '../statement-closings/statement.decision.js';

export type Operator = Readonly<{
  name: string; legalForm: string; siren: string; registry: string;
  address: Readonly<{ street: string; streetMore: string | null; postalCode: string; city: string; country: string }>;
}>;
/** Days; of nothing there is no median. */
export type Delay = Readonly<{ median: number; max: number }> | null;
export type Facts = Readonly<{
  asOf: LocalDate;
  operator: Operator;
  payee: Readonly<{ id: string; legalName: string; siren: string }>;
  places: readonly Readonly<{
    id: string; name: string | null; siret: string | null;
    accreditations: readonly Readonly<{ programmeId: string; from: LocalDate; to: LocalDate }>[];
  }>[];
  programmes: readonly Readonly<{
    id: string; name: string | null; usableUntil: LocalDate | null; claimableUntil: LocalDate | null;
    custodyAccount: Readonly<{ name: string; iban: string; bic: string }> | null;
    rule: ClosingRule | undefined;
    fee: (Rates & Readonly<{ version: number; from: LocalDate }>) | null;
  }>[];
  /** Of the statements of this payee up to now, to the debit at the bank as far as it is booked. */
  measured: Readonly<{
    statements: number; paidStatements: number; serviceToClosing: Delay; closingToDebit: Delay; serviceToDebit: Delay;
  }>;
}>;

/** The longest that a service waits for the end of its period. */
const PERIOD_DAYS: Readonly<Record<Frequency, number>> = { weekly: 7, twice_monthly: 16, monthly: 31 };

/**
 * From the day of a redemption to the debit at the bank, as the rule promises it: where the sum reaches the minimum, and where it does not.
 * A small sum waits from a closing on, which comes at most a period after the redemption, and is taken by the next one that is due.
 */
export const promisedDays = (
  { frequency, minimum, waitDaysMax, payDaysMax }: ClosingRule,
): Readonly<{ days: number; smallSumDays: number }> => {
  const days = PERIOD_DAYS[frequency] + payDaysMax;
  return { days, smallSumDays: minimum === 0n ? days : days + waitDaysMax + PERIOD_DAYS[frequency] };
};

const EXAMPLE = cents(10_000);

/** Of 100 euros, by the rule in force. */
export const exampleOf = (rates: Rates) => sharesOf(EXAMPLE, rates);

/** Its fields are only added to, under a new `format`. */
export function attestationContent({ programmes, ...facts }: Facts): string {
  return canonicalJson({
    format: 1, ...facts, currency: 'EUR', numbering: 'unique statement id; message numbers of one payee and account without gap or overlap',
    programmes: programmes.map(({ rule, fee, ...programme }) => ({
      ...programme,
      rule: rule ? ruleOut(rule) : null,
      fee: fee && { ...fee, example: wireOf(exampleOf(fee)) },
    })),
  });
}

const ruleOut = ({ minimum, ...rule }: ClosingRule) => ({ ...rule, minimumCents: toWire(minimum), ...promisedDays({ minimum, ...rule }) });

const wireOf = ({ gross, fee, vat, commons, net }: ReturnType<typeof exampleOf>) => ({
  grossCents: toWire(gross), feeCents: toWire(fee), vatCents: toWire(vat), commonsCents: toWire(commons), netCents: toWire(net),
});
