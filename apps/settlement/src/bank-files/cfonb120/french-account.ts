// The IBAN of a French account from its bank, branch and number, which is all that a CFONB statement writes.

/** In the key of a French account letters count as digits, A to I as 1 to 9, J to R as 1 to 9, S to Z as 2 to 9. */
const asDigits = (text: string): string => text.replace(/[A-Z]/g, (letter) => {
  const place = letter.charCodeAt(0) - 'A'.charCodeAt(0);
  return String(place < 18 ? (place % 9) + 1 : place - 16);
});

/** Undefined where the three are no French account: five digits, five digits, eleven digits or letters. */
export function frenchIban(bank: string, branch: string, number: string): string | undefined {
  if (!/^\d{5}$/.test(bank) || !/^\d{5}$/.test(branch) || !/^[0-9A-Z]{11}$/.test(number)) return undefined;
  const key = 97n - (89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(asDigits(number))) % 97n;
  const account = `${bank}${branch}${number}${String(key).padStart(2, '0')}`;
  const remainder = BigInt(`${account}FR00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n;
  return `FR${String(98n - remainder).padStart(2, '0')}${account}`;
}
