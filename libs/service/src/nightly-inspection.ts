// Each night, everything that is to hold is asked in one snapshot, as `npm run inspect` asks it: over all services where one database has
// them, told by audit; by each service of its own tables where it runs alone, and what needs two is audit's comparison. A row that is
// broken then, and again ten minutes later, is told, and stops pay-outs as any broken invariant does.
import { CATALOGUE, inspect, type Broken, type Invariant } from '#libs/invariants';
import type { LocalDate } from '#libs/kernel';
import { dueInspection } from './nightly-inspection.decision.js';

export type InspectionParts = Readonly<{
  /** Signed in as the role that can only read, or as a service that asks its own tables. */
  inspectorUrl: string;
  tell: (broken: Broken) => Promise<void>;
  log: Readonly<{ info(fields: object, message: string): void; error(fields: object, message: string): void }>;
  now?: () => Date;
  invariants?: readonly Invariant[];
}>;

/** Also from a start to the first look, so that a short run inspects nothing. */
const LOOK_MS = 600_000;

export class NightlyInspection {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private inspectedOn: LocalDate | undefined;
  /** Found once: a message may have been under way. */
  private suspects: readonly Broken[] = [];

  constructor(private readonly parts: InspectionParts) {}

  start(): void {
    this.timer = setInterval(() => { void this.look(); }, LOOK_MS);
    this.timer.unref();
  }

  /** Resolves when the look at hand is over. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Besides every ten minutes. What cannot be asked is logged, and asked again the next night. */
  look(): Promise<void> {
    return (this.running = this.running.then(() => this.lookOnce())
      .catch((error: unknown) => this.parts.log.error({ err: error }, 'the invariants could not be inspected')));
  }

  private async lookOnce(): Promise<void> {
    if (this.suspects.length > 0) return this.confirm();
    const { invariants = CATALOGUE, now = () => new Date(), log } = this.parts;
    const day = dueInspection(now(), this.inspectedOn);
    if (day === undefined) return undefined;
    this.inspectedOn = day;
    const { checked, broken, seconds } = await this.ask(invariants);
    this.suspects = broken;
    log.info({ day, checked, seconds, broken: broken.length }, 'the invariants were inspected');
    return undefined;
  }

  private async confirm(): Promise<void> {
    const { invariants = CATALOGUE, tell, log } = this.parts;
    const suspects = new Set(this.suspects.map(nameOf));
    const ids = new Set(this.suspects.map(({ invariant }) => invariant));
    const { broken } = await this.ask(invariants.filter(({ id }) => ids.has(id)));
    this.suspects = [];
    for (const one of broken.filter((row) => suspects.has(nameOf(row)))) {
      log.error(one, 'an invariant is broken');
      await tell(one);
    }
  }

  private ask(invariants: readonly Invariant[]) {
    const { inspectorUrl, log } = this.parts;
    return inspect(inspectorUrl, invariants, ({ id }, error) => log.error({ err: error, invariant: id }, 'an invariant could not be asked'));
  }
}

const nameOf = ({ invariant, rowNamed }: Broken): string => `${invariant} ${rowNamed}`;
