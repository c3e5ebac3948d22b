import { createHmac } from 'node:crypto';

/** Whole numbers from 0 to below `below`, the same ones for the same seed. */
export function drawFrom(seed: string): (below: number) => number {
  let count = 0;
  return (below) => {
    count += 1;
    return createHmac('sha256', seed).update(String(count)).digest().readUIntBE(0, 6) % below;
  };
}
