// The OpenAPI 3.1 document of everything that one process serves.
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import type { z } from 'zod';
import { answerSchema, needsKey, problemResponse, requestSchema, RETRY_AFTER, type ApiOptions } from './api.decorator.js';

type RawRoute = ApiOptions & Readonly<{ method: 'get' | 'post' | 'put' | 'delete'; path: string }>;
const rawRoutes: RawRoute[] = [];

/** Describes a route that sits on Fastify itself, where no decorator reaches (`path` in OpenAPI's form: `/a/{id}`). */
export function describeRawRoute(route: RawRoute): void {
  if (!rawRoutes.some(({ method, path }) => method === route.method && path === route.path)) rawRoutes.push(route);
}

export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0').setTitle('Méreau').setVersion('1')
    .setDescription('The voucher rail. Amounts are whole cents; ids carry a prefix; every POST carries an Idempotency-Key; every refusal is a problem (RFC 9457).')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (controller, method) => `${controller}_${method}` });
  document.components = { ...document.components, headers: { ...document.components?.headers, 'Retry-After': RETRY_AFTER } };
  for (const route of rawRoutes) {
    document.paths[route.path] = { ...document.paths[route.path], [route.method]: operationOf(route) };
  }
  return document;
}

function parametersOf(route: RawRoute) {
  const optional = Object.entries(route.headers ?? {}).map(([name, description]) =>
    ({ name, in: 'header' as const, required: false, description, schema: { type: 'string' as const } }));
  const key = { name: 'Idempotency-Key', in: 'header' as const, required: true, schema: { type: 'string' as const, format: 'uuid' } };
  return needsKey(route) ? [key, ...optional] : optional;
}

function operationOf(route: RawRoute) {
  const { summary, who, body, answer, status = 200, refusals = [] } = route;
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });
  return {
    summary,
    ...(who !== 'anyone' && { security: [{ token: [] }] }),
    ...(body && { requestBody: { required: true, ...json(requestSchema(body)) } }),
    parameters: parametersOf(route),
    responses: {
      [status]: { description: 'Done', ...(answer && json(answerSchema(answer as z.ZodType))) },
      default: problemResponse(refusals),
    },
    'x-who': who, 'x-refusals': refusals, ...(route.keyScope && { 'x-key-scope': route.keyScope }),
  };
}
