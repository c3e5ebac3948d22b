// A closed loop: each driver sends its next when its last is answered. Counts what was answered within the time.

export type Figure = Latencies & Readonly<{ perSecond: number; /** Answers other than "redeemed". */ failed: number }>;

/** `redeem` answers whether it was redeemed. */
export async function drive(drivers: readonly (() => Promise<boolean>)[], seconds: number): Promise<Figure> {
  const latencies: number[] = [];
  let failed = 0;
  const began = performance.now();
  const until = began + seconds * 1_000;
  await Promise.all(drivers.map(async (redeem) => {
    for (let from = performance.now(); from < until;) {
      const redeemed = await redeem();
      const now = performance.now();
      if (!redeemed) failed += 1;
      latencies.push(now - from);
      from = now;
    }
  }));
  const took = (performance.now() - began) / 1_000;
  return { perSecond: (latencies.length - failed) / took, ...latenciesOf(latencies), failed };
}

export type Latencies = Readonly<{ p50Ms: number; p99Ms: number }>;

export function latenciesOf(latencies: readonly number[]): Latencies {
  const sorted = Float64Array.from(latencies).sort();
  return { p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) };
}

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** In seconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}
