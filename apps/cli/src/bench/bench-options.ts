export type BenchOptions = Readonly<{ rounds: number; seconds: number; vouchers: number; relay: boolean; json: boolean }>;

/** `--rounds=3 --seconds=5 --vouchers=200000 --relay --json`; a number may also stand after its name. Throws RangeError on a number that is none. */
export function benchOptions(flags: readonly string[]): BenchOptions {
  const number = (name: string, usual: number): number => {
    const place = flags.indexOf(`--${name}`);
    const given = place >= 0 ? flags[place + 1] : flags.find((flag) => flag.startsWith(`--${name}=`))?.split('=')[1];
    const value = given === undefined ? usual : Number(given);
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name} is a whole number above 0`);
    return value;
  };
  return { rounds: number('rounds', 3), seconds: number('seconds', 5), vouchers: number('vouchers', 200_000), relay: flags.includes('--relay'), json: flags.includes('--json') };
}
