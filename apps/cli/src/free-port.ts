import { createServer } from 'node:net';

/** A port of this machine that nobody used a moment ago. */
export const freePort = (): Promise<number> => new Promise((found, failed) => {
  const server = createServer().once('error', failed).listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number };
    server.close(() => found(port));
  });
});
