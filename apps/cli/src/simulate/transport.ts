// A bad transport between services, drawn from the seed: parcels are lost, come late, come again, come at the same moment, and
// overtake one another. What it does to a parcel hangs on the parcel's name alone, so that a run can be played again.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Parcel } from '#libs/messaging';
import { SCHEMAS } from '#libs/persistence';
import type { SimulatedPlatform } from './simulated-platform.js';

/** What somebody does to parcels who wants to see it found (sabotage.ts). */
type Tampering = Readonly<{ steals?: (batch: Batch) => Promise<boolean>; taken?: (batch: Batch) => Promise<void> }>;

export type HeardMessage = Readonly<{ id: string; type: string; body: Readonly<Record<string, unknown>> }>;
export type Heard = Readonly<{ sender: string; receiver: string; batchNo: number; messages: readonly HeardMessage[] }>;
export type Batch = Heard & Readonly<{ try: number }>;
type Waiting = { parcel: Parcel; name: string; at: number; copies: number; together: boolean };

/** Of a hundred parcels: how many never come, come late, come twice, and come twice at the same moment. */
const FATES = { lost: 12, late: 25, twice: 15, together: 5 } as const;
const LATE_STEPS_MAX = 6;
const CALM_ROUNDS_MAX = 40;
/** So many of the oldest batches of a receiver the relay sends again. */
const SENT_AGAIN = 5;

export class Transport {
  /** While false every parcel comes at once and once. */
  isBad = false;
  tampering: Tampering = {};
  private step = 0;
  private readonly waiting = new Map<string, Waiting>();
  private readonly named = new Map<string, number>();

  /** `hears` is told of each batch that a service took. */
  constructor(
    private readonly platform: SimulatedPlatform, private readonly seed: string,
    private readonly hears: (heard: Heard) => void, private readonly write: (line: string) => void,
  ) {}

  /** One step further: what is due arrives, in the order that the seed says, with all that follows from it. */
  async deliver(): Promise<void> {
    this.step += 1;
    for (;;) {
      await this.platform.settled();
      await this.sort();
      const due = [...this.waiting.values()].filter(({ at }) => at <= this.step);
      if (due.length === 0) return;
      const aside = due.filter(({ parcel }) => isAside(parcel));
      if (aside.length > 0) await Promise.all(aside.map((one) => this.hand(one)));
      else await this.hand(due.sort((a, b) => this.draw(`${this.step} ${a.name}`, 1e9) - this.draw(`${this.step} ${b.name}`, 1e9))[0]!);
    }
  }

  /** As if the time after which the relay sends again were over, for the oldest of what nobody acknowledged. */
  async sendAgain(): Promise<void> {
    for (const sender of SCHEMAS) {
      await this.platform.rows(`
        update ${sender}.sent_batch s set sent_at = s.sent_at - interval '2 hours'
        from ${sender}.receiver_position r cross join lateral (
          select batch_no from ${sender}.sent_batch where receiver = r.receiver and acknowledged_at is null order by batch_no limit ${SENT_AGAIN}) w
        where s.receiver = r.receiver and s.batch_no = w.batch_no and s.sent_at is not null`);
    }
  }

  /** No more faults: everything must arrive. Throws when something never does. */
  async calmDown(): Promise<void> {
    this.isBad = false;
    for (let round = 1; round <= CALM_ROUNDS_MAX; round += 1) {
      for (const one of this.waiting.values()) one.at = this.step;
      await this.deliver();
      const open = await this.platform.rows<{ one: string }>(UNACKNOWLEDGED);
      if (open.length === 0) return;
      await this.sendAgain();
      await sleep(5);
    }
    throw new Error('a message never arrived, though nothing was lost any more');
  }

  private async sort(): Promise<void> {
    for (const parcel of this.platform.queue.parcels()) {
      const key = `${parcel.queue} ${parcel.id}`;
      if (this.waiting.has(key)) continue;
      const name = this.nameOf(parcel);
      const fate = this.isBad && parcel.name !== 'beat' ? this.draw(name, 100) : 100;
      const isLate = fate >= FATES.lost && fate < FATES.lost + FATES.late;
      const [twiceFrom, togetherFrom] = [FATES.lost + FATES.late, FATES.lost + FATES.late + FATES.twice];
      const isStolen = parcel.name === 'batch' && await this.tampering.steals?.(parcel.data as Batch);
      if (fate < FATES.lost || isStolen) {
        this.platform.queue.drop(parcel);
        if (!isAside(parcel)) this.write(`  lost: ${name}`);
        continue;
      }
      this.waiting.set(key, {
        parcel, name, at: this.step + (isLate ? 1 + this.draw(`${name} late`, LATE_STEPS_MAX) : 0),
        copies: fate >= twiceFrom && fate < togetherFrom ? 2 : 1, together: fate >= togetherFrom && fate < togetherFrom + FATES.together,
      });
    }
  }

  private async hand(one: Waiting): Promise<void> {
    const { parcel, name, together } = one;
    one.copies -= 1;
    const hands = Array.from({ length: together ? 2 : 1 }, () => this.platform.queue.hand(parcel));
    const isTaken = await Promise.all(hands).then(() => true, () => false);
    if (!isAside(parcel)) this.write(`  ${name}${together ? ', twice at once' : ''}: ${isTaken ? typesOf(parcel) : 'FAILED'}`);
    if (isTaken && parcel.name === 'batch') {
      this.hears(parcel.data as Batch);
      await this.tampering.taken?.(parcel.data as Batch);
    }
    if (one.copies > 0) {
      one.at = this.step + 1;
      return;
    }
    this.waiting.delete(`${parcel.queue} ${parcel.id}`);
    this.platform.queue.drop(parcel);
  }

  /** The ids of acknowledgements are drawn; their names are not. */
  private nameOf(parcel: Parcel): string {
    if (parcel.name === 'batch') {
      const { sender, receiver, batchNo, try: tries } = parcel.data as Batch;
      return `${sender} to ${receiver} ${batchNo}.${tries}`;
    }
    const { receiver = parcel.id, batchNo = 0 } = parcel.data as Partial<Batch>;
    const name = `${parcel.name} of ${receiver} in ${parcel.queue} ${batchNo}`;
    const count = (this.named.get(name) ?? 0) + 1;
    this.named.set(name, count);
    return `${name}.${count}`;
  }

  private draw(what: string, below: number): number {
    return createHmac('sha256', this.seed).update(what).digest().readUIntBE(0, 6) % below;
  }
}

/** What audit hears changes no answer, and services tell it things by themselves; an acknowledgement changes nothing but the relay. */
const isAside = ({ name, queue }: Parcel): boolean => name !== 'batch' || queue === 'audit.inbox';

const typesOf = ({ name, data }: Parcel): string => (name === 'batch' ? (data as Batch).messages.map(({ type }) => type.replace(/\.v\d+$/, '')).join(', ') : '');

const UNACKNOWLEDGED = SCHEMAS.map((sender) =>
  `select '${sender}' as one where exists (select from ${sender}.sent_batch where acknowledged_at is null) or exists (select from ${sender}.outbox)`).join(' union all ');
