// Work that a service does by itself.
// Goal: it is looked for at the start, when woken, and when somebody asks for it to be done; a fault ends no loop.
import { describe, expect, it } from '@jest/globals';
import { WakefulLoop } from './wakeful-loop.js';

/** Longer than a test may take: what happens in a test was not this. */
const NEVER_MS = 3_600_000;

function loopOf(look: (times: number) => Promise<unknown>, isIdle: () => boolean = () => true) {
  const errors: string[] = [];
  const waiting: { times: number; resume: () => void }[] = [];
  let times = 0;
  const loop = new WakefulLoop({
    name: 'sweeping', pollMs: NEVER_MS, isIdle,
    look: async () => {
      times += 1;
      for (const each of waiting) if (times >= each.times) each.resume();
      await look(times);
    },
  }, { error: (_: object, text: string) => { errors.push(text); } } as never);
  const looked = (atLeast: number) => new Promise<void>((resume) => {
    if (times >= atLeast) resume();
    else waiting.push({ times: atLeast, resume });
  });
  return { loop, looked, errors };
}

describe('a wakeful loop', () => {
  it('looks when it starts and when it is woken', async () => {
    const { loop, looked } = loopOf(async () => undefined);
    loop.start();
    await looked(1);
    loop.wake();
    await looked(2);
    await loop.stop();
  });

  it('does not miss a ring that comes while it looks', async () => {
    const { loop, looked } = loopOf(async (times) => { if (times === 1) loop.wake(); });
    loop.start();
    await looked(2);
    await loop.stop();
  });

  it('looks at once for whoever waits for its work to be done', async () => {
    let isDone = false;
    const { loop, looked } = loopOf(async (times) => { if (times === 2) isDone = true; }, () => isDone);
    loop.start();
    await looked(1);
    expect(await loop.isIdle()).toBe(false);
    await looked(2);
    expect(await loop.isIdle()).toBe(true);
    await loop.stop();
  });

  it('goes on after a fault, and says which work met it', async () => {
    const { loop, looked, errors } = loopOf(async (times) => { if (times === 1) throw new Error('no line'); });
    loop.start();
    await looked(1);
    loop.wake();
    await looked(2);
    await loop.stop();
    expect(errors).toEqual(['sweeping failed; tries again later']);
  });
});
