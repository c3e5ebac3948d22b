import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Digest } from './print-file.store.js';
import { witnessed } from './witnessed.js';

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

describe('a witnessed file', () => {
  it('is the same file, and its digest is noted before its last piece leaves', async () => {
    const order: string[] = [];
    const notes: Digest[] = [];
    for await (const piece of witnessed(pieces('one', 'two', 'three'), async (digest) => { notes.push(digest); order.push('noted'); })) {
      order.push(Buffer.from(piece).toString());
    }
    expect(order).toEqual(['one', 'two', 'noted', 'three']);
    expect(notes).toEqual([{ sha256: createHash('sha256').update('onetwothree').digest('hex'), byteCount: 11 }]);
  });

  it('that its reader leaves is not noted, and its source is closed', async () => {
    const done: string[] = [];
    async function* source() {
      try { yield* pieces('one', 'two', 'three'); } finally { done.push('closed'); }
    }
    for await (const _ of witnessed(source(), async () => { done.push('noted'); })) break;
    expect(done).toEqual(['closed']);
  });

  it('does not end when its digest cannot be noted', async () => {
    const read: string[] = [];
    await expect((async () => {
      for await (const piece of witnessed(pieces('one', 'two'), async () => { throw new Error('no database'); })) read.push(Buffer.from(piece).toString());
    })()).rejects.toThrow('no database');
    expect(read).toEqual(['one']);
  });
});
