import { describe, expect, it } from '@jest/globals';
import { OrderlyStop, STOP_STAGES } from './orderly-stop.js';

const never = () => new Promise<void>(() => undefined);

describe('an orderly stop', () => {
  it('goes stage by stage, whatever the order in which parts were added', async () => {
    const said: string[] = [];
    const stop = new OrderlyStop();
    for (const stage of [...STOP_STAGES].reverse()) {
      stop.add(stage, stage, async () => {
        said.push(`${stage} begins`);
        await Promise.resolve();
        said.push(`${stage} ended`);
      });
    }
    expect(await stop.run()).toEqual([]);
    expect(said).toEqual(['loops', 'relay', 'workers', 'database'].flatMap((stage) => [`${stage} begins`, `${stage} ended`]));
  });

  it('lets the parts of one stage end together', async () => {
    const stop = new OrderlyStop();
    let second: () => void = () => undefined;
    const secondBegan = new Promise<void>((resolve) => { second = resolve; });
    stop.add('workers', 'waits for the other', () => secondBegan);
    stop.add('workers', 'the other', async () => second());
    expect(await stop.run()).toEqual([]);
  });

  it('goes on when a part fails or hangs, and says so', async () => {
    const stop = new OrderlyStop();
    let closed = false;
    stop.add('loops', 'broken', () => { throw new Error('no'); });
    stop.add('workers', 'frozen', never);
    stop.add('database', 'redemption', async () => { closed = true; });
    const problems = await stop.run(20);
    expect(problems).toMatchObject([
      { stage: 'loops', name: 'broken', reason: { message: 'no' } },
      { stage: 'workers', name: 'frozen', reason: { message: 'stopping frozen took longer than 20 ms' } },
    ]);
    expect(closed).toBe(true);
  });

  it('happens once, and takes no new part after it began', async () => {
    const stop = new OrderlyStop();
    let count = 0;
    stop.add('relay', 'relay', async () => { count += 1; });
    await Promise.all([stop.run(), stop.run()]);
    expect(count).toBe(1);
    expect(() => stop.add('workers', 'late', never)).toThrow('late was started while its service stops');
  });
});
