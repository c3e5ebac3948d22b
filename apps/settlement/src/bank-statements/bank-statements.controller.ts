import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, Meta, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { BANK_FILE_BYTES_MAX } from '../limits.js';
import { ImportBankStatement } from './import-bank-statement.command.js';

const FILE_REFUSALS = [
  'bank_file_too_large', 'bank_file_format_unknown', 'bank_file_encoding_unknown', 'bank_file_encoding_wrong', 'bank_file_malformed', 'bank_file_has_dtd',
  'bank_file_too_complex', 'bank_file_not_statement', 'bank_file_version_unknown', 'bank_file_field_missing', 'bank_file_field_wrong',
];

const imported = z.strictObject({
  statements: z.array(z.strictObject({
    bankStatementId: idText('bankStatement'), bankAccountId: idText('bankAccount'),
    known: z.boolean().describe('true: it was imported before, and nothing was changed'),
    lines: z.record(z.string(), z.int()).describe('lines by kind'),
  })),
});

@Controller('settlement/bank-statements')
export class BankStatementsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'Import a statement file as the bank made it, camt.053 (application/xml) or CFONB 120 (text/plain): all of it or nothing', who: ['operator'], once: true, answer: imported,
    refusals: [
      ...FILE_REFUSALS, 'bank_account_foreign', 'currency_unsupported', 'balances_do_not_add_up',
      'bank_statement_id_reused', 'bank_statement_gap',
    ],
  })
  async import(@Body() bytes: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof imported>> {
    if (!Buffer.isBuffer(bytes)) throw new Problem('media_type_unsupported');
    if (bytes.length > BANK_FILE_BYTES_MAX) throw new Problem('body_too_large');
    const outcome = await this.commands.execute(new ImportBankStatement({ bytes }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      statements: outcome.statements.map(({ statementId, bankAccountId, ...statement }) => ({
        bankStatementId: idOut('bankStatement', idOf('bankStatement', statementId)),
        bankAccountId: idOut('bankAccount', idOf('bankAccount', bankAccountId)), ...statement, lines: { ...statement.lines },
      })),
    };
  }
}
