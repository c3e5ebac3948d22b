import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { visitOf } from '../visit.js';
import { reference } from './reference.data.js';
import { eventReference, eventsReference, messagesReference, referenceIndex, routeReference, serviceReference } from './reference.page.js';

const ServiceParam = z.strictObject({ service: z.string().max(50) });
const EventParam = z.strictObject({ type: z.string().max(100) });
const RouteQuery = z.object({ of: z.string().max(300) });

/** Open to anybody, as what it shows is: who writes a program for a place need not have an account. */
@Pages()
export class ReferenceController {
  @Get('reference')
  @AllowOnly('anyone')
  index(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, referenceIndex(visit, reference()));
  }

  @Get('reference/services/:service')
  @AllowOnly('anyone')
  service(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const [visit, { service }] = [visitOf(request), parse(ServiceParam, param)];
    const routes = reference().routes.filter((route) => route.service === service);
    if (routes.length === 0) throw new Problem('route_not_found');
    sendPage(reply, visit, serviceReference(visit, service, routes));
  }

  @Get('reference/route')
  @AllowOnly('anyone')
  route(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const [visit, { of }] = [visitOf(request), parse(RouteQuery, query)];
    const route = reference().routes.find(({ method, path }) => `${method} ${path}` === of);
    if (!route) throw new Problem('route_not_found');
    sendPage(reply, visit, routeReference(visit, route));
  }

  @Get('reference/events')
  @AllowOnly('anyone')
  events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, eventsReference(visit, reference().events));
  }

  @Get('reference/events/:type')
  @AllowOnly('anyone')
  event(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const [visit, { type }] = [visitOf(request), parse(EventParam, param)];
    const event = reference().events.find((one) => one.type === type);
    if (!event) throw new Problem('route_not_found');
    sendPage(reply, visit, eventReference(visit, event));
  }

  @Get('reference/messages')
  @AllowOnly('anyone')
  messages(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, messagesReference(visit, reference().messages));
  }
}
