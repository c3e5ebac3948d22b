import { describe, expect, it } from '@jest/globals';
import { Closing } from './closing.js';

function recorded() {
  const said: string[] = [];
  const closing = new Closing((name, error) => said.push(`${name}: ${error.message}`));
  return { said, closing, part: (name: string) => closing.add(name, async () => { said.push(name); }) };
}

describe('closing', () => {
  it('goes backwards through what was opened, once', async () => {
    const { said, closing, part } = recorded();
    await part('database');
    await part('platform');
    await Promise.all([closing.run(), closing.run()]);
    expect(said).toEqual(['platform', 'database']);
  });

  it('goes on after a part that fails, and reports it', async () => {
    const { said, closing, part } = recorded();
    await part('database');
    await closing.add('platform', () => Promise.reject(new Error('stuck')));
    await closing.run();
    expect(said).toEqual(['platform: stuck', 'database']);
  });

  it('closes at once what is opened after a stop has begun', async () => {
    const { said, closing, part } = recorded();
    await closing.run();
    expect(closing.hasBegun).toBe(true);
    await part('late database');
    expect(said).toEqual(['late database']);
  });
});
