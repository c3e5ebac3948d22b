// Ends what a service runs from the outside in. Nest's own hooks close the database before the workers that need it have
// ended, so nothing of ours uses them: a service's Lifecycle fills one of these and its `stop()` runs it.
import { withinLimit } from './time-limit.js';

/** In this order, after the HTTP intake has closed: what runs by itself, what sends, what receives, then the ground. */
export const STOP_STAGES = ['loops', 'relay', 'workers', 'database'] as const;
export type StopStage = (typeof STOP_STAGES)[number];

export const STOP_LIMIT_MS = 10_000;

type Part = { stage: StopStage; name: string; stop: () => Promise<unknown> };
export type StopProblem = Readonly<{ stage: StopStage; name: string; reason: Error }>;

export class OrderlyStop {
  private readonly parts: Part[] = [];
  private stopped?: Promise<StopProblem[]>;

  /** Throws once the stop has begun: a part that is added then would never be stopped. */
  add(stage: StopStage, name: string, stop: () => Promise<unknown>): void {
    if (this.stopped) throw new Error(`${name} was started while its service stops`);
    this.parts.push({ stage, name, stop });
  }

  /** Stage after stage; within one, all at once. A part that fails or takes longer than its limit holds up nobody. */
  run(limitMs: number = STOP_LIMIT_MS): Promise<StopProblem[]> {
    this.stopped ??= this.stopAll(limitMs);
    return this.stopped;
  }

  private async stopAll(limitMs: number): Promise<StopProblem[]> {
    const problems: StopProblem[] = [];
    for (const stage of STOP_STAGES) {
      const parts = this.parts.filter((part) => part.stage === stage);
      await Promise.all(parts.map(async ({ name, stop }) => {
        await withinLimit(Promise.resolve().then(stop), limitMs, `stopping ${name}`)
          .catch((reason: Error) => problems.push({ stage, name, reason }));
      }));
    }
    return problems;
  }
}
