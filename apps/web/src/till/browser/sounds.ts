// An answer is heard and felt before it is read: yes rises, no is low and comes twice, later is one flat tone. How loud is kept on this
// device, because a quiet library and a loud hall are two places.
export type Answer = 'yes' | 'no' | 'later';
export const VOLUMES = { silent: 0, soft: 0.08, loud: 0.3 } as const;
export type Volume = keyof typeof VOLUMES;

type Note = Readonly<{ hertz: number; fromMs: number; ms: number }>;
export const TONES: Readonly<Record<Answer, readonly Note[]>> = {
  yes: [{ hertz: 660, fromMs: 0, ms: 110 }, { hertz: 880, fromMs: 120, ms: 170 }],
  no: [{ hertz: 220, fromMs: 0, ms: 160 }, { hertz: 196, fromMs: 210, ms: 220 }],
  later: [{ hertz: 440, fromMs: 0, ms: 260 }],
};
const PULSES: Readonly<Record<Answer, number[]>> = { yes: [60], no: [120, 80, 120], later: [] };
const KEPT = 'mereau-till-volume';
const FADE_SECONDS = 0.02;
let context: AudioContext | undefined;

export function volumeHere(): Volume {
  const kept = localStorage.getItem(KEPT);
  return kept !== null && Object.hasOwn(VOLUMES, kept) ? kept as Volume : 'soft';
}

export function keepVolume(volume: string): void {
  if (Object.hasOwn(VOLUMES, volume)) localStorage.setItem(KEPT, volume);
}

/** To be felt also where it is not heard. */
export function signal(answer: Answer): void {
  if (PULSES[answer].length > 0) navigator.vibrate?.(PULSES[answer]);
  sound(answer);
}

/** Silent where the device is, or the browser makes no sound yet: an answer never waits for its tone. */
function sound(answer: Answer): void {
  const loudness = VOLUMES[volumeHere()];
  if (loudness === 0 || typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  const now = context.currentTime;
  for (const { hertz, fromMs, ms } of TONES[answer]) {
    const [tone, level] = [context.createOscillator(), context.createGain()];
    const [from, to] = [now + fromMs / 1_000, now + (fromMs + ms) / 1_000];
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(0, from);
    level.gain.linearRampToValueAtTime(loudness, from + FADE_SECONDS);
    level.gain.linearRampToValueAtTime(0, to);
    tone.connect(level).connect(context.destination);
    tone.start(from);
    tone.stop(to);
  }
}
