// For everybody, without an account: what was released, signed, as JSON and as tables with their schema.
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { OpenData } from '#libs/figures';
import { Api, monthIn, parse, Problem } from '#libs/http';
import { reject, type Month } from '#libs/kernel';
import { MONTHS_LISTED_MAX, RELEASES_MAX } from '../limits.js';
import { ListReleases, ShowRelease } from './open-data.query.js';
import type { Release } from './release.store.js';
import { TABLE_NAMES, tableCsv, tableSchema, type TableName } from './tables.js';

const monthParam = z.strictObject({ month: monthIn });
const tableParam = z.strictObject({ table: z.enum(TABLE_NAMES) });
const listQuery = z.strictObject({
  before: monthIn.optional().describe('months before this one'), limit: z.coerce.number().int().min(1).max(MONTHS_LISTED_MAX).default(12),
});
const monthQuery = z.strictObject({ month: monthIn.optional() });

const release = z.strictObject({
  month: z.string(), madeAt: z.iso.datetime(), sha256: z.string(),
  content: z.string().describe('canonical JSON, exactly as it was hashed and signed: figures of programmes, and of groups of eleven people and more'),
  keyId: z.string(), signature: z.string().describe('Ed25519 over the bytes of content, base64; the key is at /audit/keys'),
});
const releases = z.strictObject({ items: z.array(release) });
const schema = z.strictObject({
  $schema: z.string(), name: z.string(), title: z.string(), description: z.string(),
  fields: z.array(z.looseObject({ name: z.string(), type: z.string() })), missingValues: z.array(z.string()),
});

@Controller('audit/open-data')
export class OpenDataController {
  /** Whole tables, made once per release: whoever asks again gets the same bytes. */
  private readonly whole = new Map<TableName, Readonly<{ newest: string; bytes: Buffer }>>();

  constructor(private readonly queries: QueryBus) {}

  @Get('months')
  @Api({ summary: 'The months that were released, the newest first; each once, and never changed', who: 'anyone', query: listQuery, answer: releases })
  async list(@Query() query: unknown): Promise<z.output<typeof releases>> {
    const { before = null, limit } = parse(listQuery, query);
    return { items: (await this.queries.execute(new ListReleases({ before, rowsMax: limit }))).map(shown) };
  }

  @Get('months/:month')
  @Api({ summary: 'What was released of a month, as it was signed', who: 'anyone', answer: release, refusals: ['month_not_released'] })
  async ofMonth(@Param() asked: unknown): Promise<z.output<typeof release>> {
    return shown(await this.released(parse(monthParam, asked).month));
  }

  @Get('tables/:table')
  @Api({
    summary: 'A table as text/csv, of all months or of one: services (by programme, département and service), communes, programmes or impact', who: 'anyone',
    query: monthQuery, refusals: ['month_not_released'],
  })
  async table(@Param() asked: unknown, @Query() query: unknown): Promise<StreamableFile> {
    const [{ table }, { month = null }] = [parse(tableParam, asked), parse(monthQuery, query)];
    const bytes = month === null ? await this.wholeTable(table) : csvOf(table, [await this.released(month)]);
    const name = ['mereau', table, ...(month === null ? [] : [month])].join('-');
    return new StreamableFile(bytes, { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}.csv"`, length: bytes.length });
  }

  @Get('schemas/:table')
  @Api({ summary: 'What the columns of a table mean (Table Schema)', who: 'anyone', answer: schema })
  schema(@Param() asked: unknown): z.output<typeof schema> {
    return tableSchema(parse(tableParam, asked).table);
  }

  private async wholeTable(table: TableName): Promise<Buffer> {
    const [last] = await this.queries.execute(new ListReleases({ before: null, rowsMax: 1 }));
    const newest = last?.month ?? '';
    const known = this.whole.get(table);
    if (known?.newest === newest) return known.bytes;
    const bytes = csvOf(table, await this.queries.execute(new ListReleases({ before: null, rowsMax: RELEASES_MAX })));
    this.whole.set(table, { newest, bytes });
    return bytes;
  }

  private async released(month: Month): Promise<Release> {
    const found = await this.queries.execute(new ShowRelease(month));
    if (!found) throw new Problem(reject('month_not_released'));
    return found;
  }
}

const shown = ({ madeAt, ...rest }: Release): z.output<typeof release> => ({ ...rest, madeAt: madeAt.toISOString() });

const csvOf = (table: TableName, newestFirst: readonly Release[]): Buffer =>
  Buffer.from(tableCsv(table, [...newestFirst].reverse().map(({ content }) => JSON.parse(content) as OpenData)));
