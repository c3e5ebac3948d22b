/** ISO codes have four characters. NARR stands for the bank's own words, MS03 for a return or refusal without a reason. */
export function reasonOf(code: string | null): string {
  if (code === null) return 'MS03';
  return /^[A-Z0-9]{4}$/.test(code) ? code : 'NARR';
}
