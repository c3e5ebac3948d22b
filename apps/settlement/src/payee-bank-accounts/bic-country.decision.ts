/** IBANs of these countries also stand for territories whose BICs bear a country code of their own (ISO 9362, SEPA's list of them). */
const TERRITORIES_OF: Readonly<Record<string, readonly string[]>> = {
  FR: ['BL', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'WF', 'YT'], GB: ['GG', 'IM', 'JE'], ES: ['IC'], FI: ['AX'],
};

/** A BIC is optional: within SEPA the IBAN alone finds the bank. One that is given must be of the IBAN's country. */
export function fitsIban(iban: string, bic: string | null): boolean {
  if (bic === null) return true;
  const [ofIban, ofBic] = [iban.slice(0, 2), bic.slice(4, 6)];
  return ofIban === ofBic || (TERRITORIES_OF[ofIban]?.includes(ofBic) ?? false);
}
