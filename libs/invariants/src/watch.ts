import { CATALOGUE } from './catalogue.js';
import { inspect } from './inspect.js';
import type { Broken, Invariant } from './invariant.js';

export type InvariantWatch = Readonly<{ start(): void; stop(): Promise<void>; broken(): readonly Broken[] }>;

export type WatchSettings = Readonly<{
  schema: NonNullable<Invariant['schema']>;
  /** Signed in as the service's own role: it checks only what it may read. */
  url: string;
  everyMs?: number;
  onBroken: (broken: Broken) => void;
  onFault: (error: unknown) => void;
}>;

/** Checks a service's local invariants every minute, and tells each broken row once. */
export function watchInvariants({ schema, url, everyMs = 60_000, onBroken, onFault }: WatchSettings): InvariantWatch {
  const mine = CATALOGUE.filter((invariant) => invariant.tier === 'local' && invariant.schema === schema);
  const told = new Set<string>();
  let latest: readonly Broken[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const look = async () => {
    try {
      latest = (await inspect(url, mine)).broken;
      for (const one of latest) {
        const name = `${one.invariant} ${one.rowNamed}`;
        if (!told.has(name)) onBroken(one);
        told.add(name);
      }
    } catch (error) {
      onFault(error);
    }
  };
  return {
    start: () => { timer = setInterval(() => { running = running.then(look); }, everyMs); timer.unref(); },
    stop: async () => { clearInterval(timer); await running; },
    broken: () => latest,
  };
}
