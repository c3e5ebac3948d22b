// Our own copy of what is generated from the code: read once, when somebody first asks. Nothing is had from elsewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const json = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema: json.optional() })).optional();
const operationShape = z.object({
  summary: z.string().default(''), 'x-who': z.union([z.string(), z.array(z.string())]).optional(), 'x-refusals': z.array(z.string()).default([]),
  'x-key-scope': z.string().optional(), 'x-second-factor': z.string().optional(),
  parameters: z.array(z.object({
    name: z.string(), in: z.string(), required: z.boolean().default(false), description: z.string().optional(), schema: json.optional(),
  })).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content })).default({}),
});
const documentShape = z.object({ paths: z.record(z.string(), z.record(z.string(), operationShape)) });
const eventShape = z.object({ type: z.string(), from: z.string(), to: z.array(z.string()), sample: z.unknown(), schema: json });

export type Route = Readonly<{
  method: string; path: string; service: string; summary: string; who: readonly string[]; keyScope: string | undefined;
  asksFreshCode: boolean;
  parameters: z.output<typeof operationShape>['parameters']; body: unknown;
  answers: readonly (readonly [status: string, schema: unknown])[]; refusals: readonly string[];
}>;
export type ToldEvent = z.output<typeof eventShape>;
export type Reference = Readonly<{ routes: readonly Route[]; events: readonly ToldEvent[]; messages: string }>;

let kept: Reference | undefined;

/** Throws where the copy is missing: a program without its documents was not put together whole. */
export function reference(): Reference {
  return (kept ??= read(docsFolder()));
}

/** Beside the sources as beside what was built. */
function docsFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'docs', 'openapi.json'))) return join(folder, 'docs');
    if (folder === dirname(folder)) throw new Error('docs/openapi.json is missing beside the program');
  }
}

function read(docs: string): Reference {
  const { paths } = documentShape.parse(JSON.parse(readFileSync(join(docs, 'openapi.json'), 'utf8')));
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => routeOf(method, path, operation)));
  const events = readdirSync(join(docs, 'events')).filter((name) => name.endsWith('.json')).sort()
    .map((name) => eventShape.parse(JSON.parse(readFileSync(join(docs, 'events', name), 'utf8'))));
  return { routes, events, messages: readFileSync(join(docs, 'messages.md'), 'utf8') };
}

function routeOf(method: string, path: string, operation: z.output<typeof operationShape>): Route {
  const { summary, parameters, requestBody, responses } = operation;
  const schemaIn = (of: z.output<typeof content>): unknown => Object.values(of ?? {})[0]?.schema;
  const who = operation['x-who'] ?? 'anyone';
  return {
    method: method.toUpperCase(), path, service: path.split('/')[1]!, summary, who: typeof who === 'string' ? [who] : who, keyScope: operation['x-key-scope'],
    asksFreshCode: operation['x-second-factor'] === 'fresh', parameters, body: schemaIn(requestBody?.content),
    answers: Object.entries(responses).filter(([status]) => status !== 'default').map(([status, { content: of }]) => [status, schemaIn(of)] as const),
    refusals: operation['x-refusals'],
  };
}
