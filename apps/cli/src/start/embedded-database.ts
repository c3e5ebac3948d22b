// The private PostgreSQL of tools/embedded-postgres.mjs. It is plain JavaScript outside of dist/, because tests and tools
// start it before anything is built; so it is loaded by path, and its shape is written here.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type EmbeddedDatabase = Readonly<{
  /** The superuser's, for migrations; services sign in as their own roles. */
  url: string;
  pid: number;
  dir: string;
  /** Resolves when the server is gone, wanted or not. */
  exited: Promise<unknown>;
  stop(): Promise<void>;
}>;

export type EmbeddedOptions = Readonly<{
  /** A free one unless given. */
  port?: number;
  /** False is faster, for data that are thrown away. */
  durable?: boolean;
}>;

type Tool = {
  startPostgres(options: EmbeddedOptions & { dir: string; log: (line: string) => void }): Promise<EmbeddedDatabase>;
  runningUrl(dir: string): string | undefined;
};

const load = async (rootDir: string): Promise<Tool> =>
  await import(pathToFileURL(join(rootDir, 'tools', 'embedded-postgres.mjs')).href) as Tool;

const folderOf = (dataDir: string): string => join(dataDir, 'postgres');

/** Throws StartupFault, in one line. */
export async function startEmbedded(
  rootDir: string, dataDir: string, log: (line: string) => void, options: EmbeddedOptions = {},
): Promise<EmbeddedDatabase> {
  return (await load(rootDir)).startPostgres({ ...options, dir: folderOf(dataDir), log });
}

/** The database of a platform that runs now on this data folder, for a command beside it; undefined when none runs. */
export async function runningDatabaseUrl(rootDir: string, dataDir: string): Promise<string | undefined> {
  return (await load(rootDir)).runningUrl(folderOf(dataDir));
}
