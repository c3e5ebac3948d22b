import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';
import { z } from 'zod';
import {
  Api, dayIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type HttpMeta, type Page,
} from '#libs/http';
import { cents, idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { FACE_CENTS_MAX } from '../limits.js';
import { ON_EXPIRY } from '../on-expiry.decision.js';
import type { ProgrammeRule } from '../programme.store.js';
import { ListProgrammes, PublishProgramme, PublishRule, type Published } from './publish-programme.command.js';

const ibanIn = z.string().trim().max(42).transform((text) => electronicFormatIBAN(text) ?? '')
  .refine((iban) => isValidIBAN(iban), 'expected an IBAN');
const bicIn = z.string().trim().max(11).transform((text) => text.toUpperCase())
  .refine((bic) => isValidBIC(bic), 'expected a BIC of 8 or 11 characters');
const rule = {
  name: textIn(200),
  faceCents: z.int().positive().max(FACE_CENTS_MAX).transform(cents),
  usableUntil: dayIn,
  claimableUntil: dayIn,
  onExpiry: z.enum(ON_EXPIRY).default('refund').describe('what becomes of value that expires unused'),
  /** The custody account, as payers write it on their transfer. */
  creditor: z.strictObject({ name: textIn(140), iban: ibanIn, bic: bicIn.nullable().default(null) }),
};
const claimsAfterUse = ({ usableUntil, claimableUntil }: { usableUntil: string; claimableUntil: string }) =>
  claimableUntil >= usableUntil;
const wrongDates = { path: ['claimableUntil'], message: 'expected a day on or after usableUntil' };
const programmeBody = z.strictObject({ ...rule, kind: z.enum(['unit', 'balance']), custodyAccountId: idIn('bankAccount') })
  .refine(claimsAfterUse, wrongDates);
const ruleBody = z.strictObject(rule).refine(claimsAfterUse, wrongDates);
const published = z.strictObject({ programmeId: idText('programme'), ruleVersion: z.int() });
const shown = z.strictObject({
  programmeId: idText('programme'), ruleVersion: z.int(), name: z.string(), kind: z.enum(['unit', 'balance']),
  faceCents: z.int(), currency: z.literal('EUR'), usableUntil: z.string(), claimableUntil: z.string(),
  onExpiry: z.enum(ON_EXPIRY),
  custodyAccountId: idText('bankAccount'),
});

@Controller('issuance/programmes')
export class PublishProgrammeController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish a programme with its first rules', who: ['operator'], body: programmeBody, answer: published, status: 201,
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const { kind, custodyAccountId, faceCents, ...text } = parse(programmeBody, asked);
    const command = new PublishProgramme({ kind, custodyAccountId }, { ...text, face: faceCents }, meta);
    return answer(await this.commands.execute(command));
  }

  @Post(':id/rules')
  @HttpCode(201)
  @Api({
    summary: 'Publish the next version of a programme\'s rules, for orders from now on', who: ['operator'], body: ruleBody,
    answer: published, status: 201, refusals: ['programme_not_found'],
  })
  async revise(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const { faceCents, ...text } = parse(ruleBody, asked);
    const command = new PublishRule(parse(idIn('programme'), id), { ...text, face: faceCents }, meta);
    return answer(await this.commands.execute(command));
  }

  @Get()
  @Api({
    summary: 'Programmes with the rules in force, newest first', who: ['payer', 'operator', 'auditor'],
    query: pageQuery, answer: pageAnswer(shown),
  })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListProgrammes(placeOf('programme', cursor), limit + 1));
    return pageOf(rows, limit, ({ programmeId }) => [programmeId], show);
  }
}

function answer(outcome: Published | Rejected): z.output<typeof published> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { programmeId: idOut('programme', outcome.programmeId), ruleVersion: outcome.ruleVersion };
}

const show = ({ programmeId, version, name, kind, face, usableUntil, claimableUntil, onExpiry, custodyAccountId }: ProgrammeRule) => ({
  programmeId: idOut('programme', programmeId), ruleVersion: version, name, kind, faceCents: toWire(face),
  currency: 'EUR' as const, usableUntil, claimableUntil, onExpiry,
  custodyAccountId: idOut('bankAccount', idOf('bankAccount', custodyAccountId)),
});
