import { describe, expect, it } from '@jest/globals';
import { isClosedTo } from './session.js';

describe('a till of a place', () => {
  it.each<[string, string | null, string | undefined, boolean]>([
    ['goes on where nobody knows who is signed in', null, 'plc_a', false],
    ['goes on for somebody of the place', 'plc_a', 'plc_a', false],
    ['is closed after a sign-out', '', 'plc_a', true],
    ['is closed to somebody of another place', 'plc_b', 'plc_a', true],
    ['is closed after a sign-out though its device was left', '', undefined, true],
    ['goes on where no device is enrolled', 'plc_a', undefined, false],
  ])('%s', (_, noted, placeId, closed) => { expect(isClosedTo(noted, placeId)).toBe(closed); });
});
