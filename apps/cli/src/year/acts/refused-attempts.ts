// How a till comes to be refused, kind by kind. Each attempt must be told exactly what it provokes.
import { deriveCode, newBatchKey, printCode } from '#libs/keys';
import { addDays, dayIn } from '#libs/kernel';
import type { Answer } from '../../world/api.js';
import type { RefusedKind } from '../plan/refusals.decision.js';
import type { RefusedScan } from '../plan/year-plan.decision.js';
import { PROGRAMME, SECOND_RULES } from '../../world/samples.js';
import type { Year } from '../year.js';
import type { Till } from './accredit-places.js';

export type AtTheTills = Readonly<{
  tills: readonly Till[];
  /** Signs in for a place that nobody has registered. */
  stray: Till;
  /** By index; of the second programme apart. */
  codes: readonly string[];
  secondCodes: readonly string[];
  /** One that nobody redeems. */
  unused: number;
  /** One that its holder has lost. */
  lost: number;
}>;

type Attempt = Readonly<{ till: Till; code: string; serviceDate: string; amountCents?: number; service?: string }>;

const PART_CENTS = 350;

export class RefusedAttempts {
  private secondLeftCents: number;

  constructor(private readonly year: Year, private readonly at: AtTheTills, private readonly used: readonly number[]) {
    this.secondLeftCents = at.secondCodes.length * PROGRAMME.faceCents;
  }

  async play({ as, place }: RefusedScan): Promise<void> {
    const attempt = this.attempt(as, place);
    const told = codeOf(await this.ask(attempt));
    if (told !== as) throw new Error(`a till was told ${told} instead of ${as}`);
    if (as === 'amount_missing') await this.namesAnAmount(attempt);
    if (as === 'voucher_not_found') await this.mistypes(attempt);
  }

  /** Its check characters tell a code with a slip from one that nobody has: nothing happens, and nothing is counted. */
  private async mistypes(attempt: Attempt): Promise<void> {
    const told = codeOf(await this.ask({ ...attempt, code: `${attempt.code.slice(0, -1)}${attempt.code.endsWith('7') ? '8' : '7'}` }));
    if (told !== 'request_malformed') throw new Error(`a till that sent a mistyped code was told ${told}`);
  }

  /** As a person would, who is asked for how much: a few euros of what is left. */
  private async namesAnAmount(attempt: Attempt): Promise<void> {
    const index = this.at.secondCodes.length - Math.ceil(this.secondLeftCents / PROGRAMME.faceCents);
    const left = this.secondLeftCents - (this.at.secondCodes.length - index - 1) * PROGRAMME.faceCents;
    const amountCents = Math.min(PART_CENTS, left);
    // The last one keeps a cent, or there would be nothing to be refused on.
    if (this.secondLeftCents - amountCents < 1) return;
    this.secondLeftCents -= amountCents;
    const told = codeOf(await this.ask({ ...attempt, code: this.at.secondCodes[index]!, amountCents }));
    if (told !== 'redeemed') throw new Error(`a part of a voucher was refused: ${told}`);
  }

  private attempt(kind: RefusedKind, place: number): Attempt {
    const { tills, stray, codes, secondCodes } = this.at;
    const { calendar, time } = this.year;
    const till = tills[place]!;
    const today = dayIn(till.timeZone, time.now);
    const usual = { till, code: codes[this.at.unused]!, serviceDate: today };
    // Only the busiest place is accredited for the second programme.
    const second = { ...usual, till: tills[0]!, code: secondCodes.at(-1)!, service: SECOND_RULES.services[0] };
    const { service: _, ...undeclared } = second;
    switch (kind) {
      case 'voucher_used': return { ...usual, code: codes[this.used.at(-1)!]! };
      case 'voucher_not_found': return { ...usual, code: printCode(deriveCode(newBatchKey(), 0)) };
      case 'voucher_stopped': return { ...usual, code: codes[this.at.lost]! };
      case 'service_in_future': return { ...usual, serviceDate: addDays(today, 1) };
      case 'amount_not_face': return { ...usual, amountCents: PROGRAMME.faceCents / 2 };
      case 'place_not_accredited': return { ...usual, serviceDate: addDays(calendar.opensOn, -1) };
      case 'place_not_registered': return { ...usual, till: stray };
      case 'service_missing': return undeclared;
      case 'service_not_covered': return { ...second, service: 'leisure_and_creation' };
      case 'amount_over_limit': return { ...second, amountCents: SECOND_RULES.limits.redemptionCentsMax + 1 };
      case 'programme_not_open':
      case 'amount_missing': return second;
      case 'voucher_balance_too_low': return { ...second, amountCents: PROGRAMME.faceCents + 1 };
      case 'service_after_expiry': return usual;
      case 'claim_too_late': return { ...usual, serviceDate: calendar.usableUntil };
    }
  }

  private ask({ till, ...request }: Attempt): Promise<Answer<unknown>> {
    return till.person.tryPost('/redemption/redemptions', request);
  }
}

export const codeOf = ({ status, body }: Answer<unknown>): string =>
  (status === 201 ? 'redeemed' : (body as { code?: string } | null)?.code ?? String(status));
