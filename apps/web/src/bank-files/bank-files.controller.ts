import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseUpload, TakesUpload } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { problemOf, type Read } from '../services.js';
import { Acts } from '../stock/acts.js';
import type { SignedInVisit } from '../visit.js';
import { bankFileType, reportRead, statementsRead, UPLOAD_BYTES_MAX } from './bank-files.data.js';
import { bankFilesPage } from './bank-files.page.js';

const HERE = '/bank-files';
const Form = z.strictObject({ key: z.uuid() });

@Pages()
export class BankFilesController {
  constructor(private readonly acts: Acts) {}

  @Get('bank-files')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.visit(request, HERE);
    sendPage(reply, visit, bankFilesPage(visit));
  }

  /** The answer is the page itself: loading it again sends the same key and the same file, which changes nothing. */
  @Post('bank-files/statements')
  @HttpCode(200)
  @TakesUpload(UPLOAD_BYTES_MAX)
  @AllowOnly('anyone')
  async statements(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const read = await this.hand(visit, body, '/settlement/bank-statements', statementsRead);
    if (read.ok) return sendPage(reply, visit, bankFilesPage(visit, { read: read.value }));
    sendPage(reply, visit, bankFilesPage(visit, { refused: read }), read.status);
  }

  @Post('bank-files/reports')
  @HttpCode(303)
  @TakesUpload(UPLOAD_BYTES_MAX)
  @AllowOnly('anyone')
  async report(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const read = await this.hand(visit, body, '/settlement/payment-reports', reportRead);
    if (read.ok) return seeOther(reply, `/payment-reports/${read.value.reportId}`);
    sendPage(reply, visit, bankFilesPage(visit, { refused: read }), read.status);
  }

  private async hand<Schema extends z.ZodType>(
    visit: SignedInVisit, body: unknown, path: string, schema: Schema,
  ): Promise<Read<z.output<Schema>>> {
    const { fields: { key }, bytes } = parseUpload(Form, body);
    if (bytes.length === 0) return problemOf(400, 'file_missing');
    return this.acts.services.postFile(path, schema, visit.person.bearer, { bytes, type: bankFileType(bytes), key });
  }
}
