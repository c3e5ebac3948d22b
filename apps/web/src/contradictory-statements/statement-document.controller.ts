import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { Pages } from '../page.decorator.js';
import { passFile } from '../pass-file.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';

const Param_ = z.strictObject({ statementId: z.string().regex(/^cst_[0-9a-f-]{36}$/), format: z.enum(['csv', 'pdf']) });

/** The very bytes that are signed, and what shows them on paper. */
@Pages()
export class StatementDocumentController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('contradictory-statements/:statementId/document/:format')
  @AllowOnly('anyone')
  async document(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { statementId, format } = parse(Param_, param);
    const { bearer } = await this.sessions.person(request);
    await passFile(reply, await this.services.pass(`/issuance/contradictory-statements/${statementId}/document?format=${format}`, bearer));
  }
}
