import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { placeOf as pageStartOf } from '../id-cursor.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import type { DeviceView } from './device-view.store.js';
import { ListDevices } from './show-devices.query.js';

const query = pageQuery.extend({ placeId: idIn('place').optional().describe('for the operator and auditors; a manager sees its own place') });
const shown = z.strictObject({
  deviceId: idText('device'), placeId: idText('place'), name: z.string(), curve: z.string().describe('Ed25519 or P-256'),
  enrolledAt: z.string().describe('instant, UTC'), revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable().describe('of the last request that it signed, told each second'),
});

@Controller('redemption/devices')
export class ShowDevicesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Enrolled devices, revoked ones too, newest first', who: ['manager', 'operator', 'auditor'], query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, placeId = null } = parse(query, asked);
    const seen = caller.organisationKind === 'place' ? placeOf(caller) : placeId;
    const rows = await this.queries.execute(new ListDevices({ before: pageStartOf('device', cursor), rowsMax: limit + 1, placeId: seen }));
    return pageOf(rows, limit, ({ deviceId }) => [deviceId], show);
  }
}

const show = ({ deviceId, placeId, enrolledAt, revokedAt, lastUsedAt, ...device }: DeviceView): z.output<typeof shown> => ({
  ...device, deviceId: idOut('device', deviceId), placeId: idOut('place', placeId), enrolledAt: enrolledAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null, lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
