// Who claims for the first time waits until a reviewer has looked. All are let go but one: that one stays held, or turns
// out to be fraud, as the seed wants it.
import type { Hold } from '../../world/money-out.js';
import { drawOf, type Year } from '../year.js';

type Heard = Readonly<{ released: number }>;

const FRAUD_SHARE = 0.5;
const NOTE = 'vu sur place, les services ont été rendus';
const FRAUD_NOTE = 'aucun service n\'a été rendu ce jour-là';

export class ReviewDesk {
  private readonly isFraud: boolean;

  /** `suspect`: the payee whose claims are not let go, if any. */
  constructor(private readonly year: Year, private readonly suspect: string | undefined) {
    this.isFraud = drawOf(year, 'review')() < FRAUD_SHARE;
  }

  /** What is released falls into the next statements. */
  async review(): Promise<Heard> {
    const { approver } = this.year.people;
    const holds = await approver.list<Hold>('/settlement/holds?state=held');
    const released = holds.filter(({ payeeId }) => payeeId !== this.suspect);
    for (const { holdId } of released) await approver.post(`/settlement/holds/${holdId}/release`, { note: NOTE });
    return { released: released.length };
  }

  /** At the end: what was kept back all year is decided, or stays. */
  async decideTheLast(): Promise<void> {
    const { people: { approver }, tell, time } = this.year;
    const holds = await approver.list<Hold>('/settlement/holds?state=held');
    if (this.isFraud) {
      for (const { holdId } of holds) await approver.post(`/settlement/holds/${holdId}/reject`, { reason: 'fraud', note: FRAUD_NOTE });
      await time.settled();
    }
    if (holds.length > 0) tell(`${holds.length} first remittances ${this.isFraud ? 'turn out to be fraud: their value is cover of the payers again' : 'stay held'}`);
  }
}
