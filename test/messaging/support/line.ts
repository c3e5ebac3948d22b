// Stands between a service and a server. It lets everything through, late where that is asked for; and the connections that are open can
// be made silent: bytes go in and none come out, as where a router between two machines has forgotten them.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Line = Readonly<{
  port: number;
  /** Of the connections that are open now; those that come are not. */
  silence(): void;
  close(): Promise<void>;
}>;

/** Each way takes `delayMs`; what is behind keeps its order. */
export async function openLine(target: number, { delayMs = 0 } = {}): Promise<Line> {
  const [sockets, silent] = [new Set<Socket>(), new WeakSet<Socket>()];
  const pass = (to: Socket, chunk: Buffer) => { if (!to.destroyed) to.write(chunk); };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(from);
      // Of a silent one nobody hears the end either.
      const cut = () => { if (!silent.has(from)) to.destroy(); };
      from.setNoDelay(true).on('error', cut).on('close', () => { sockets.delete(from); cut(); });
      from.on('data', (chunk: Buffer) => {
        if (silent.has(from)) return;
        if (delayMs === 0) pass(to, chunk);
        else setTimeout(pass, delayMs, to, chunk);
      });
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port,
    silence: () => { for (const socket of sockets) silent.add(socket); },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
