import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { RevokeDevice } from './revoke-device.command.js';

const body = z.strictObject({});
const revoked = z.strictObject({ deviceId: idText('device'), placeId: idText('place'), revokedAt: z.string().describe('instant, UTC') });

@Controller('redemption/devices/:id/revocation')
export class RevokeDeviceController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'Revoke a device for ever: a manager one of its place, the operator any. No redemption is made on it from then on',
    who: ['manager', 'operator'], body, answer: revoked, refusals: ['device_not_found'],
  })
  async revoke(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof revoked>> {
    parse(body, asked);
    const placeId = meta.caller.organisationKind === 'operator' ? null : placeOf(meta.caller);
    const outcome = await this.commands.execute(new RevokeDevice(parse(idIn('device'), id), placeId, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, deviceId: idOut('device', outcome.deviceId), placeId: idOut('place', outcome.placeId) };
  }
}
