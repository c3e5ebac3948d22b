// One logger for a program. Each line is scrubbed whole, after it was made, so that no field, message or stack escapes.
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LoggerService } from '@nestjs/common';
import type { ProgramSettings } from './config.js';
import { scrub } from './scrub.js';

export type Logs = Logger;

/** Fields that are secret whatever they look like, at the top of a record and one or two levels down. */
const SECRET = ['password', 'secret', 'token', 'code', 'codes', 'iban', 'authorization', 'cookie', 'apiKey', 'wrappingKey'];
const REDACTED = [...SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), 'req.headers', 'headers', '*.headers["set-cookie"]'];

const LEVEL_NAMES: Readonly<Record<number, string>> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'ERROR', 60: 'FATAL' };
const OWN_FIELDS = new Set(['level', 'time', 'pid', 'hostname', 'name', 'context', 'msg', 'err']);

/** `20:47:03 info  relay  sent 3 batches {"receiver":"settlement"}` */
function asLine(json: string): string {
  const record = JSON.parse(json) as Record<string, unknown> & { err?: { stack?: string; message?: string } };
  const at = new Date(record['time'] as number).toISOString().slice(11, 19);
  const rest = Object.entries(record).filter(([name]) => !OWN_FIELDS.has(name));
  const words = [at, (LEVEL_NAMES[record['level'] as number] ?? '').padEnd(5), record['context'] ?? record['name'], record['msg'] ?? record.err?.message];
  const fields = rest.length ? ` ${JSON.stringify(Object.fromEntries(rest))}` : '';
  return `${words.filter(Boolean).join(' ')}${fields}${record.err?.stack ? `\n${record.err.stack}` : ''}\n`;
}

/** Lines go to stdout, where whoever runs the program collects them; a test hands in a `destination`. */
export function createLogs(
  settings: Pick<ProgramSettings, 'logLevel' | 'logFormat'>, name: string, destination?: DestinationStream,
): Logs {
  const options = {
    name, level: settings.logLevel, redact: { paths: REDACTED, censor: '[redacted]' },
    hooks: { streamWrite: (json: string) => scrub(settings.logFormat === 'lines' ? asLine(json) : json) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Brings what Nest says to pino. It names each module and route that it loads: that is for debugging. */
export class NestLogs implements LoggerService {
  constructor(private readonly logs: Logs) {}

  log(message: unknown, ...rest: unknown[]): void { this.write('debug', message, rest); }
  fatal(message: unknown, ...rest: unknown[]): void { this.write('fatal', message, rest); }
  error(message: unknown, ...rest: unknown[]): void { this.write('error', message, rest); }
  warn(message: unknown, ...rest: unknown[]): void { this.write('warn', message, rest); }
  debug(message: unknown, ...rest: unknown[]): void { this.write('debug', message, rest); }
  verbose(message: unknown, ...rest: unknown[]): void { this.write('trace', message, rest); }

  /** Nest hands over (message, ...more, context), and for an error (message, stack, context). */
  private write(level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace', message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const error = [message, ...rest].find((value) => value instanceof Error);
    const stack = rest.slice(0, -1).find((value) => typeof value === 'string' && value.includes('\n    at '));
    const fields = isRecord(message) ? message : rest.find(isRecord);
    const text = message instanceof Error ? message.message : typeof message === 'string' ? message : undefined;
    const known = { context, err: error, stack };
    this.logs[level]({ ...fields, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) }, text);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Error) && !Array.isArray(value);
