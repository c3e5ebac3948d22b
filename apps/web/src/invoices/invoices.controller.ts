import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { passFile } from '../pass-file.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { loadPapers } from './invoices.data.js';
import { invoicesPage } from './invoices.page.js';

const FILES = { pdf: 'pdf', xml: 'xml' } as const;
const InvoiceParam = z.strictObject({ placeInvoiceId: z.string().regex(/^piv_[0-9a-f-]{36}$/), format: z.enum(FILES) });
const NoteParam = z.strictObject({ debitNoteId: z.string().regex(/^dbn_[0-9a-f-]{36}$/) });

@Pages()
export class InvoicesController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('invoices')
  @AllowOnly('anyone')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    sendPage(reply, visit, invoicesPage(visit, await loadPapers(this.services, visit.person.bearer)));
  }

  @Get('invoices/:placeInvoiceId/:format')
  @AllowOnly('anyone')
  async invoice(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { placeInvoiceId, format } = parse(InvoiceParam, param);
    const { bearer } = await this.sessions.person(request);
    const asked = format === 'pdf' ? `pdf?language=${visitOf(request).language}` : format;
    await passFile(reply, await this.services.pass(`/settlement/place-invoices/${placeInvoiceId}/${asked}`, bearer));
  }

  @Get('debit-notes/:debitNoteId/pdf')
  @AllowOnly('anyone')
  async note(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { debitNoteId } = parse(NoteParam, param);
    const { bearer } = await this.sessions.person(request);
    await passFile(reply, await this.services.pass(`/settlement/debit-notes/${debitNoteId}/file?language=${visitOf(request).language}`, bearer));
  }
}
