// A form with a file reaches the pages that take one, its file byte by byte, within bounds; every other route refuses it.
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLocalJWKSet } from 'jose';
import { z } from 'zod';
import { TokenVerifier } from '#libs/auth';
import { Api, newHttpAdapter, NEST_OPTIONS, parse, parseForm, parseUpload, secureApp, TakesUpload, type ProblemDocument } from './index.js';

const BYTES_MAX = 200_000;
const fields = z.strictObject({ key: z.string() });

@Controller('uploads')
class UploadsController {
  @Post()
  @HttpCode(200)
  @TakesUpload(BYTES_MAX)
  @Api({ summary: 'Take a form with a file', who: 'anyone' })
  take(@Body() body: unknown) {
    const { fields: read, bytes } = parseUpload(fields, body);
    return { ...read, hex: bytes.subarray(0, 8).toString('hex'), length: bytes.length };
  }

  @Post('form')
  @TakesUpload(BYTES_MAX)
  @Api({ summary: 'Take a form', who: 'anyone' })
  form(@Body() body: unknown) { return parseForm(fields, body); }

  @Post('json')
  @TakesUpload(BYTES_MAX)
  @Api({ summary: 'Take JSON', who: 'anyone' })
  json(@Body() body: unknown) { return parse(fields, body); }

  @Post('elsewhere')
  @Api({ summary: 'Take no form', who: 'anyone' })
  elsewhere() { return {}; }
}
@Module({ controllers: [UploadsController] })
class TestModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const log = { error: () => undefined };
  app = await NestFactory.create<NestFastifyApplication>(TestModule, newHttpAdapter({ log }), NEST_OPTIONS);
  secureApp(app, { verifier: new TokenVerifier(createLocalJWKSet({ keys: [] })), log });
  await app.init();
});
afterAll(async () => app.close());

const MULTIPART = 'multipart/form-data; boundary=xYz';
type Part = readonly [name: string, content: string | Buffer, file?: string];
const formOf = (parts: readonly Part[]) => Buffer.concat([
  ...parts.flatMap(([name, content, file]) => [
    Buffer.from(`--xYz\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\nContent-Type: text/xml`}\r\n\r\n`),
    Buffer.from(content as string), Buffer.from('\r\n')]),
  Buffer.from('--xYz--\r\n')]);
const post = async (payload: Buffer, { url = '/uploads', type = MULTIPART, headers = {} } = {}) => {
  const response = await app.inject({ method: 'POST', url, headers: { 'content-type': type, ...headers }, payload });
  return { status: response.statusCode, body: response.json() as Record<string, unknown> & ProblemDocument };
};
const KEY: Part = ['key', 'k'];

describe('a form with a file', () => {
  it('arrives with its fields, and its file byte by byte', async () => {
    const bytes = Buffer.from([0xe9, 0, 0x0d, 0x0a, 0xff, 0xfe, 0x2d, 0x2d]);
    expect(await post(formOf([KEY, ['file', bytes, 'é.xml']]))).toEqual({ status: 200, body: { key: 'k', hex: bytes.toString('hex'), length: 8 } });
    expect(await post(formOf([KEY, ['file', '', '']]))).toMatchObject({ status: 200, body: { length: 0 } });
  });

  it.each<[string, readonly Part[], string]>([
    ['no file', [KEY], 'body_malformed'], ['a file by another name', [KEY, ['other', 'x', 'a']], 'body_malformed'],
    ['two files', [KEY, ['file', 'x', 'a'], ['file', 'y', 'b']], 'body_malformed'], ['a field twice', [KEY, KEY, ['file', 'x', 'a']], 'body_malformed'],
    ['more parts than a form has', [...Array.from({ length: 9 }, (_, at): Part => [`f${at}`, '']), ['file', 'x', 'a']], 'body_malformed'],
    ['a field that is unknown', [KEY, ['more', ''], ['file', 'x', 'a']], 'request_malformed'], ['NUL in a field', [['key', 'a\0'], ['file', 'x', 'a']], 'request_malformed'],
    ['__proto__', [KEY, ['__proto__', 'x'], ['file', 'x', 'a']], 'request_malformed'],
  ])('is refused with %s', async (_, parts, code) => {
    expect(await post(formOf(parts))).toMatchObject({ status: 400, body: { code } });
  });

  it.each([
    'multipart/form-data; x="; boundary=other"; boundary=xYz', 'multipart/form-data; xboundary=other; boundary=xYz',
    'multipart/form-data; y=1; boundary="xYz"; z="boundary=other"',
  ])('is taken apart by the mark by which its parts were counted: %s', async (type) => {
    const many = formOf([...Array.from({ length: 9 }, (): Part => ['key', '']), ['file', 'x', 'a']]);
    const { status, body } = await post(many, { type });
    expect([status, body.errors?.[0]?.message]).toEqual([400, expect.stringMatching(/^(too many fields|expected a form with a file)$/)]);
  });

  it('is refused where it ends too early, names no boundary, is packed, or is too long', async () => {
    const form = formOf([KEY, ['file', 'x', 'a']]);
    expect((await post(form.subarray(0, -12))).body.code).toBe('body_malformed');
    expect((await post(form, { type: 'multipart/form-data' })).body.code).toBe('body_malformed');
    expect((await post(form, { headers: { 'content-encoding': 'gzip' } })).body.code).toBe('charset_unsupported');
    expect(await post(formOf([KEY, ['file', 'x'.repeat(BYTES_MAX), 'a']]))).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });

  it('is no body of other routes, and no other body is one', async () => {
    const form = formOf([KEY, ['file', 'x', 'a']]);
    for (const url of ['/uploads/form', '/uploads/json', '/uploads/elsewhere']) expect(await post(form, { url })).toMatchObject({ status: 415 });
    expect((await post(Buffer.from('key=k'), { type: 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await post(Buffer.from('{"key":"k"}'), { type: 'application/json' })).status).toBe(415);
  });
});
