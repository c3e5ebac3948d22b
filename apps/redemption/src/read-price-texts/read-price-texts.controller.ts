import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { Api, parse } from '#libs/http';
import { toWire } from '#libs/kernel';
import { PRICE_TEXT_LENGTH_MAX, PRICE_TEXTS_MAX } from '../limits.js';
import { PRICE_KINDS, PRICE_OUTCOMES, PRICE_UNITS, readPriceText, reportOf, type PriceReading } from './price-text.decision.js';

const body = z.strictObject({ texts: z.array(z.string().max(PRICE_TEXT_LENGTH_MAX)).min(1).max(PRICE_TEXTS_MAX).describe('as places wrote them, in French') });
const statement = z.strictObject({
  kind: z.enum(PRICE_KINDS), priceCentsMin: z.int().nullable(), priceCentsMax: z.int().nullable(),
  unit: z.enum(PRICE_UNITS).nullable().describe('null: the text does not say'), beforeTax: z.boolean(), words: z.string(),
});
const answer = z.strictObject({
  report: z.strictObject({ understood: z.int(), understoodInPart: z.int(), notUnderstood: z.int() }),
  readings: z.array(z.strictObject({ outcome: z.enum(PRICE_OUTCOMES), statements: z.array(statement) })).describe('in the order of the texts'),
});

/** What published files say of prices is text. It is read and shown, and becomes no tariff: that only its place declares. */
@Controller('redemption/price-texts')
export class ReadPriceTextsController {
  @Post('readings')
  @HttpCode(200)
  @Api({
    summary: 'Read price texts of the national directory as far as they are sure; keeps nothing', who: ['operator', 'auditor'], body, answer,
    once: false,
  })
  read(@Body() asked: unknown): z.output<typeof answer> {
    const readings = parse(body, asked).texts.map(readPriceText);
    const report = reportOf(readings);
    return {
      report: { understood: report.understood, understoodInPart: report.understood_in_part, notUnderstood: report.not_understood },
      readings: readings.map(show),
    };
  }
}

const show = ({ outcome, statements }: PriceReading) => ({
  outcome,
  statements: statements.map(({ kind, min, max, unit, beforeTax, words }) => ({
    kind, priceCentsMin: min === null ? null : toWire(min), priceCentsMax: max === null ? null : toWire(max), unit, beforeTax, words,
  })),
});
