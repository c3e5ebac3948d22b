// What a device sends of the time without a network: each capture sealed by itself, with the moment of its service.
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Problem } from '#libs/http';
import { cents, dayIn as dayOf, idOf, isUuidV7, reject, type DeviceId, type PlaceId } from '#libs/kernel';
import { OFFLINE_CAPTURES_MAX } from '../limits.js';
import { CodeHasher } from '../redeem-voucher/code-hasher.js';
import { declaredOf, serviceFields, voucherFields } from '../redeem-voucher/redeem-voucher.request.js';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import type { TillAttempt } from '../till/fold-batch.decision.js';
import { timeZoneOf } from './capture.store.js';
import { OfflineKeys } from './offline-keys.js';
import { byCapture, type Capture } from './receive-captures.decision.js';

const base64url = (bytes: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`), `expected ${bytes} bytes in base64url`);
const sealed = z.strictObject({
  keyId: z.string().max(40),
  ephemeralKey: base64url(65).describe('base64url: point on P-256, uncompressed'),
  iv: base64url(12),
  ciphertext: z.string().regex(/^[A-Za-z0-9_-]{24,128}$/, 'expected base64url').describe('base64url: AES-256-GCM over the 18 characters of the code, with its tag'),
});
const { code: _, ...besides } = voucherFields;
const { serviceDate: __, ...service } = serviceFields;
const capture = z.strictObject({
  id: z.string().refine(isUuidV7, 'expected a UUIDv7').describe('drawn by the device; becomes the redemption\'s id'),
  // A year that the database has no day of would be a fault of ours.
  capturedAt: z.iso.datetime().refine((text) => text >= '2020', 'expected a moment of this century').describe('instant, UTC, by the device\'s clock: the service is of this day'),
  sealed, ...besides, ...service,
});
export const redeemOfflineBody = z.strictObject({
  captures: z.array(capture).min(1).max(OFFLINE_CAPTURES_MAX)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'expected each id once')
    .describe('decided in the order of capture, answered in this order'),
});

export type SentCapture = Capture & Readonly<{ attempt: TillAttempt }>;
type From = Readonly<{ placeId: PlaceId; deviceId: DeviceId; correlationId: string }>;
type SentBody = z.output<typeof redeemOfflineBody>['captures'][number];

/** Opens what was sent. After it nobody holds a code; the attempt of one that cannot be read names no voucher. */
@Injectable()
export class CaptureReader {
  constructor(private readonly keys: OfflineKeys, private readonly hasher: CodeHasher, private readonly work: RedemptionWork) {}

  /** In the order of capture. Throws a Problem for a place that is not registered: its days are counted nowhere. */
  async read({ captures }: z.output<typeof redeemOfflineBody>, from: From): Promise<SentCapture[]> {
    const timeZone = await timeZoneOf(this.work.client, from.placeId);
    if (timeZone === undefined) throw new Problem(reject('place_not_registered' satisfies RefusalCode));
    return captures.map((sent) => this.readOne(sent, from, timeZone)).sort(byCapture);
  }

  private readOne(sent: SentBody, from: From, timeZone: string): SentCapture {
    const { id: text, capturedAt: moment, sealed: seal, amountCents, coPaymentCents, ...said } = sent;
    const [id, capturedAt] = [idOf('redemption', text), new Date(moment)];
    const serviceDay = dayOf(timeZone, capturedAt);
    const code = this.keys.open({ id: text, capturedAt: moment, sealed: seal });
    const attempt: TillAttempt = {
      ...from, redemptionId: id, codeMacs: code === undefined ? [] : this.hasher.macsOf(code), serviceDate: serviceDay, capturedAt,
      ...(amountCents !== undefined && { amount: amountCents }), coPayment: cents(coPaymentCents), declared: declaredOf(said),
    };
    return { id, capturedAt, serviceDay, isReadable: code !== undefined, attempt };
  }
}
