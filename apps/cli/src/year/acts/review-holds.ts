// Who claims for the first time waits until a reviewer has looked. All are let go but one: that one stays held until the
// last month, and then is let go too or turns out to be fraud, as the seed wants it.
import type { Hold } from '../../world/money-out.js';
import { drawOf, type Year } from '../year.js';

type Heard = Readonly<{ released: number }>;

const FRAUD_SHARE = 0.5;
const NOTE = 'vu sur place, les services ont été rendus';
const FRAUD_NOTE = 'aucun service n\'a été rendu ce jour-là';

export class ReviewDesk {
  private readonly isFraud: boolean;

  /** `suspect`: the payee whose claims are not let go before the last month, if any. */
  constructor(private readonly year: Year, private readonly suspect: string | undefined) {
    this.isFraud = drawOf(year, 'review')() < FRAUD_SHARE;
  }

  /** What is released falls into the next statements. In the last month everything is decided: nothing may stay held. */
  async review(isLastMonth: boolean): Promise<Heard> {
    const { approver } = this.year.people;
    const holds = await approver.list<Hold>('/settlement/holds?state=held');
    const kept = holds.filter(({ payeeId }) => payeeId === this.suspect);
    const rejected = isLastMonth && this.isFraud ? kept : [];
    const released = holds.filter((hold) => isLastMonth ? !rejected.includes(hold) : !kept.includes(hold));
    for (const { holdId } of released) await approver.post(`/settlement/holds/${holdId}/release`, { note: NOTE });
    for (const { holdId } of rejected) await approver.post(`/settlement/holds/${holdId}/reject`, { reason: 'fraud', note: FRAUD_NOTE });
    if (rejected.length > 0) {
      await this.year.time.settled();
      this.year.tell(`${rejected.length} first remittances turn out to be fraud: their value is cover of the payers again`);
    }
    return { released: released.length };
  }
}
