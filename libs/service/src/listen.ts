import { createServer } from 'node:net';
import { StartupFault } from '#libs/persistence';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be used by this user',
  EADDRNOTAVAIL: 'is on an address that this machine does not have',
  ENOTFOUND: 'is on a host name that is not known',
};

/** Throws StartupFault when nothing can listen there. Asked first, before a database is started for nothing. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ port, host, exclusive: true }, resolve);
    });
  } catch (error) {
    throw portFault(error, host, port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

export function portFault(error: unknown, host: string, port: number): Error {
  const reason = REASONS[(error as { code?: string }).code ?? ''];
  return reason ? new StartupFault(`port ${port} of ${host} ${reason}: set PORT (and HOST) to another one`) : (error as Error);
}
