const LETTERS = 10; // A counts as 10 in an IBAN's check

const mod97 = (text: string): number => {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value >= LETTERS ? 100 : 10) + value) % 97;
  }
  return rest;
};

/** A French IBAN that every check accepts (IBAN check digits and RIB key) and no bank has: bank code 99999. */
export function fakeIban(account: number): string {
  const fits = Number.isInteger(account) && account >= 0 && account <= 99_999_999_999;
  if (!fits) throw new RangeError(`not an account: ${account}`);
  const digits = `9999900001${String(account).padStart(11, '0')}`;
  const bban = digits + String(97 - mod97(`${digits}00`)).padStart(2, '0');
  return `FR${String(98 - mod97(`${bban}FR00`)).padStart(2, '0')}${bban}`;
}
