import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AllowOnly } from '#libs/auth';
import { Problem } from './problem.js';
import { problemPage } from './problem-page.js';

/** `/problems/<code>`: the `type` of every problem leads somewhere. */
@ApiExcludeController()
@Controller('problems')
export class ProblemsController {
  @Get(':code')
  @AllowOnly('anyone')
  @Header('content-type', 'text/html; charset=utf-8')
  show(@Param('code') code: string): string {
    const page = problemPage(code);
    if (!page) throw new Problem('route_not_found');
    return page;
  }
}
