import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { WebSettings } from '../settings.js';
import { visitOf } from '../visit.js';
import { accessibilityPage, helpPage } from './help.page.js';

@Pages()
export class HelpController {
  constructor(private readonly settings: WebSettings) {}

  @Get('help')
  @AllowOnly('anyone')
  help(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, helpPage(visit, this.settings.help));
  }

  @Get('accessibility')
  @AllowOnly('anyone')
  accessibility(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, accessibilityPage(visit, this.settings.help));
  }
}
