import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { sirenIn } from '#libs/sirene';
import { NameLegalBody, NameOperator, type NamedBody } from './legal-body.commands.js';

const body = z.strictObject({ legalName: textIn(140), siren: sirenIn });
const none = z.strictObject({});
const named = z.strictObject({ payeeId: idText('payee'), known: z.boolean().describe('somebody had named it, as a place, a payer or by this route') });

@Controller('settlement')
export class LegalBodiesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('legal-bodies')
  @HttpCode(201)
  @Api({
    summary: 'Name a legal body that is no place, so that the commons may give to it once two people stand behind its bank account', who: ['operator'],
    body, answer: named, status: 201, refusals: [],
  })
  async name(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof named>> {
    return show(await this.commands.execute(new NameLegalBody(parse(body, asked), meta)));
  }

  @Post('operator')
  @HttpCode(201)
  @Api({
    summary: 'Name the operator as the settings have it, so that its own bank account can be entered and its fees taken out', who: ['operator'],
    body: none, answer: named, status: 201, refusals: ['operator_not_named'],
  })
  async nameOperator(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof named>> {
    parse(none, asked);
    return show(await this.commands.execute(new NameOperator(meta)));
  }
}

function show(outcome: NamedBody | Rejected): z.output<typeof named> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { payeeId: idOut('payee', outcome.payeeId), known: outcome.known };
}
