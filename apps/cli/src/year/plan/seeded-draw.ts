import { createHmac } from 'node:crypto';
import type { Draw } from './chance.decision.js';

const BYTES = 4;

/** A stream of its own per `name`: an act that draws more than before changes no other act's year. */
export function seededDraw(seed: string, name: string): Draw {
  let block = Buffer.alloc(0);
  let at = 0;
  let count = 0;
  return () => {
    if (at === block.length) {
      block = createHmac('sha512', seed).update(`${name}:${count}`).digest();
      count += 1;
      at = 0;
    }
    at += BYTES;
    return block.readUInt32BE(at - BYTES) / 2 ** (8 * BYTES);
  };
}
