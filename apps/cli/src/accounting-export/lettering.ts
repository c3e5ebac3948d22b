// Lettering of accounts of third parties: lines that settle each other bear the same letters, from the first one after the account
// stood at zero to the one that brings it back there. What is still open at the end of the year bears none.
import type { Ledger } from '#libs/ledger';

/** What third parties owe or are owed, one by one. Other accounts gather what never settles line by line. */
const LETTERED = new Set([
  'issuance receivable', 'issuance refund_due', 'settlement payable', 'settlement refund_payable', 'settlement transit', 'settlement advance',
  'settlement place_receivable',
]);

export type Lettered = Readonly<{ letters: string; day: string }>;

/** All lines are learned first, then asked for in the same order: a letter is known only when its group is whole. */
export class Lettering {
  /** By account: the days on which it came back to zero. */
  private readonly settledOn = new Map<string, string[]>();
  private readonly balances = new Map<string, bigint>();
  private readonly groups = new Map<string, number>();

  /** `cents`: debit above zero, credit below. */
  learn(ledger: Ledger, account: string, cents: bigint, day: string): void {
    const name = nameOf(ledger, account);
    if (!name || this.moved(name, cents) !== 0n) return;
    this.settledOn.set(name, [...this.settledOn.get(name) ?? [], day]);
  }

  /** Every balance begins again: from here on letters are asked for. */
  learned(): void {
    this.balances.clear();
  }

  of(ledger: Ledger, account: string, cents: bigint): Lettered | undefined {
    const name = nameOf(ledger, account);
    if (!name) return undefined;
    const group = this.groups.get(name) ?? 0;
    if (this.moved(name, cents) === 0n) this.groups.set(name, group + 1);
    const day = this.settledOn.get(name)?.[group];
    return day === undefined ? undefined : { letters: lettersOf(group), day };
  }

  private moved(name: string, cents: bigint): bigint {
    const balance = (this.balances.get(name) ?? 0n) + cents;
    this.balances.set(name, balance);
    return balance;
  }
}

/** Of an account with somebody behind it. */
function nameOf(ledger: Ledger, account: string): string | undefined {
  const name = `${ledger} ${account}`;
  return account.includes(':') && LETTERED.has(name.slice(0, name.indexOf(':'))) ? name : undefined;
}

/** AA, AB … ZZ, BAA …: unique within an account and a year. */
export function lettersOf(group: number): string {
  const rest = Math.floor(group / 26);
  const last = String.fromCharCode(65 + (group % 26));
  return rest === 0 ? `A${last}` : `${rest < 26 ? String.fromCharCode(65 + rest) : lettersOf(rest)}${last}`;
}
