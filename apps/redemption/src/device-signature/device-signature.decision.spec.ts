import { describe, expect, it } from '@jest/globals';
import { idOf } from '#libs/kernel';
import { proofRefusal, type Proof } from './device-signature.decision.js';

const [placeId, elsewhere] = ['01', '02'].map((end) => idOf('place', `01900000-0000-7000-8000-0000000000${end}`));
const NOON = new Date('2026-03-10T12:00:00Z');
const off = (ms: number) => new Date(NOON.getTime() + ms);
const fine: Proof = { placeId: placeId!, devicePlaceId: placeId, isSigned: true, signedAt: NOON, at: NOON, skewMsMax: 1_000 };

describe('a signature of a device', () => {
  it.each<[string, Partial<Proof>, string | undefined]>([
    ['counts', {}, undefined],
    ['counts while its clock is off by no more than it may', { signedAt: off(1_000) }, undefined],
    ['counts when its clock is behind by as much', { signedAt: off(-1_000) }, undefined],
    ['does not when its clock is ahead', { signedAt: off(1_001) }, 'device_clock_skewed'],
    ['does not when its clock is behind', { signedAt: off(-1_001) }, 'device_clock_skewed'],
    ['does not when it is of something else, before its clock is looked at', { isSigned: false, signedAt: off(1_001) }, 'device_signature_invalid'],
    ['does not for another place', { devicePlaceId: elsewhere }, 'device_not_enrolled'],
    ['does not when nobody has the device, told as of another place', { devicePlaceId: undefined, isSigned: false }, 'device_not_enrolled'],
  ])('%s', (_, other, code) => {
    expect(proofRefusal({ ...fine, ...other })?.code).toBe(code);
  });
});
