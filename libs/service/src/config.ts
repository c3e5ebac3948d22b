// Settings come from the environment, are read once at start, and are told wrong all at once.
import { z } from 'zod';
import { StartupFault } from '#libs/persistence';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment. An empty value counts as absent: `FOO=` in a compose file means "not set". Throws StartupFault
 * with every problem in one line; a value is never repeated, because it may be a secret.
 */
export function readSettings<T>(schema: z.ZodType<T>, env: Environment = process.env): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'environment'}: ${message}`);
  throw new StartupFault(`wrong settings: ${problems.join('; ')}`);
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const port = z.string().regex(/^\d{1,5}$/, 'a port is a number from 0 to 65535')
  .transform(Number).refine((value) => value <= 65_535, 'a port is a number from 0 to 65535');

/** Addresses of the proxies in front (`10.0.0.0/8, 127.0.0.1`). Not simply "yes": anybody can send the header. */
const trustProxy = z.string().regex(/^[0-9a-f.:/, ]+$/i, 'a list of addresses or networks');

const environment = z.object({
  MEREAU_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  LOG_FORMAT: z.enum(['json', 'lines']).optional(),
  MEREAU_TRUST_PROXY: trustProxy.optional(),
  DATABASE_URL: z.string().optional(),
  REDIS_URL: z.string().optional(),
  MEREAU_DATA: z.string().default('.mereau'),
});

export type ProgramSettings = Readonly<{
  environment: 'development' | 'test' | 'production';
  host: string;
  port: number;
  logLevel: LogLevel;
  /** `lines` for people, `json` for machines. */
  logFormat: 'json' | 'lines';
  trustProxy: string | false;
  databaseUrl?: string;
  redisUrl?: string;
  /** Where keys, and the embedded database, are kept. */
  dataDir: string;
}>;

/** What every program reads. Throws StartupFault. */
export function readProgramSettings(env: Environment = process.env): ProgramSettings {
  const found = readSettings(environment, env);
  return {
    environment: found.MEREAU_ENV, host: found.HOST, port: found.PORT, logLevel: found.LOG_LEVEL,
    logFormat: found.LOG_FORMAT ?? (found.MEREAU_ENV === 'production' ? 'json' : 'lines'),
    trustProxy: found.MEREAU_TRUST_PROXY ?? false, dataDir: found.MEREAU_DATA,
    ...(found.DATABASE_URL && { databaseUrl: found.DATABASE_URL }), ...(found.REDIS_URL && { redisUrl: found.REDIS_URL }),
  };
}
