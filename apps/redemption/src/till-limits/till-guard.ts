// What every route of a till asks before it does anything: may this caller try now, and does a device of its place sign? And
// tells after: what became of it. A route that is not Nest's calls it as one that is.
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#libs/auth';
import { Problem } from '#libs/http';
import { isRejected, reject, type PlaceId } from '#libs/kernel';
import { isSignedBy } from '../device-signature/device-key.js';
import type { DeviceKeys } from '../device-signature/device-keys.js';
import { proofRefusal } from '../device-signature/device-signature.decision.js';
import { signedRequestOf, type SignedRequest } from '../device-signature/read-proof.js';
import { DEVICE_SKEW_MS_MAX } from '../limits.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import type { RefusalCode } from '../refusals.js';
import type { DeviceUses } from './device-uses.js';
import type { Till, TillLimits } from './till-limits.js';

/** Who is refused with these may be guessing. */
const GUESSES: readonly string[] = ['voucher_not_found', 'enrolment_not_found'] satisfies RefusalCode[];

export type TillGuardParts = Readonly<{ limits: TillLimits; keys: Pick<DeviceKeys, 'find'>; uses: DeviceUses; nowMs: () => number }>;

export class TillGuard {
  constructor(private readonly parts: TillGuardParts) {}

  /**
   * Throws a 403 Problem for a caller of no place and for a signature that is none, and 429 for who was refused too often: before
   * anything is stored. Whether the device was revoked, or had to sign, is decided with the redemption.
   */
  async admit(caller: Principal, request: FastifyRequest): Promise<Till> {
    const place: Till = { placeId: placeOf(caller) };
    // The place first: nobody can use up the attempts of a device without its key.
    this.stopWhoWaits(place);
    const signed = signedRequestOf(request);
    if (!signed) return place;
    const refusal = await this.refusalOf(place.placeId, signed);
    if (refusal) {
      this.note(place, [refusal]);
      throw new Problem(refusal);
    }
    const till: Till = { ...place, deviceId: signed.deviceId };
    this.stopWhoWaits(till);
    this.parts.uses.note({ deviceId: signed.deviceId, usedAtMs: this.parts.nowMs() });
    return till;
  }

  /** One question of a till from admission to the note of what it was told. What `ask` throws is no answer, and not noted. */
  async around<Told>(caller: Principal, request: FastifyRequest, ask: (till: Till) => Promise<Told>): Promise<Told> {
    const till = await this.admit(caller, request);
    const told = await ask(till);
    this.note(till, [told]);
    return told;
  }

  /** The answers to one request, in any order. */
  note(till: Till, answers: readonly unknown[]): void {
    const refusals = answers.filter(isRejected);
    const unknown = refusals.filter(({ code }) => GUESSES.includes(code)).length;
    this.parts.limits.count(till, { refused: refusals.length, unknown });
  }

  private stopWhoWaits(till: Till): void {
    const retryAfterSeconds = this.parts.limits.secondsToWait(till);
    if (retryAfterSeconds > 0) throw new Problem(reject('too_many_attempts' satisfies RefusalCode, { retryAfterSeconds }));
  }

  private async refusalOf(placeId: PlaceId, { deviceId, signedAt, text, signature }: SignedRequest) {
    const device = await this.parts.keys.find(deviceId);
    const isOwn = device?.placeId === placeId;
    return proofRefusal({
      placeId, devicePlaceId: device?.placeId, isSigned: isOwn && isSignedBy(device.key, text, signature), signedAt,
      at: new Date(this.parts.nowMs()), skewMsMax: DEVICE_SKEW_MS_MAX,
    });
  }
}

/** What the till asks, with the device that signed it. */
export const signedOn = <Attempt extends object>(attempt: Attempt, { deviceId }: Till): Attempt & Pick<Till, 'deviceId'> =>
  (deviceId ? { ...attempt, deviceId } : attempt);
