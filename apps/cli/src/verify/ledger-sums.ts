// What the three ledgers must hold, from the events alone: who owes what, that what crosses between two ledgers is the same in both,
// and that no debt ever turns into its opposite. The log is in the order in which audit heard, not in which ledgers posted: a
// balance is judged when what it waits for can no longer be under way.
import { CHART } from '#libs/ledger';
import { MESSAGE_RULES, restate, sidesOf, type RestatedMessage } from '#libs/restated-ledger';
import type { LoggedEvent } from './logged-event.js';

export type LedgerFault = Readonly<{ check: 'balances'; reason: string; line: number }>;
/** Debit above zero. */
export type KindBalance = Readonly<{ ledger: string; account: string; amountCents: number }>;

/** As long as a message may take from one service to another before its absence is a fault. */
const UNDER_WAY_MS = 600_000;
const GUARDED = new Set(CHART.filter(({ guarded }) => guarded).map(({ ledger, kind }) => `${ledger} ${kind}`));

/** Credit above zero; `since` is the event that took it below, with its line. */
type Debt = { cents: bigint; since: Readonly<{ at: string; line: number }> | null };

export class LedgerSums {
  private readonly kinds = new Map<string, bigint>();
  private readonly debts = new Map<string, Debt>();

  add(event: LoggedEvent, line: number): LedgerFault[] {
    const { id, type, sender, body } = event;
    if (!Object.hasOwn(MESSAGE_RULES, type)) return [];
    const by = { at: event.occurredAt, line };
    try {
      for (const transfer of restate({ id, type, sender, body } as RestatedMessage)) {
        for (const { kind, key, amountCents } of sidesOf(transfer)) this.move(transfer.ledger, kind, key, amountCents, by);
      }
      return [];
    } catch (error) {
      return [{ check: 'balances', line, reason: `what ${type} moved cannot be told: ${(error as Error).message}` }];
    }
  }

  /** `signedAt`: of the last checkpoint. */
  end(signedAt: string, line: number): LedgerFault[] {
    const debts = [...this.debts].flatMap(([name, { cents, since }]): LedgerFault[] => {
      const isLate = since !== null && Date.parse(signedAt) - Date.parse(since.at) > UNDER_WAY_MS;
      return isLate ? [{ check: 'balances', line: since.line, reason: `${name} fell ${-cents} cents below zero and stayed there` }] : [];
    });
    return [...debts, ...this.unclearedPairs().map((reason): LedgerFault => ({ check: 'balances', line, reason }))];
  }

  balances(): KindBalance[] {
    return [...this.kinds].filter(([, cents]) => cents !== 0n).map(([name, cents]) => {
      const [ledger, account] = name.split(' ') as [string, string];
      return { ledger, account, amountCents: Number(cents) };
    }).sort((a, b) => (`${a.ledger} ${a.account}` < `${b.ledger} ${b.account}` ? -1 : 1));
  }

  private move(ledger: string, kind: string, key: string | null, cents: bigint, by: NonNullable<Debt['since']>): void {
    const name = `${ledger} ${kind === 'clearing' ? `clearing:${key}` : kind}`;
    this.kinds.set(name, (this.kinds.get(name) ?? 0n) + cents);
    if (GUARDED.has(name)) this.owe(name, -cents, by);
    // Of each batch no more is used than was activated; the ledger has no guard there, for every till would queue for it.
    else if (kind === 'outstanding' && key !== null) this.owe(`${name}:${key}`, -cents, by);
  }

  private owe(name: string, cents: bigint, by: NonNullable<Debt['since']>): void {
    const debt = this.debts.get(name) ?? { cents: 0n, since: null };
    debt.cents += cents;
    debt.since = debt.cents < 0n ? debt.since ?? by : null;
    this.debts.set(name, debt);
  }

  /** Both halves of a crossing are in one event, so the pair is zero at each moment. */
  private unclearedPairs(): string[] {
    return [['issuance', 'redemption'], ['issuance', 'settlement'], ['redemption', 'settlement']].flatMap(([one, other]) => {
      const left = (this.kinds.get(`${one} clearing:${other}`) ?? 0n) + (this.kinds.get(`${other} clearing:${one}`) ?? 0n);
      return left === 0n ? [] : [`${one} and ${other} did not clear ${left} cents with each other`];
    });
  }
}
