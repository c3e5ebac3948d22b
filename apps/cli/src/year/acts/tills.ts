// What happens at the counters, moment by moment: the scans of a moment go out together, as many as a bad line and a
// full room make, each with its own key.
import type { LocalDate } from '#libs/kernel';
import type { Answer } from '../../world/api.js';
import { inFlight } from '../../world/in-flight.js';
import type { Moment, Scan, Workshop } from '../plan/moments.decision.js';
import type { TillScan } from '../plan/year-plan.decision.js';
import { IN_FLIGHT, type Year } from '../year.js';
import { officeTime } from '../year-time.js';
import type { Till } from './accredit-places.js';
import { codeOf, RefusedAttempts, type AtTheTills } from './refused-attempts.js';

const PATH = '/redemption/redemptions';
const WORKSHOP_PATH = '/redemption/sessions';
const WORKSHOP_MINUTES = 90;
const WORKSHOP_SERVICE = 'everyday_tools';
type Receipt = Readonly<{ redeemedCount: number }>;

export class Tills {
  private next = 0;
  private readonly refused: RefusedAttempts;
  readonly used: number[] = [];

  constructor(private readonly year: Year, private readonly at: AtTheTills, private readonly moments: readonly Moment<TillScan>[]) {
    this.refused = new RefusedAttempts(year, at, this.used);
  }

  /** Everything that the plan has before this hour of this day, and then it is then. */
  async workUntil(day: LocalDate, hour: number): Promise<void> {
    const { time } = this.year;
    for (let moment = this.moments[this.next]; moment && moment.at < officeTime(day, hour); moment = this.moments[this.next]) {
      time.standAt(moment.at);
      await inFlight(IN_FLIGHT, moment.scans, (scan) => this.scan(scan));
      this.next += 1;
    }
    await time.goTo(day, hour);
  }

  private scan(scan: TillScan): Promise<void> {
    switch (scan.kind) {
      case 'redeem': return scan.undone ? this.redeemByMistake(scan) : this.redeem(scan);
      case 'workshop': return this.holdWorkshop(scan);
      case 'refused': return this.refused.play(scan);
    }
  }

  private async redeem({ place, voucher, servedOn, asksTwice, rival }: Scan): Promise<void> {
    const request = { code: this.at.codes[voucher]!, serviceDate: servedOn };
    const key = this.year.setting.nextKey();
    const asked = [ask(this.at.tills[place]!, request, key)];
    if (rival !== undefined) asked.push(ask(this.at.tills[rival]!, request, this.year.setting.nextKey()));
    const answers = (await Promise.all(asked)).map(codeOf);
    const expected = rival === undefined ? ['redeemed'] : ['redeemed', 'voucher_used'];
    if (answers.sort().join() !== expected.join()) throw new Error(`tills were told ${answers.join()} of one voucher`);
    this.used.push(voucher);
    if (!asksTwice) return;
    await this.askAgain(await asked[0]!, () => ask(this.at.tills[place]!, request, key));
    // A key is a promise to say the same: another voucher under it is a mistake of the till's program.
    const told = codeOf(await ask(this.at.tills[place]!, { ...request, code: this.at.codes[this.at.unused]! }, key));
    if (told !== 'idempotency_key_reused') throw new Error(`a till that used a key for two vouchers was told ${told}`);
  }

  /** The voucher of somebody who was not served: taken back within the quarter of an hour that a till has. */
  private async redeemByMistake({ undone, ...scan }: Scan): Promise<void> {
    const till = this.at.tills[scan.place]!.person;
    const request = { code: this.at.codes[scan.voucher]!, serviceDate: scan.servedOn };
    const { redemptionId } = await till.post<{ redemptionId: string }>(PATH, request);
    await till.post(`${PATH}/${redemptionId}/undo`, { reason: 'wrong_voucher' });
    if (undone === 'again') await this.redeem(scan);
  }

  /** One request for the room, and one receipt with a line per voucher. */
  private async holdWorkshop({ place, vouchers, servedOn, asksTwice }: Workshop): Promise<void> {
    const till = this.at.tills[place]!;
    const request = {
      serviceDate: servedOn, service: WORKSHOP_SERVICE, durationMinutes: WORKSHOP_MINUTES, participants: vouchers.length,
      lines: vouchers.map((voucher) => ({ code: this.at.codes[voucher]! })),
    };
    const key = this.year.setting.nextKey();
    const send = () => till.person.tryPost(WORKSHOP_PATH, request, key);
    const answer = await send();
    if ((answer.body as Receipt).redeemedCount !== vouchers.length) throw new Error(`a workshop was told ${JSON.stringify(answer.body)}`);
    this.used.push(...vouchers);
    if (asksTwice) await this.askAgain(answer, send);
  }

  private async askAgain(first: Answer<unknown>, ask: () => Promise<Answer<unknown>>): Promise<void> {
    const again = await ask();
    if (JSON.stringify(again) !== JSON.stringify(first)) throw new Error('a till that asked again was told something else');
  }
}

const ask = ({ person }: Till, request: object, key: string): Promise<Answer<unknown>> => person.tryPost(PATH, request, key);
