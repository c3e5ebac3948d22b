// Every request under a mandate leaves a row before it is answered: with the service that is asked, which tells audit.
import type { CallHandler, ExecutionContext, INestApplicationContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOf, mandateRuleOf, type Principal } from '#libs/auth';
import { lifecycleToken } from './lifecycle.js';
import type { MessagingLifecycle } from './messaging-lifecycle.js';

const ASKED_LENGTH_MAX = 500;

export class ReadingLog implements NestInterceptor {
  constructor(private readonly app: INestApplicationContext) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    if (caller?.mandates && mandateRuleOf(context.getHandler()) !== 'none') await this.keep(request, caller, caller.mandates);
    return next.handle();
  }

  private async keep({ id, method, url, routeOptions }: FastifyRequest, caller: Principal, { inForce }: NonNullable<Principal['mandates']>): Promise<void> {
    const route = routeOptions.url ?? '';
    const service = this.app.get<MessagingLifecycle>(lifecycleToken(route.split('/')[1] ?? ''), { strict: false });
    const asked = decodedOf(url).slice(0, ASKED_LENGTH_MAX);
    await service.keepReading({
      mandateIds: inForce.map(({ mandateId }) => mandateId), organisationId: caller.organisationId, userId: caller.userId,
      method, route, asked,
    }, id);
  }
}

/** As people read it, where it can be read. */
function decodedOf(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
