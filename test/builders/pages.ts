// The pages as they are served, against services that answer what a spec tells them to. One set of pages per spec file.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLocalJWKSet } from 'jose';
import { WebModule } from '../../apps/web/src/web.module.js';
import { TokenVerifier } from '#libs/auth';
import { newHttpAdapter, NEST_OPTIONS, secureApp } from '#libs/http';
import { isDocumented } from './documented-routes.js';
import { tokenOf, type Answers } from './page-samples.js';
import { placeAnswers } from './place-pages.js';
import { usual } from './usual-answers.js';

export * from './page-samples.js';

export type Asked = Readonly<{ route: string; /** Behind the question mark. */ question: string; headers: IncomingMessage['headers']; body: unknown; text: string }>;
export const answers: Answers = {};
/** What the pages asked the services, in order, and what they wrote as gone wrong. */
export const asked: Asked[] = [];
export const logged: string[] = [];
const undocumented = new Set<string>();
let services: Server;
let app: NestFastifyApplication;

export const pagesApp = (): NestFastifyApplication => app;

export async function openPages(): Promise<void> {
  services = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const route = `${request.method} ${request.url?.split('?')[0]}`;
      const text = Buffer.concat(chunks).toString();
      asked.push({ route, question: request.url!.split('?')[1] ?? '', headers: request.headers, body: text && request.headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : undefined, text });
      if (!isDocumented(route)) undocumented.add(route);
      const [status, body] = answers[route] ?? [404, { code: 'route_not_found' }];
      if (status === 0) return request.socket.destroy();
      if (route.includes('/identity/auth/') && status === 200) response.setHeader('set-cookie', 'mereau.session_token=new; Path=/; HttpOnly; SameSite=Strict');
      if (status === 429) response.setHeader('retry-after', '600');
      return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(services, 'listening');
  const origin = `http://127.0.0.1:${(services.address() as AddressInfo).port}`;
  const log = { warn: () => undefined, error: (_: object, message: string) => { logged.push(message); } };
  const origins = { issuance: origin, redemption: origin, settlement: origin, audit: origin, identity: origin };
  app = await NestFactory.create<NestFastifyApplication>(
    WebModule.register({ origins, baseUrl: 'https://mereau.example', log }), newHttpAdapter({ log }), NEST_OPTIONS);
  secureApp(app, { verifier: new TokenVerifier(createLocalJWKSet({ keys: [] })), log });
  await app.init();
}

/** Throws when a page asked what no service answers. */
export async function closePages(): Promise<void> {
  await app.close();
  services.close();
  if (undocumented.size > 0) throw new Error(`no service has: ${[...undocumented].join(', ')}`);
}

/** Every service answers as usual again. */
export function resetPages(): void {
  for (const route of Object.keys(answers)) delete answers[route];
  Object.assign(answers, usual);
  asked.length = 0;
  logged.length = 0;
}

/** A browser of its own each time, so that no token is remembered from the case before. */
let browsers = 0;
export const cookie = () => `mereau.session_token=browser${browsers += 1}`;
/** One route tells a place and the operator different things of one world. Call it before an answer is changed. */
export const as = (kind: string, roles: string[]) => {
  if (kind === 'place') Object.assign(answers, placeAnswers);
  answers['POST /identity/tokens'] = [200, tokenOf(kind, roles)];
};
export const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers: { cookie: cookie(), ...headers } });
export const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) => app.inject({
  method: 'POST', url, payload: new URLSearchParams(form).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mereau.example', cookie: cookie(), ...headers },
});
export const text = (page: string) => page.replace(/<[^>]*>/g, ' ').replaceAll('&#39;', '\'').replace(/\s+/g, ' ');
