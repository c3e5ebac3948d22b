import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { reject, type DeviceId } from '#libs/kernel';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { OFFLINE_CAPTURED_WITHIN_HOURS, OFFLINE_CODES_PER_DEVICE_DAY_MAX } from '../limits.js';
import { lineOf, redeemedLine, refusedLine } from '../redeem-session/redeem-session.receipt.js';
import { tillKeyOf } from '../redeem-voucher/redeem-voucher.request.js';
import { TILL_DOOR_REFUSALS, type RefusalCode } from '../refusals.js';
import { Collector } from '../till/collector.js';
import type { RedemptionAnswer } from '../till/fold-batch.decision.js';
import { TillGuard } from '../till-limits/till-guard.js';
import { OfflineKeys } from './offline-keys.js';
import { ReceiveCaptures } from './receive-captures.command.js';
import { OFFLINE_REFUSALS } from './refusals.js';
import { CaptureReader, redeemOfflineBody, type SentCapture } from './redeem-offline.request.js';

const key = z.strictObject({
  keyId: z.string(),
  publicKey: z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  codesPerDeviceDayMax: z.int(), capturedWithinHours: z.int(),
});
const id = z.string().describe('of the capture, as it was sent');
const receipt = z.strictObject({
  lines: z.array(z.discriminatedUnion('outcome', [redeemedLine.extend({ id }), refusedLine.extend({ id })])),
  redeemedCount: z.int(), refusedCount: z.int(),
});

/**
 * Vouchers that a device captured without a network. Until they come here they are pending, on the device only; here each is
 * redeemed or refused, by the decision and through the queue of every redemption. What was confirmed is never taken back; of
 * captures the first that is received wins; the place bears what it rendered for one that is refused.
 */
@Controller('redemption')
export class RedeemOfflineController {
  constructor(
    private readonly collector: Collector, private readonly guard: TillGuard, private readonly keys: OfflineKeys,
    private readonly reader: CaptureReader, private readonly commands: CommandBus,
  ) {}

  @Get('offline-key')
  @Api({ summary: 'The key that codes captured without a network are sealed to, and how many may wait for how long', who: ['till'], answer: key })
  key(): z.output<typeof key> {
    return {
      ...this.keys.current(), codesPerDeviceDayMax: OFFLINE_CODES_PER_DEVICE_DAY_MAX, capturedWithinHours: OFFLINE_CAPTURED_WITHIN_HOURS,
    };
  }

  @Post('offline-redemptions')
  @HttpCode(200)
  @Api({
    summary: 'Redeem what an enrolled device captured without a network: each capture for itself, the first received wins, '
      + 'nothing that was confirmed is taken back, and the place bears what is refused',
    who: ['till'], body: redeemOfflineBody, answer: receipt, refusals: [...TILL_DOOR_REFUSALS, 'place_not_registered', ...OFFLINE_REFUSALS],
    headers: DEVICE_HEADERS,
  })
  async redeem(@Body() body: unknown, @Meta() meta: HttpMeta, @Req() request: FastifyRequest): Promise<z.output<typeof receipt>> {
    const till = await this.guard.admit(meta.caller, request);
    const { placeId, deviceId } = till;
    if (!deviceId) throw new Problem(reject('device_not_enrolled' satisfies RefusalCode));
    tillKeyOf(meta.key);
    const asked = parse(redeemOfflineBody, body);
    const captures = await this.reader.read(asked, { placeId, deviceId, correlationId: meta.correlationId });
    const answers = await this.answersTo(captures, deviceId, meta);
    this.guard.note(till, [...answers.values()]);
    const lines = asked.captures.map(({ id: sent }) => ({ id: sent, ...lineOf(sent as SentCapture['id'], answers.get(sent as SentCapture['id'])!) }));
    const redeemedCount = lines.filter(({ outcome }) => outcome === 'redeemed').length;
    return { lines, redeemedCount, refusedCount: lines.length - redeemedCount };
  }

  private async answersTo(captures: readonly SentCapture[], deviceId: DeviceId, meta: HttpMeta) {
    const refused = await this.commands.execute(new ReceiveCaptures(deviceId, captures, meta));
    const decided = captures.filter(({ id: capture }) => !refused.has(capture));
    const answers = await this.collector.submitAll(decided.map(({ attempt }) => attempt));
    return new Map<SentCapture['id'], RedemptionAnswer>([...refused, ...decided.map(({ id: capture }, at) => [capture, answers[at]!] as const)]);
  }
}
