import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { askedBy, Services } from '../services.js';
import { visitOf } from '../visit.js';
import { bookShape, feeBookPage } from './fee-book.page.js';

const ProgrammeParam = z.strictObject({ programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/) });

/** Of ten euros, who gets how many cents: for everybody, without an account. */
@Pages()
export class FeeBookController {
  constructor(private readonly services: Services) {}

  @Get('fees/:programmeId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { programmeId } = parse(ProgrammeParam, param);
    const visit = visitOf(request);
    const read = await this.services.getPublic(`/settlement/fee-book?programmeId=${programmeId}`, bookShape, askedBy(request));
    sendPage(reply, visit, feeBookPage(visit, programmeId, read), read.ok ? (read.value.items.length === 0 ? 404 : 200) : read.status);
  }
}
