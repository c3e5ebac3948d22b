// Refusals, faults and outages: what leaves, what is logged, and once.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLocalJWKSet } from 'jose';
import { IdentityUnavailable, TokenVerifier } from '#libs/auth';
import { reject } from '#libs/kernel';
import { z } from 'zod';
import {
  Api, buildOpenApi, errorsMarkdown, newHttpAdapter, NEST_OPTIONS, Problem, ProblemsController, registerRefusals, secureApp,
} from './index.js';

registerRefusals('testing', {
  claim_too_late: { status: 409, retryable: false, sentence: 'The day to claim has passed.' },
  guess_too_fast: { status: 429, retryable: true, sentence: 'Wait.' },
});

const thrown: Record<string, () => unknown> = {
  refusal: () => new Problem(reject('claim_too_late', { claimableUntil: '2026-01-31' })),
  wait: () => new Problem(reject('guess_too_fast', { retryAfterSeconds: 7 })),
  unregistered: () => new Problem(reject('never_registered')),
  bug: () => new TypeError('secret: J7QK9M2P'),
  outage: () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  lock: () => Object.assign(new Error('lock'), { code: '55P03' }),
  identity: () => new IdentityUnavailable('keys'),
  text: () => 'thrown text',
};

@Controller('throws')
class ThrowingController {
  @Get()
  @Api({ summary: 'Throw', who: 'anyone', answer: z.strictObject({ done: z.boolean() }), refusals: ['claim_too_late'] })
  fail(@Query('kind') kind: string) {
    throw thrown[kind]!();
  }
}
@Module({ controllers: [ThrowingController, ProblemsController] })
class TestModule {}

const logged: { err: unknown; requestId: string }[] = [];
let app: NestFastifyApplication;
beforeAll(async () => {
  const log = { error: (fields: object) => { logged.push(fields as { err: unknown; requestId: string }); } };
  const adapter = newHttpAdapter({ log });
  app = await NestFactory.create<NestFastifyApplication>(TestModule, adapter, NEST_OPTIONS);
  adapter.getInstance().get('/raw', (request) => { throw thrown[(request.query as { kind: string }).kind]!(); });
  secureApp(app, { verifier: new TokenVerifier(createLocalJWKSet({ keys: [] })), log });
  await app.init();
});
afterAll(async () => app.close());
beforeEach(() => { logged.length = 0; });

describe.each(['/throws', '/raw'])('on %s', (path) => {
  it('a refusal is a problem document with its details, and nothing to log', async () => {
    const response = await app.inject({ url: `${path}?kind=refusal` });
    expect(response.statusCode).toBe(409);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toEqual({
      type: '/problems/claim_too_late', title: 'Claim too late', status: 409, detail: 'The day to claim has passed.',
      instance: response.headers['x-request-id'], code: 'claim_too_late', retryable: false, details: { claimableUntil: '2026-01-31' },
    });
    expect(logged).toEqual([]);
  });

  it('a refusal that asks to wait says how long', async () => {
    expect((await app.inject({ url: `${path}?kind=wait` })).headers['retry-after']).toBe('7');
  });

  it.each([['bug', 500, 'fault'], ['text', 500, 'fault'], ['unregistered', 500, 'fault'], ['outage', 503, 'unavailable'],
    ['lock', 503, 'unavailable'], ['identity', 503, 'unavailable']])('%s is %s %s, logged once under the id that the caller sees, with no detail', async (kind, status, code) => {
    const response = await app.inject({ url: `${path}?kind=${kind}` });
    const problem = response.json<{ code: string; instance: string; details: object }>();
    expect([response.statusCode, problem.code, problem.details]).toEqual([status, code, {}]);
    expect(response.body).not.toContain('J7QK9M2P');
    expect(logged).toHaveLength(1);
    expect(problem.instance).toBe(`req_${logged[0]!.requestId}`);
    if (status === 503) expect(response.headers['retry-after']).toBe('5');
  });
});

describe('the page of a problem', () => {
  it('exists for every code, and for no other', async () => {
    expect((await app.inject({ url: '/problems/claim_too_late' })).body).toContain('The day to claim has passed.');
    expect((await app.inject({ url: '/problems/unheard_of' })).statusCode).toBe(404);
    expect((await app.inject({ url: '/problems/%3Cscript%3E' })).body).not.toContain('<script>');
  });

  it('is what a browser gets that runs into the problem', async () => {
    const response = await app.inject({ url: '/nothing', headers: { accept: 'text/html,application/xhtml+xml' } });
    expect([response.statusCode, response.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(response.body).toContain(String(response.headers['x-request-id']));
  });
});

describe('the catalogue', () => {
  it('stops the start when one code would mean two things', () => {
    expect(() => registerRefusals('other', { claim_too_late: { status: 404, retryable: false, sentence: 'Gone.' } })).toThrow(/claim_too_late/);
    registerRefusals('other', { claim_too_late: { status: 409, retryable: false, sentence: 'The day to claim has passed.' } });
  });

  it('writes docs/errors.md', () => {
    const text = errorsMarkdown();
    expect(text).toContain('| `claim_too_late` | 409 | no | The day to claim has passed. |');
    expect(text).toContain('## testing');
    expect(text.indexOf('`token_missing`')).toBeLessThan(text.indexOf('## testing'));
  });
});

describe('the OpenAPI document', () => {
  it('is version 3.1 and says of each route who may call it, what it answers and how it refuses', () => {
    const document = buildOpenApi(app);
    expect(document.openapi).toBe('3.1.0');
    const operation = document.paths['/throws']!.get as unknown as Record<string, unknown> & { responses: Record<string, { content?: Record<string, { schema: unknown }> }> };
    expect(operation['x-who']).toBe('anyone');
    expect(operation['x-refusals']).toEqual(['claim_too_late']);
    expect(operation.responses['200']!.content!['application/json']!.schema).toMatchObject({ type: 'object', required: ['done'], additionalProperties: false });
    expect(operation.responses['default']!.content).toHaveProperty(['application/problem+json']);
  });

  it('cannot describe a body that would swallow unknown fields', () => {
    expect(() => Api({ summary: 'Loose', who: 'anyone', body: z.object({ a: z.string() }) })).toThrow(/strictObject/);
    expect(() => Api({ summary: 'Loose inside', who: 'anyone', body: z.strictObject({ a: z.array(z.object({ b: z.string() })) }) })).toThrow(/strictObject/);
  });
});
