import { describe, expect, it } from '@jest/globals';
import { Sightings } from './camera.js';

describe('a voucher before the camera', () => {
  it('is told once while it stays there, however long each picture takes to read', () => {
    const seen = new Sightings();
    expect([seen.isNew('A', 1_000, 6_000), seen.isNew('A', 6_150, 11_000), seen.isNew('A', 11_150, 11_200)]).toEqual([true, false, false]);
  });

  it('is told again when it comes back after three seconds, and another one at once', () => {
    const seen = new Sightings();
    expect([seen.isNew('A', 1_000, 1_050), seen.isNew('B', 1_200, 1_250), seen.isNew('B', 4_300, 4_350)]).toEqual([true, true, true]);
    expect(seen.isNew('B', 7_300, 7_350)).toBe(false);
  });
});
