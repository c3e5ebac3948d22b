// The square that a bank's application reads to fill a transfer in: EPC069-12, version 002, in twelve lines.

/** `reference`: a creditor reference of ISO 11649 (`RF…`); anything else goes where a person would write it. */
export type Transfer = Readonly<{ name: string; iban: string; bic: string | null; amountCents: number; reference: string }>;

/** What the standard has room for; the bank checks the account, the name is for the reader. */
const NAME_MAX = 70;
const AMOUNT_CENTS_MAX = 99_999_999_999;
/** UTF-8, in the table of the standard. */
const CHARACTER_SET = '1';

/** Undefined for an amount that the square cannot say. */
export function epcText({ name, iban, bic, amountCents, reference }: Transfer): string | undefined {
  if (amountCents < 1 || amountCents > AMOUNT_CENTS_MAX) return undefined;
  const isStructured = /^RF\d{2}[A-Z0-9]{1,21}$/.test(reference);
  return [
    'BCD', '002', CHARACTER_SET, 'SCT', bic ?? '', name.replace(/\s+/g, ' ').slice(0, NAME_MAX), iban.replace(/\s/g, ''), `EUR${eurosOf(amountCents)}`, '',
    isStructured ? reference : '', isStructured ? '' : reference, '',
  ].join('\n');
}

function eurosOf(cents: number): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
