// The lines of a file, as bytes: what is hashed must not pass through a decoder, and a leaf may hold any other line end.
import { createReadStream } from 'node:fs';

const LINE_FEED = 0x0a;

export type Line = Readonly<{
  bytes: Buffer;
  /** from 1 */
  number: number;
  /** false for a last line that was cut off */
  isWhole: boolean;
}>;

export async function* readLines(path: string): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  let number = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      number += 1;
      const piece = chunk.subarray(from, at);
      yield { bytes: rest.length === 0 ? piece : Buffer.concat([...rest, piece]), number, isWhole: true };
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { bytes: Buffer.concat(rest), number: number + 1, isWhole: false };
}

/** Undefined where the text is none: what is wrong with it is for the caller to say. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
