// What anybody may see and keep: a statement binds only when copies of it are in hands that are not ours.
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, countIn, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor } from '#libs/http';
import { localDate, reject } from '#libs/kernel';
import type { SignedStatement } from '../state-coverage/coverage-text.js';
import { ListCoverage, ShowCoverageOfDay } from './show-coverage.query.js';

const day = z.iso.date().transform(localDate);
const param = z.strictObject({ day });
const statement = z.strictObject({
  number: z.int(), previous: z.string().nullable().describe('hash of the statement before'), day: z.string(),
  final: z.boolean().describe('false: of the day that runs, up to the moment that it names'),
  content: z.string().describe('canonical JSON, exactly as it was hashed and signed'), sha256: z.string(), keyId: z.string(),
  signature: z.string().describe('Ed25519 over the bytes of content, base64; the key is at /audit/keys'),
});

@Controller('audit/coverage')
export class ShowCoverageController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Signed statements of coverage, the newest first', who: 'anyone', query: pageQuery, answer: pageAnswer(statement) })
  async list(@Query() query: unknown) {
    const { limit, cursor } = parse(pageQuery, query);
    const [below] = cursor ? readCursor(z.tuple([countIn]), cursor) : [null];
    const rows = await this.queries.execute(new ListCoverage(limit + 1, below));
    return pageOf(rows, limit, ({ number }) => [number], (row: SignedStatement) => row);
  }

  @Get(':day')
  @Api({
    summary: 'What the banks stated against everything owed, on a day: today\'s newest, or that of a day that is over', who: 'anyone', answer: statement,
    refusals: ['coverage_not_stated'],
  })
  async ofDay(@Param() of: unknown): Promise<SignedStatement> {
    const found = await this.queries.execute(new ShowCoverageOfDay(parse(param, of).day));
    if (!found) throw new Problem(reject('coverage_not_stated'));
    return found;
  }
}
