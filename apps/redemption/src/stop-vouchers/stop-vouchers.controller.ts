import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { STOP_REASONS } from '#libs/contracts';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { assert, idOf, isRejected, type DistributorId } from '#libs/kernel';
import { parseSerial, type SerialParts } from '#libs/keys';
import { STOP_SERIALS_MAX } from '../limits.js';
import { StopVouchers, type Which } from './stop-vouchers.command.js';

const index = z.int().min(0).max(2_147_483_647);
const body = z.strictObject({
  batchId: idIn('batch'),
  first: index.optional(),
  last: index.optional(),
  serials: z.array(z.string().max(80)).min(1).max(STOP_SERIALS_MAX).optional().describe('as printed on the vouchers'),
  reason: z.enum(STOP_REASONS),
}).refine(({ first, last, serials }) => (serials ? first === undefined && last === undefined : first !== undefined && last !== undefined),
  'give either first and last or serials');
const stopped = z.strictObject({
  stopId: idText('stop'), batchId: idText('batch'), ranges: z.array(z.strictObject({ first: z.int(), last: z.int() })), count: z.int(),
  stoppedAt: z.string().describe('instant, UTC'),
});

@Controller('redemption/stops')
export class StopVouchersController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Make vouchers of a batch unusable from now on, by their range (indices from 0, both included) or by serials: the operator any, a distributor what it had last',
    who: ['operator', 'distributor'], body, answer: stopped, status: 201,
    refusals: ['batch_not_found', 'range_outside_batch', 'serial_not_in_batch', 'range_not_held'],
  })
  async stop(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof stopped>> {
    const { batchId, reason, ...which } = parse(body, asked);
    const outcome = await this.commands.execute(new StopVouchers(batchId, whichOf(which), reason, stopperOf(meta), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, ranges: [...outcome.ranges], stopId: idOut('stop', outcome.stopId), batchId: idOut('batch', batchId) };
  }
}

function stopperOf({ caller: { organisationKind, partyId } }: HttpMeta): DistributorId | null {
  if (organisationKind !== 'distributor') return null;
  assert(partyId, 'a member of a distributor without a distributor');
  return idOf('distributor', partyId);
}

type Asked = Readonly<{ first?: number | undefined; last?: number | undefined; serials?: readonly string[] | undefined }>;

const whichOf = ({ first, last, serials }: Asked): Which =>
  (serials ? { serials: serials.map(serialAt) } : { range: { first: first!, last: last! } });

function serialAt(text: string, at: number): SerialParts {
  const serial = parseSerial(text);
  if (!isRejected(serial)) return serial;
  throw new Problem('request_malformed', [{ path: `serials[${at}]`, message: 'this is no serial: a character is missing or wrong' }]);
}
