// Reads tokens.css and computes what WCAG 2.2 asks: text 4.5 to 1, shapes 3 to 1, in the light and in the dark theme.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

const sheet = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const pages = readFileSync(new URL('mereau.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = sheet.split('@media screen and (prefers-color-scheme: dark)');
const TOKEN = /(--[\w-]+):\s*([^;]+);/g;
const variables = (css: string) =>
  Object.fromEntries(Array.from(css.matchAll(TOKEN), ([, name, value]): [string, string] => [name!, value!.trim()]));
type Theme = Record<string, string>;
const THEMES: Readonly<Record<string, Theme>> = { light: variables(light), dark: { ...variables(light), ...variables(dark) } };

function colour(theme: Record<string, string>, name: string): string {
  const value = theme[name] ?? '';
  const reference = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  return reference ? colour(theme, reference) : value;
}
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
function contrast(theme: Record<string, string>, front: string, back: string): number {
  const [dim, bright] = [luminance(colour(theme, front)), luminance(colour(theme, back))].sort((a, b) => a - b);
  return (bright! + 0.05) / (dim! + 0.05);
}

const TEXT = [
  ['--text', '--bg'], ['--text', '--bg-sunken'], ['--text-2', '--bg'], ['--text-2', '--bg-sunken'], ['--text-3', '--bg'], ['--link', '--bg'],
  ['--on-brand', '--brand'], ['--on-brand', '--brand-hover'], ['--on-brand-soft', '--brand-soft'], ['--ok-fg', '--ok-bg'], ['--wait-fg', '--wait-bg'],
  ['--no-fg', '--no-bg'], ['--info-fg', '--info-bg'], ['--mute-fg', '--mute-bg'], ['--on-yes-screen', '--yes-screen'],
  ['--on-no-screen', '--no-screen'], ['--on-later-screen', '--later-screen'],
] as const;
const SHAPES = [['--line-strong', '--bg'], ['--focus', '--bg'], ['--brand', '--bg'], ['--life-edge', '--bg']] as const;

describe.each(['light', 'dark'])('in the %s theme', (name) => {
  it.each(TEXT)('the text %s can be read on %s', (front, back) => {
    expect(contrast(THEMES[name]!, front, back)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)('the shape %s can be seen on %s', (front, back) => {
    expect(contrast(THEMES[name]!, front, back)).toBeGreaterThanOrEqual(3);
  });

  it('yes and no are told apart by lightness alone', () => {
    expect(contrast(THEMES[name]!, '--yes-screen', '--no-screen')).toBeGreaterThan(4.5);
  });
});

describe('the sheet of the pages', () => {
  it('holds no colour of its own, and uses no token that does not exist', () => {
    expect(pages.match(/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/gi)).toBeNull();
    const used = new Set([...pages.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name!));
    expect([...used].filter((name) => !(name in THEMES['light']!))).toEqual([]);
  });
});
