import { describe, expect, it } from '@jest/globals';
import { idOf, isRejected } from '#libs/kernel';
import { decideDevice, type Wanted } from './enrol-device.decision.js';

const uuid = (end: string) => `01900000-0000-7000-8000-0000000000${end}`;
const [placeId, elsewhere] = [idOf('place', uuid('01')), idOf('place', uuid('02'))];
const NOON = new Date('2026-03-10T12:00:00Z');
const enrolment = { enrolmentId: idOf('enrolment', uuid('03')), placeId, expiresAt: NOON, isUsed: false };
const fine: Wanted = { enrolment, placeId, isProved: true, isKeyTaken: false, deviceCount: 0, deviceCountMax: 2, at: NOON };

describe('a device', () => {
  it.each<[string, Partial<Wanted>, string]>([
    ['is enrolled by a code, to its last moment', {}, 'enrolled'],
    ['is not by a code that nobody made', { enrolment: undefined }, 'enrolment_not_found'],
    ['is not by a code of another place, whatever else is wrong', { placeId: elsewhere, isProved: false, isKeyTaken: true }, 'enrolment_not_found'],
    ['is not by a code that was used', { enrolment: { ...enrolment, isUsed: true } }, 'enrolment_used'],
    ['is not by a code that has run out', { at: new Date(NOON.getTime() + 1) }, 'enrolment_expired'],
    ['is not without the private half of its key', { isProved: false }, 'device_signature_invalid'],
    ['is not with the key of another device', { isKeyTaken: true }, 'device_key_taken'],
    ['is the last one that a place may have', { deviceCount: 1 }, 'enrolled'],
    ['is not one more than that', { deviceCount: 2 }, 'devices_too_many'],
  ])('%s', (_, other, word) => {
    const decided = decideDevice({ ...fine, ...other });
    expect(isRejected(decided) ? decided.code : 'enrolled').toBe(word);
  });
});
