import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { idIn, parse } from '#libs/http';
import { statementsShape } from '../coverage/coverage.data.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { visitOf } from '../visit.js';
import { checkpointShape, releasesShape } from './figures.data.js';
import { figuresPage, programmePage } from './figures.page.js';

const ProgrammeParam = z.strictObject({ programmeId: idIn('programme') });

/** Public: what each programme did, month by month, as it was signed. */
@Pages()
export class FiguresController {
  constructor(private readonly services: Services) {}

  @Get('figures')
  @AllowOnly('anyone')
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = visitOf(request);
    const releases = await this.services.getPublic('/audit/open-data/months?limit=1', releasesShape);
    sendPage(reply, visit, figuresPage(visit, releases), releases.ok ? 200 : releases.status);
  }

  @Get('figures/:programmeId')
  @AllowOnly('anyone')
  async ofProgramme(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { programmeId } = parse(ProgrammeParam, param);
    const visit = visitOf(request);
    const [releases, coverage, checkpoint] = await Promise.all([
      this.services.getPublic('/audit/open-data/months?limit=12', releasesShape),
      this.services.getPublic('/audit/coverage?limit=1', statementsShape),
      this.services.getPublic('/audit/checkpoints/latest', checkpointShape),
    ]);
    const page = programmePage(visit, programmeId, { releases, coverage, checkpoint });
    sendPage(reply, visit, page.content, releases.ok ? page.status : releases.status);
  }
}
