import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { impersonationIn } from './impersonations/impersonation-cookie.js';
import { securePage } from './page-answer.js';
import { NotSignedIn } from './services.js';
import { NoOrganisation, ReadsOnly, SecondFactorAsked, Sessions } from './sessions.js';
import { WebSettings } from './settings.js';

const WAYS_OUT: ReadonlySet<string> = new Set(['/impersonations/end', '/sign-out']);

/** The headers of every page, set before anything can go wrong in it. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly settings: WebSettings, private readonly sessions: Sessions) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    securePage(context.switchToHttp().getResponse<FastifyReply>(), this.settings.baseUrl);
    await this.refuseWrites(context.switchToHttp().getRequest<FastifyRequest>());
    return next.handle();
  }

  /** The services refuse them too; here it is said in words, and also of forms that go to identity with the cookie alone. */
  private async refuseWrites(request: FastifyRequest): Promise<void> {
    const { method, url, headers } = request;
    if (method === 'GET' || !impersonationIn(headers.cookie) || WAYS_OUT.has(url.split('?')[0]!)) return;
    const person = await this.sessions.person(request).catch(nobody);
    if (person?.impersonation) throw new ReadsOnly();
  }
}

/** The cookie outlives the sign-in that it stood beside: who has none, or not yet all of it, looks as nobody and may sign in. */
function nobody(error: unknown): undefined {
  if (error instanceof NotSignedIn || error instanceof SecondFactorAsked || error instanceof NoOrganisation) return undefined;
  throw error;
}
