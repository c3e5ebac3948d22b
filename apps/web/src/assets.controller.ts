import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AllowOnly } from '#libs/auth';
import { DOCUMENTS_SCRIPT } from './accreditation/documents.script.js';
import { PASSKEYS_SCRIPT } from './passkeys/passkeys.script.js';
import { PROGRESS_SCRIPT } from './progress/progress.script.js';
import { SEARCH_SCRIPT } from './search/search.script.js';
import { VOUCHER_SCRIPT } from './voucher/voucher.script.js';

const read = (name: string): string => readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8');

/**
 * One sheet, the small scripts of vouchers, documents, passkeys, progress and the search, the mark and the icon; read when the program
 * starts.
 */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  private readonly sheet = read('tokens.css') + read('mereau.css');
  private readonly mark = read('mark.svg');
  private readonly appIcon = read('icon.svg');

  @Get('mereau.css')
  @AllowOnly('anyone')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=600')
  styles(): string {
    return this.sheet;
  }

  @Get('voucher.js')
  @AllowOnly('anyone')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=600')
  voucher(): string {
    return VOUCHER_SCRIPT;
  }

  @Get('documents.js')
  @AllowOnly('anyone')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=600')
  documents(): string {
    return DOCUMENTS_SCRIPT;
  }

  @Get('search.js')
  @AllowOnly('anyone')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=600')
  search(): string {
    return SEARCH_SCRIPT;
  }

  @Get('progress.js')
  @AllowOnly('anyone')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=600')
  progress(): string {
    return PROGRESS_SCRIPT;
  }

  @Get('passkeys.js')
  @AllowOnly('anyone')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'public, max-age=600')
  passkeys(): string {
    return PASSKEYS_SCRIPT;
  }

  @Get('mark.svg')
  @AllowOnly('anyone')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=86400')
  favicon(): string {
    return this.mark;
  }

  @Get('icon.svg')
  @AllowOnly('anyone')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', 'public, max-age=86400')
  icon(): string {
    return this.appIcon;
  }
}
