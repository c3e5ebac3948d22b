// One simulation from its seed: steps of commands and bad transport, then calm, the end of the vouchers, and calm again. Every
// answer is held against the model, every so many steps all invariants are asked, and at the end both sides count their cents.
import { inspect } from '#libs/invariants';
import { drawFrom } from '../chaos/draw.js';
import * as issuance from './acts-of-issuance.js';
import * as settlement from './acts-of-settlement.js';
import * as tills from './acts-of-tills.js';
import type { Act } from './acts-of-issuance.js';
import type { Ground } from './ground.js';
import { Difference, Play } from './play.js';
import { PlatformModel } from './platform-model.js';
import { crimeOf, type Sabotage } from './sabotage.js';
import { openScheme, START } from './scheme.js';
import { SimulatedPlatform } from './simulated-platform.js';
import { Transport } from './transport.js';

export type Wanted = Readonly<{ seed: string; steps: number; inspectEvery: number; sabotage?: Sabotage | undefined; inspectFrom?: number }>;
export type Failure = Readonly<{ step: number; reason: string }>;
export type Outcome = Readonly<{
  seed: string; history: readonly string[]; steps: number; failure: Failure | undefined; invariantsChecked: number; inspections: number;
}>;

type Weighted = readonly (readonly [weight: number, act: Act])[];
const ACTS: Weighted = [
  [3, issuance.order], [4, issuance.transfer], [4, issuance.importStatement], [5, issuance.mint], [5, issuance.print],
  [6, issuance.activate],
  [2, issuance.ship], [2, issuance.receive], [3, issuance.handOver], [1, issuance.takeBack],
  [4, tills.check], [14, tills.redeem], [7, tills.authorise], [6, tills.confirm], [2, tills.cancel], [5, tills.undo], [1, tills.stop],
  [5, tills.sendAgain], [2, tills.reuseKey],
  [3, settlement.closePeriod], [4, settlement.closeStatements], [3, settlement.pay], [1, settlement.giveBack],
  [2, settlement.anotherAccount],
  [5, settlement.timePasses],
];
const spread = (acts: Weighted): readonly Act[] => acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));
const ALL = spread(ACTS);
/** Nothing else can happen before there are vouchers. */
const FIRST = spread(ACTS.slice(0, 6));
const FIRST_STEPS = 20;
const AFTER_THE_END: readonly Act[] = [tills.check, tills.redeem, tills.undo, tills.confirm, issuance.activate];
const STEPS_AFTER_THE_END = 10;
const ACT_TRIES_MAX = 20;
/** Claims are over at every place of the world. */
const THE_END = '2026-07-01T13:00:00.000Z';
/** The relay sends again about once in so many steps. */
const SENT_AGAIN_IN = 4;
/** So that there is something to break, and time to find it. */
const CRIME_STEP = 8;

export async function simulate(ground: Ground, wanted: Wanted): Promise<Outcome> {
  const platform = await SimulatedPlatform.open(ground, START);
  try {
    return await new Simulation(platform, wanted).run();
  } finally {
    await platform.close();
  }
}

class Simulation {
  private readonly history: string[] = [];
  private readonly model = new PlatformModel(Date.parse(START));
  private readonly transport: Transport;
  private readonly draw;
  private step = 0;
  /** From here on services do much by themselves, side by side: in which order they tell it is not drawn, and not written down. */
  private isOver = false;
  private invariantsChecked = 0;
  private inspections = 0;

  constructor(private readonly platform: SimulatedPlatform, private readonly wanted: Wanted) {
    this.draw = drawFrom(wanted.seed);
    const write = (line: string) => { if (!this.isOver) this.write(line); };
    this.transport = new Transport(platform, wanted.seed, (heard) => this.model.hear(heard), write);
  }

  async run(): Promise<Outcome> {
    const { seed, steps } = this.wanted;
    let failure: Failure | undefined;
    try {
      await this.playAll();
    } catch (error) {
      const reason = error instanceof Difference ? error.message : `${(error as Error).name}: ${(error as Error).message}`;
      failure = { step: this.step, reason };
      this.write(`FAILED at step ${this.step}: ${reason}`);
    }
    const { history, invariantsChecked, inspections } = this;
    return { seed, steps, history, failure, invariantsChecked, inspections };
  }

  private async playAll(): Promise<void> {
    const { platform, transport, model, draw, wanted: { steps, inspectEvery, inspectFrom = 0, sabotage } } = this;
    const crime = crimeOf(sabotage, platform, CRIME_STEP);
    const play = new Play(platform, model, await openScheme(platform, transport), draw, (line) => this.write(`#${this.step} ${line}`));
    this.history.length = 0;
    transport.isBad = true;
    transport.tampering = crime;
    for (this.step = 1; this.step <= steps; this.step += 1) {
      await crime.before?.(this.step);
      await this.act(play, this.step <= FIRST_STEPS ? FIRST : ALL);
      if (draw(SENT_AGAIN_IN) === 0) await transport.sendAgain();
      await transport.deliver();
      if (this.step >= inspectFrom && this.step % inspectEvery === 0) await this.inspect(false);
    }
    await transport.calmDown();
    await this.compareVouchers();
    await this.inspect(true);
    this.isOver = true;
    settlement.later(play, Date.parse(THE_END));
    await transport.calmDown();
    model.expire();
    for (let more = 0; more < STEPS_AFTER_THE_END; more += 1, this.step += 1) await this.act(play, AFTER_THE_END);
    await transport.calmDown();
    await this.compareVouchers();
    await this.inspect(true);
  }

  /** One that has something to act on, if a few draws find one. */
  private async act(play: Play, acts: readonly Act[]): Promise<void> {
    const before = this.history.length;
    for (let tries = 0; tries < ACT_TRIES_MAX && this.history.length === before; tries += 1) await play.oneOf(acts)!(play);
  }

  /** While messages are under way, what says that none is does not hold yet. */
  private async inspect(isQuiet: boolean): Promise<void> {
    const { checked, broken } = await inspect(this.platform.ground.inspectorUrl);
    this.inspections += 1;
    this.invariantsChecked = checked;
    const wrong = broken.filter(({ invariant }) => isQuiet || !invariant.startsWith('M'));
    if (wrong.length > 0) throw new Difference(`an invariant is broken: ${wrong[0]!.invariant}, ${wrong[0]!.holds}`);
  }

  private async compareVouchers(): Promise<void> {
    const rows = await this.platform.rows<{ batch: string; index: number; left: number; lost: number }>(
      `select batch_id as batch, index, balance::int as left, expired::int as lost from redemption.voucher order by batch_id, index`);
    const found = rows.map(({ batch, index, left, lost }) => `${batch} ${index} ${left} ${lost}`);
    // Also of what nobody activated: its face value is printed on it, and no till takes it.
    const expected = this.model.vouchers().filter(({ batch }) => batch.minted && batch.created)
      .map(({ batch, index, left, lost }) => `${batch.id} ${index} ${left} ${lost}`).sort();
    const wrong = expected.findIndex((line, at) => line !== [...found].sort()[at]);
    if (wrong >= 0 || expected.length !== found.length) throw new Difference(`a voucher is worth something else: of ${expected.length} vouchers the ${wrong}th`);
  }

  private write(line: string): void {
    this.history.push(line);
  }
}
