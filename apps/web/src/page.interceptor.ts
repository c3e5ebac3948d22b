import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { securePage } from './page-answer.js';
import { WebSettings } from './settings.js';

/** The headers of every page, set before anything can go wrong in it. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly settings: WebSettings) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    securePage(context.switchToHttp().getResponse<FastifyReply>(), this.settings.baseUrl);
    return next.handle();
  }
}
