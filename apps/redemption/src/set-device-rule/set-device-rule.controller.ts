import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { SetDeviceRule, ShowDeviceRule, type DeviceRule } from './set-device-rule.command.js';

const body = z.strictObject({ devicesOnly: z.boolean().describe('true: who signs with no enrolled device redeems nothing') });
const answer = z.strictObject({
  placeId: idText('place'), version: z.int().describe('0 where the place never said'), devicesOnly: z.boolean(),
});

@Controller('redemption/device-rule')
export class SetDeviceRuleController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'Say whether the caller\'s place redeems on enrolled devices only', who: ['manager'], body, answer,
    refusals: ['place_not_registered', 'device_missing'],
  })
  async set(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const { devicesOnly } = parse(body, asked);
    const outcome = await this.commands.execute(new SetDeviceRule(placeOf(meta.caller), devicesOnly, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return show(outcome);
  }

  @Get()
  @Api({ summary: 'Whether the caller\'s place redeems on enrolled devices only', who: ['manager', 'till'], answer })
  async read(@Caller() caller: Principal): Promise<z.output<typeof answer>> {
    return show(await this.queries.execute(new ShowDeviceRule(placeOf(caller))));
  }
}

const show = ({ placeId, ...rule }: DeviceRule): z.output<typeof answer> => ({ placeId: idOut('place', placeId), ...rule });
