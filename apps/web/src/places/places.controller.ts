import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { askedBy, Services } from '../services.js';
import { WebSettings } from '../settings.js';
import { visitOf } from '../visit.js';
import { placesShape } from './places.data.js';
import { placesPage } from './places.page.js';

const PlacesQuery = z.object({
  where: z.string().trim().max(100).default(''), programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/).optional(),
});

/** Public: where vouchers are taken, by commune or postal code. */
@Pages()
export class PlacesController {
  constructor(private readonly services: Services, private readonly settings: WebSettings) {}

  @Get('places')
  @AllowOnly('anyone')
  async find(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { where, programmeId } = parse(PlacesQuery, query);
    const visit = visitOf(request);
    const wanted = new URLSearchParams({ ...(where && { where }), ...(programmeId && { programmeId }) });
    const places = await this.services.getPublic(`/redemption/accredited-places?${wanted}`, placesShape, askedBy(request));
    sendPage(reply, visit, placesPage(visit, places, { where, programmeId, help: this.settings.help }), places.ok ? 200 : places.status);
  }
}
