import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { loadOwnPlace } from './own-place.data.js';
import { placeSheetPage } from './place-sheet.page.js';

@Pages()
export class PlaceSheetController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('place-sheet')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    sendPage(reply, visit, placeSheetPage(visit, await loadOwnPlace(this.services, visit.person.bearer)));
  }
}
