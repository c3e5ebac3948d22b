import { applyDecorators, Controller, UseFilters, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PageFilter } from './page.filter.js';
import { PageInterceptor } from './page.interceptor.js';

/** A controller of pages: their headers, and their way of saying what went wrong. They are no part of the API's description. */
export const Pages = (): ClassDecorator => applyDecorators(
  ApiExcludeController(), Controller(), UseFilters(PageFilter), UseInterceptors(PageInterceptor));
