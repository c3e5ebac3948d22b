import { CATALOGUE } from './catalogue.js';
import { inspect } from './inspect.js';
import type { Broken, Invariant } from './invariant.js';

/** `look`: now, besides every minute. */
export type InvariantWatch = Readonly<{ start(): void; stop(): Promise<void>; look(): Promise<void>; broken(): readonly Broken[] }>;

export type WatchSettings = Readonly<{
  schema: NonNullable<Invariant['schema']>;
  /** Signed in as the service's own role: it checks only what it may read. */
  url: string;
  everyMs?: number;
  onBroken: (broken: Broken) => void;
  onFault: (error: unknown) => void;
}>;

/** A row that stays broken is told again, for whoever lifted too early what the first telling stopped. */
const AGAIN_MS = 600_000;

/** Checks what a service can check alone every minute, and tells each broken row at once and then every ten minutes, until it holds. */
export function watchInvariants(
  { schema, url, everyMs = 60_000, onBroken, onFault }: WatchSettings,
  invariants = CATALOGUE.filter((invariant) => invariant.tier !== 'inspector' && invariant.schema === schema),
): InvariantWatch {
  const told = new Map<string, number>();
  let latest: readonly Broken[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const look = async () => {
    try {
      latest = (await inspect(url, invariants, (_, error) => onFault(error))).broken;
      const now = performance.now();
      const named = new Map(latest.map((one) => [`${one.invariant} ${one.rowNamed}`, one]));
      for (const name of told.keys()) if (!named.has(name)) told.delete(name);
      for (const [name, one] of named) {
        if (now - (told.get(name) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
        onBroken(one);
        told.set(name, now);
      }
    } catch (error) {
      onFault(error);
    }
  };
  const inTurn = (): Promise<void> => (running = running.then(look));
  return {
    start: () => { timer = setInterval(() => { void inTurn(); }, everyMs); timer.unref(); },
    stop: async () => { clearInterval(timer); await running; },
    look: inTurn,
    broken: () => latest,
  };
}
