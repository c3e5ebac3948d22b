import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { enrolmentText, isSignedBy, jwkOf, keyOf, publicKeyIn } from '../device-signature/device-key.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { TILL_DOOR_REFUSALS } from '../refusals.js';
import { TillGuard } from '../till-limits/till-guard.js';
import { EnrolDevice, OpenEnrolment, type NewDevice } from './enrol-device.command.js';
import { EnrolmentCodes, enrolmentHashOf, printEnrolmentCode, readEnrolmentCode } from './enrolment-code.js';

const nothing = z.strictObject({});
const opened = z.strictObject({
  enrolmentId: idText('enrolment'), code: z.string().describe('XXXX-XXXX-XXXX-XXXX: to be entered on the device, once'),
  expiresAt: z.string().describe('instant, UTC'),
});
const body = z.strictObject({
  code: z.string().max(100).describe('as the manager got it; dashes and small letters do not matter'),
  name: textIn(100).describe('what people call the device'),
  publicKey: publicKeyIn,
  proof: z.string().regex(/^[A-Za-z0-9_-]{86}$/, 'expected 64 bytes in base64url')
    .describe('base64url: signature by the key over the two lines mereau-device-enrolment-1 and the code without dashes, in capitals'),
});
const enrolled = z.strictObject({ deviceId: idText('device'), placeId: idText('place'), name: z.string(), enrolledAt: z.string() });

@Controller('redemption')
export class EnrolDeviceController {
  constructor(private readonly commands: CommandBus, private readonly codes: EnrolmentCodes, private readonly guard: TillGuard) {}

  @Post('device-enrolments')
  @HttpCode(201)
  @Api({
    summary: 'Get a code that enrols one device of the caller\'s place within 15 minutes', who: ['manager'], body: nothing, answer: opened,
    status: 201, refusals: ['place_not_registered'],
  })
  async open(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof opened>> {
    parse(nothing, asked);
    const outcome = await this.commands.execute(new OpenEnrolment(placeOf(meta.caller), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { enrolmentId, expiresAt } = outcome;
    return { enrolmentId: idOut('enrolment', enrolmentId), code: printEnrolmentCode(this.codes.codeOf(enrolmentId)), expiresAt };
  }

  @Post('devices')
  @HttpCode(201)
  @Api({
    summary: 'Enrol this device by a code of the manager, with the public half of its own key', who: ['till'], body, answer: enrolled, status: 201,
    refusals: [
      ...TILL_DOOR_REFUSALS, 'enrolment_not_found', 'enrolment_used', 'enrolment_expired', 'device_key_taken', 'devices_too_many',
    ],
  })
  async enrol(@Body() asked: unknown, @Meta() meta: HttpMeta, @Req() request: FastifyRequest): Promise<z.output<typeof enrolled>> {
    const till = await this.guard.admit(meta.caller, request);
    const outcome = await this.commands.execute(new EnrolDevice({ placeId: till.placeId, ...deviceOf(asked) }, meta));
    this.guard.note(till, [outcome]);
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, deviceId: idOut('device', outcome.deviceId), placeId: idOut('place', outcome.placeId) };
  }
}

/** From here on nobody holds the code. */
function deviceOf(asked: unknown): Omit<NewDevice, 'placeId'> {
  const { code: typed, name, publicKey, proof } = parse(body, asked);
  const code = readEnrolmentCode(typed);
  if (code === undefined) throw malformed('code', 'a code has 16 characters');
  const jwk = jwkOf(publicKey);
  const key = keyOf(jwk);
  if (!key) throw malformed('publicKey', 'not a point of its curve');
  const isProved = isSignedBy(key, enrolmentText(code), Buffer.from(proof, 'base64url'));
  return { codeHash: enrolmentHashOf(code), name, jwk, isProved };
}

const malformed = (path: string, message: string) => new Problem('request_malformed', [{ path, message }]);
