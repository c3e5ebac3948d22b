// Time in a played year: it stands still until the story goes on, and then jumps. Tokens and sessions are not of it: they
// live by the machine's clock, so a year that is played in a minute needs one sign-in per person.
import { addDays, localDate, type LocalDate } from '#libs/kernel';
import type { FakeBank } from '#libs/testing';
import type { TurnableClock } from '../demo/sabotage.js';
import { instantAt } from './plan/local-time.decision.js';

const OFFICE_ZONE = 'Europe/Paris';

export const officeTime = (day: LocalDate, hour: number): Date => instantAt(OFFICE_ZONE, day, hour * 60);

export type Told = Readonly<{ day: LocalDate; statement: string }>;

export class YearTime {
  /** Statements of the bank that nobody has fetched yet; a day without a movement has none. */
  private told: Told[] = [];

  constructor(private readonly clock: TurnableClock, private readonly bank: FakeBank, readonly settled: () => Promise<void>) {}

  get now(): Date {
    return this.clock.override()!;
  }

  /**
   * To an hour of a later day at the office; the bank ends the days before it. Waits until nothing is under way: a message
   * that is taken after the jump, by a transaction that began before it, would tell of a time that is over (M5).
   */
  async goTo(day: LocalDate, hour: number): Promise<void> {
    await this.settled();
    this.clock.turnTo(officeTime(day, hour));
    while (this.bank.day < day) {
      const ended = this.bank.day;
      const statement = this.bank.closeDay();
      if (statement.includes('<Ntry>')) this.told.push({ day: ended, statement });
    }
  }

  /** For tills, which write nothing that others have under way. */
  standAt(at: Date): void {
    this.clock.turnTo(at);
  }

  fetchStatements(): readonly Told[] {
    return this.told.splice(0);
  }

  dayAfter(days: number): LocalDate {
    return addDays(localDate(this.now.toISOString().slice(0, 10)), days);
  }
}
