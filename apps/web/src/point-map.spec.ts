import { describe, expect, it } from '@jest/globals';
import { pointMap, type Point } from './point-map.js';

const visit = { say: (_: string, english: string) => english, language: 'en' } as const;
const point = (latitude: number | null, longitude: number | null, over: Partial<Point> = {}): Point => ({ latitude, longitude, label: 'A place', kind: 'place', ...over });
const drawn = (points: readonly Point[]): string => String(pointMap(visit, 'Places', points));
const centres = (svg: string) => [...svg.matchAll(/cx="([\d.-]+)" cy="([\d.-]+)"/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('a map of points', () => {
  it('has north above south and west left of east, within its frame', () => {
    const svg = drawn([point(44.9, 4.9), point(45.2, 5.7)]);
    const [south, north] = centres(svg);
    expect([south![0] < north![0], south![1] > north![1]]).toEqual([true, true]);
    const [, height] = /viewBox="0 0 320 (\d+)"/.exec(svg)!;
    for (const [x, y] of centres(svg)) expect([x >= 20, x <= 300, y >= 19, y <= Number(height) - 19]).toEqual([true, true, true, true]);
  });

  it('keeps distances: a degree of latitude is longer than one of longitude', () => {
    const [middle, north, east] = centres(drawn([point(45, 5), point(46, 5), point(45, 6)]));
    expect((east![0] - middle![0]) / (middle![1] - north![1])).toBeCloseTo(Math.cos(45.5 * Math.PI / 180), 2);
  });

  it('says of how many nobody knows where they are, and is not drawn of none', () => {
    expect(drawn([point(45, 5), point(null, null)])).toContain('Of unknown position: 1.');
    expect(pointMap(visit, 'Places', [point(null, null)])).toBeNull();
  });

  it('draws points of one spot, numbers those of a list, and escapes what files say', () => {
    const svg = drawn([point(45, 5, { number: 1, label: '<script>' }), point(45, 5, { number: 2 })]);
    expect(centres(svg)).toEqual([[160, 60], [160, 60]]);
    expect(svg).toContain('<title>&lt;script&gt;</title>');
    expect(svg).toMatch(/>2<\/text>/);
    expect(svg).not.toContain('NaN');
  });
});
