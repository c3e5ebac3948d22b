// Each route says in one place what it is for, who may call it, what it takes and answers, and how it refuses. The
// guard, the OpenAPI document and the tidy tests read it from here.
import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExtension, ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { AllowOnly, AskFreshSecondFactor, AskMandate, LooksUp, OpenToKeys, SCOPE_RULES, type KeyScope, type MandateRule, type Who } from '#libs/auth';
import { AssertionFault } from '#libs/kernel';
import { PROBLEM_TYPE } from './problem.js';

export type ApiOptions = Readonly<{
  summary: string;
  who: Who;
  /** Made with z.strictObject all the way down: an unknown field is an error, not a silence. */
  body?: z.ZodType;
  query?: z.ZodObject;
  /** What a success answers; omit it where nothing comes back (204) or where it is not JSON. */
  answer?: z.ZodType;
  /** The status of a success; 200 without it. Nest's own default for POST is 201: pair it with @HttpCode. */
  status?: number;
  refusals?: readonly string[];
  /** Only for a person who proved a second factor within the last minutes: where money is let go, or rights given. */
  freshSecondFactor?: true;
  /** What an auditor's mandate has to be; without it, one for everything. Says nothing to anybody else. */
  mandate?: Exclude<MandateRule, 'whole'>;
  /** A key of an organisation that has this scope may call it too. Without it the route is closed to every key. */
  keyScope?: KeyScope;
  /** Of a POST that writes nothing: open to who looks as an organisation, as every GET is. */
  looksUp?: true;
  /** True where the caller must send an Idempotency-Key; by default wherever there is a body and a role. */
  once?: boolean;
  /** Headers that a caller may send, with what they are for. */
  headers?: Readonly<Record<string, string>>;
}>;

type JsonSchema = Record<string, unknown>;

export const requestSchema = (schema: z.ZodType): JsonSchema => plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
export const answerSchema = (schema: z.ZodType): JsonSchema => plain(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));

/** The dialect is named once for the whole document. */
const plain = ({ $schema: _, '~standard': __, ...schema }: JsonSchema): JsonSchema => schema;

export const needsKey = ({ once, body, who }: ApiOptions): boolean => once ?? (body !== undefined && who !== 'anyone');

/** Throws AssertionFault at start for a body that would let unknown fields pass. */
export function Api(options: ApiOptions): MethodDecorator {
  const { summary, who, body, query, answer, status = 200, headers = {} } = options;
  assertKeyScope(options);
  const refusals = [...options.freshSecondFactor ? ['second_factor_stale'] : [], ...options.refusals ?? []];
  if (body) assertStrict(requestSchema(body), summary);
  const parts = [
    AllowOnly(who),
    ApiOperation({ summary }),
    ApiExtension('x-who', who),
    ApiExtension('x-refusals', refusals),
    ApiResponse({
      status, description: 'Done',
      ...(answer && { content: { 'application/json': { schema: answerSchema(answer) } } }),
    }),
    ApiResponse({ status: 'default', ...problemResponse(refusals) }),
  ];
  if (options.freshSecondFactor) parts.push(AskFreshSecondFactor(), ApiExtension('x-second-factor', 'fresh'));
  if (options.mandate) parts.push(AskMandate(options.mandate), ApiExtension('x-mandate', options.mandate));
  if (options.keyScope) parts.push(OpenToKeys(options.keyScope), ApiExtension('x-key-scope', options.keyScope));
  if (options.looksUp) parts.push(LooksUp(), ApiExtension('x-looks-up', true));
  if (who !== 'anyone') parts.push(ApiBearerAuth('token'));
  if (body) parts.push(ApiBody({ schema: requestSchema(body), required: true }));
  if (needsKey(options)) parts.push(ApiHeader({ name: 'Idempotency-Key', required: true, schema: { type: 'string', format: 'uuid' } }));
  for (const [name, description] of Object.entries(headers)) parts.push(ApiHeader({ name, description, required: false, schema: { type: 'string' } }));
  for (const [name, field] of Object.entries(query?.shape ?? {})) {
    parts.push(ApiQuery({ name, required: !field.safeParse(undefined).success, schema: requestSchema(field) }));
  }
  return applyDecorators(...(parts as MethodDecorator[]));
}

/** What asks for a fresh code is for people; and a scope whose role the route does not let in would open nothing. */
export function assertKeyScope({ summary, who, keyScope, freshSecondFactor }: ApiOptions): void {
  if (!keyScope) return;
  if (freshSecondFactor) throw new AssertionFault(`"${summary}" asks for a fresh second factor, which no key can show`);
  if (!who.includes(SCOPE_RULES[keyScope].role)) throw new AssertionFault(`"${summary}" does not let in the role of ${keyScope}`);
}

/** An object schema without `additionalProperties: false` anywhere in a body would swallow what nobody reads. */
function assertStrict(schema: unknown, summary: string): void {
  if (typeof schema !== 'object' || schema === null) return;
  const { type, properties, additionalProperties } = schema as JsonSchema;
  if (type === 'object' && properties !== undefined && additionalProperties !== false) {
    throw new AssertionFault(`the body of "${summary}" takes unknown fields: use z.strictObject`);
  }
  for (const inner of Object.values(schema)) assertStrict(inner, summary);
}

export const PROBLEM_SCHEMA = {
  type: 'object' as const,
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'retryable', 'details'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
    instance: { type: 'string', description: 'the request id' }, code: { type: 'string' }, retryable: { type: 'boolean' },
    details: { type: 'object', additionalProperties: true },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

/** Described once in the document, as a component. */
export const RETRY_AFTER = {
  description: 'Seconds to wait before the same request is sent again, under the same Idempotency-Key; with 429 and 503',
  schema: { type: 'integer' as const },
};

/** Any route may be asked too often or stand before a part that is away, so that each says so. */
export const problemResponse = (refusals: readonly string[]) => ({
  description: `A problem: ${refusals.join(', ') || 'see docs/errors.md'}`,
  headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
  content: { [PROBLEM_TYPE]: { schema: PROBLEM_SCHEMA } },
});
