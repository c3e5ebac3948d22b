import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, Meta, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { BANK_FILE_BYTES_MAX } from '../limits.js';
import { ImportPayeeVerification } from './import-payee-verification.command.js';

const FILE_REFUSALS = [
  'bank_file_too_large', 'bank_file_encoding_unknown', 'bank_file_encoding_wrong', 'bank_file_malformed', 'bank_file_has_dtd',
  'bank_file_too_complex', 'bank_file_not_report', 'bank_file_version_unknown', 'bank_file_field_missing', 'bank_file_field_wrong',
];
const imported = z.strictObject({
  known: z.boolean().describe('true: it was imported before, and nothing was changed'),
  answers: z.strictObject({ match: z.int(), close_match: z.int(), no_match: z.int(), not_possible: z.int() }),
  strangers: z.int().describe('answers about no version of ours: another IBAN, or another holder than was entered'),
});

@Controller('settlement/payee-verifications')
export class PayeeVerificationsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'Import what the bank answers to a verification of payees (pain.002, application/xml); the checkers of accounts are shown it',
    who: ['operator'], once: true, answer: imported, refusals: [...FILE_REFUSALS, 'bank_file_not_verification'],
  })
  async import(@Body() bytes: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof imported>> {
    if (!Buffer.isBuffer(bytes)) throw new Problem('media_type_unsupported');
    if (bytes.length > BANK_FILE_BYTES_MAX) throw new Problem('body_too_large');
    const outcome = await this.commands.execute(new ImportPayeeVerification({ bytes }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, answers: { ...outcome.answers } };
  }
}
