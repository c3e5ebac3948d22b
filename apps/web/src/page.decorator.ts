import { applyDecorators, Controller, UseFilters, UseInterceptors } from '@nestjs/common';
import { PageFilter } from './page.filter.js';
import { PageInterceptor } from './page.interceptor.js';

/** A controller of pages: their headers, and their way of saying what went wrong. */
export const Pages = (): ClassDecorator => applyDecorators(Controller(), UseFilters(PageFilter), UseInterceptors(PageInterceptor));
