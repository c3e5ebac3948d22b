import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type HttpMeta, type Page,
} from '#libs/http';
import { isRejected } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { PRINTER_KEY_CHARACTERS_MAX } from '../limits.js';
import { ListPrinterKeys, RegisterPrinterKey, WithdrawPrinterKey } from './register-printer-key.command.js';

const body = z.strictObject({
  name: textIn(200).describe('the printer'),
  publicKey: z.string().min(1).max(PRINTER_KEY_CHARACTERS_MAX).describe('OpenPGP, armored, as gpg --armor --export writes it'),
});
const registered = z.strictObject({ printerKeyId: idText('printerKey'), fingerprint: z.string().describe('have the printer read it out') });
const withdrawn = z.strictObject({ printerKeyId: idText('printerKey') });
const shown = z.strictObject({
  printerKeyId: idText('printerKey'), name: z.string(), fingerprint: z.string(), registeredAt: z.string(), withdrawnAt: z.string().nullable(),
});

@Controller('issuance/printer-keys')
export class RegisterPrinterKeyController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Register the public key of a printer; codes as lines leave encrypted from here on', who: ['operator'],
    freshSecondFactor: true, body, answer: registered, status: 201, refusals: ['printer_key_not_usable', 'printer_key_exists'],
  })
  async register(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof registered>> {
    const { name, publicKey } = parse(body, asked);
    const outcome = await this.commands.execute(new RegisterPrinterKey(name, publicKey, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, printerKeyId: idOut('printerKey', outcome.printerKeyId) };
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Api({ summary: 'Encrypt nothing to this key any more', who: ['operator'], answer: withdrawn, refusals: ['printer_key_not_found'] })
  async withdraw(@Param('id') id: string, @Meta() meta: HttpMeta): Promise<z.output<typeof withdrawn>> {
    const outcome = await this.commands.execute(new WithdrawPrinterKey(parse(idIn('printerKey'), id), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { printerKeyId: idOut('printerKey', outcome.printerKeyId) };
  }

  @Get()
  @Api({ summary: 'Keys of printers, in the order of their registration', who: ['operator', 'auditor'], query: pageQuery, answer: pageAnswer(shown) })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListPrinterKeys(placeOf('printerKey', cursor), limit + 1));
    return pageOf(rows, limit, ({ printerKeyId }) => [printerKeyId], ({ printerKeyId, registeredAt, withdrawnAt, ...row }) => ({
      ...row, printerKeyId: idOut('printerKey', printerKeyId), registeredAt: registeredAt.toISOString(), withdrawnAt: withdrawnAt?.toISOString() ?? null,
    }));
  }
}
