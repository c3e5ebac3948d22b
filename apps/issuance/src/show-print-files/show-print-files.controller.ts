import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { placeOf } from '../id-cursor.js';
import { PRINT_FORMATS } from '../print-batch/print-form.decision.js';
import { countOf } from '../voucher-range.decision.js';
import type { DownloadView, PrintFileView } from './print-file-view.store.js';
import { ListPrintFiles } from './show-print-files.query.js';

const shownDownload = z.strictObject({
  downloadId: idText('download'), takenBy: z.string(), takenAt: z.string(), reprint: z.int().describe('how often codes of this range had left before'),
  sha256: z.string().nullable().describe('null: the file did not leave whole'), byteCount: z.int().nullable(),
});
const shown = z.strictObject({
  printFileId: idText('printFile'), format: z.enum(PRINT_FORMATS), first: z.int(), last: z.int(), count: z.int(),
  booklets: z.strictObject({ first: z.int(), last: z.int() }).nullable().describe('by the numbers on their covers; null when loose'),
  requestedAt: z.string(), downloadCount: z.int(), downloads: z.array(shownDownload).describe('the latest'),
});

@Controller('issuance/batches')
export class ShowPrintFilesController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/print-files')
  @Api({
    summary: 'Manifests of the print files of a batch, newest first: count, range, SHA-256, and who took them; no code',
    who: ['operator', 'auditor'], query: pageQuery, answer: pageAnswer(shown),
  })
  async list(@Param('id') id: string, @Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListPrintFiles(parse(idIn('batch'), id), placeOf('printFile', cursor), limit + 1));
    return pageOf(rows, limit, ({ printFileId }) => [printFileId], show);
  }
}

const show = ({ printFileId, bookletSize, requestedAt, downloads, ...file }: PrintFileView): z.output<typeof shown> => ({
  ...file, printFileId: idOut('printFile', printFileId), count: countOf(file), requestedAt: requestedAt.toISOString(),
  booklets: bookletSize === 1 ? null
    : { first: Math.floor(file.first / bookletSize) + 1, last: Math.floor(file.last / bookletSize) + 1 },
  downloads: downloads.map(showDownload),
});

const showDownload = ({ downloadId, takenAt, ...download }: DownloadView): z.output<typeof shownDownload> =>
  ({ ...download, downloadId: idOut('download', downloadId), takenAt: new Date(takenAt).toISOString() });
