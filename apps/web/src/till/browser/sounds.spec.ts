import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepVolume, signal, TONES, volumeHere } from './sounds.js';

const kept = new Map<string, string>();
const heard: number[] = [];
const felt: unknown[] = [];
const level = { gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined }, connect: <T>(next: T): T => next };

class FakeAudio {
  currentTime = 0;
  destination = {};
  createGain = () => level;
  createOscillator() {
    const frequency = { value: 0 };
    return { frequency, connect: <T>(next: T): T => next, start: () => heard.push(frequency.value), stop: () => undefined };
  }
}

beforeEach(() => {
  kept.clear();
  [heard.length, felt.length] = [0, 0];
  Object.assign(globalThis, {
    AudioContext: FakeAudio,
    localStorage: { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value) },
  });
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { vibrate: (pulses: unknown) => felt.push(pulses) } });
});
afterEach(() => {
  for (const name of ['AudioContext', 'localStorage', 'navigator']) Reflect.deleteProperty(globalThis, name);
});

describe('the tones of an answer', () => {
  it('rise for a yes, are low and two for a no, and one for later', () => {
    const hertz = (answer: keyof typeof TONES) => TONES[answer].map((note) => note.hertz);
    const [[first, second], no, later] = [hertz('yes') as [number, number], hertz('no'), hertz('later')];
    expect(second).toBeGreaterThan(first);
    expect(no).toHaveLength(2);
    expect(Math.max(...no)).toBeLessThan(first);
    expect(later).toHaveLength(1);
  });

  it('are heard and felt, but for later, which is heard alone', () => {
    for (const answer of ['yes', 'no', 'later'] as const) signal(answer);
    expect(heard).toEqual([...TONES.yes, ...TONES.no, ...TONES.later].map(({ hertz }) => hertz));
    expect(felt).toEqual([[60], [120, 80, 120]]);
  });

  it('are soft at first, and felt only where the device is silent; another word than ours is not kept', () => {
    expect(volumeHere()).toBe('soft');
    keepVolume('silent');
    keepVolume('deafening');
    signal('yes');
    expect([volumeHere(), heard, felt]).toEqual(['silent', [], [[60]]]);
  });
});
