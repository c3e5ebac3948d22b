import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { readerOf } from '../reader.js';
import { LANGUAGES } from '../statements/statement-words.js';
import { attestationPdf } from './attestation-pdf.js';
import { ShowAttestation, type ShownAttestation } from './attestation.query.js';

const param = z.strictObject({ payeeId: idIn('payee') });
const fileQuery = z.strictObject({ language: z.enum(LANGUAGES).default('fr') });
const shown = z.strictObject({
  asOf: z.string(), content: z.string().describe('the attested facts as JSON; sha256 is taken of this text'), sha256: z.string(),
});
const WHO = ['operator', 'approver', 'auditor', 'manager', 'till'] as const;
const REFUSALS = ['payee_unknown', 'operator_not_named', 'payee_incomplete'];

@Controller('settlement/payees/:payeeId/attestation')
export class AttestationController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'How a public body is reimbursed, as facts of today: accounts, delays promised and measured, commission; a place asks for its own payee',
    who: [...WHO], answer: shown, refusals: REFUSALS,
  })
  async facts(@Param() of: unknown, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    const { facts: { asOf }, content, sha256 } = await this.read(of, caller);
    return { asOf, content, sha256 };
  }

  @Get('file')
  @Api({ summary: 'The same as a document for its public accountant (PDF)', who: [...WHO], query: fileQuery, refusals: REFUSALS })
  async file(@Param() of: unknown, @Query() asked: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const { language } = parse(fileQuery, asked);
    const attestation = await this.read(of, caller);
    const bytes = attestationPdf(attestation, language);
    const name = `attestation-${idOut('payee', parse(param, of).payeeId)}-${attestation.facts.asOf}.pdf`;
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `attachment; filename="${name}"`, length: bytes.length });
  }

  private async read(of: unknown, caller: Principal): Promise<ShownAttestation> {
    const outcome = await this.queries.execute(new ShowAttestation(readerOf(caller), parse(param, of).payeeId));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}
