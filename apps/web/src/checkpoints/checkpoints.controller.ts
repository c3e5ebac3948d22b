import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { visitOf } from '../visit.js';
import { checkpointsShape, keysShape } from './checkpoints.data.js';
import { checkpointsPage } from './checkpoints.page.js';

const PER_PAGE = 20;
const CheckpointsQuery = z.object({ cursor: z.string().max(400).regex(/^[\w-]*$/).optional() });

/** Public: a checkpoint proves something only in hands that are not ours. */
@Pages()
export class CheckpointsController {
  constructor(private readonly services: Services) {}

  @Get('checkpoints')
  @AllowOnly('anyone')
  async list(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { cursor } = parse(CheckpointsQuery, query);
    const visit = visitOf(request);
    const [listed, keys] = await Promise.all([
      this.services.getPublic(`/audit/checkpoints?limit=${PER_PAGE}${cursor === undefined ? '' : `&cursor=${cursor}`}`, checkpointsShape),
      this.services.getPublic('/audit/keys', keysShape),
    ]);
    sendPage(reply, visit, checkpointsPage(visit, listed, keys, cursor === undefined), listed.ok ? 200 : listed.status);
  }
}
