// What a plan draws by. The numbers are handed in, so the same seed gives the same year.
import { assert } from '#libs/kernel';

/** The next number from 0 (included) to 1 (excluded). */
export type Draw = () => number;

export const below = (draw: Draw, bound: number): number => Math.floor(draw() * bound);
export const between = (draw: Draw, from: number, to: number): number => from + below(draw, to - from + 1);

/** An index, the more often the heavier; one of weight zero never. */
export function weighted(draw: Draw, weights: readonly number[]): number {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  assert(whole > 0, 'nothing has a weight');
  let left = draw() * whole;
  const found = weights.findIndex((weight) => (left -= weight) < 0);
  // Rounding may leave a last sliver, which belongs to the last that has a weight.
  return found >= 0 ? found : weights.findLastIndex((weight) => weight > 0);
}

/** Median e^mu; by Box and Muller. */
export function logNormal(draw: Draw, mu: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  return Math.exp(mu + sigma * normal);
}

export function shuffled<T>(draw: Draw, items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = below(draw, last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

export const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
