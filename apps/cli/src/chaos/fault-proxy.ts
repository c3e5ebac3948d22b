// Stands between a service and PostgreSQL, and passes everything on. On demand it swallows the answer to a COMMIT and cuts the line:
// the service cannot know whether its transaction is there. It is.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** CommandComplete of the wire's protocol: its letter, its length, and the tag that a commit has. */
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1');

export class FaultProxy {
  private toLose = 0;
  private lostSoFar = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((client) => this.join(client));

  private constructor(private readonly target: number) {}

  /** `target`: the port of the server, on this machine. */
  static async open(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve) => { proxy.server.listen(0, '127.0.0.1', resolve); });
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Loses the next `count` answers; resolves with how many were lost when they are, or when nobody commits for so long. */
  async loseCommits(count: number, withinMs: number): Promise<number> {
    const [before, deadline] = [this.lostSoFar, performance.now() + withinMs];
    this.toLose = count;
    while (this.toLose > 0 && performance.now() < deadline) await new Promise((resume) => { setTimeout(resume, 20); });
    this.toLose = 0;
    return this.lostSoFar - before;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  private join(client: Socket): void {
    const upstream = connect(this.target, '127.0.0.1');
    const cut = () => { client.destroy(); upstream.destroy(); };
    for (const socket of [client, upstream]) {
      this.sockets.add(socket);
      socket.setNoDelay(true).on('error', cut).on('close', () => { this.sockets.delete(socket); cut(); });
    }
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      if (this.toLose > 0 && chunk.includes(COMMITTED)) {
        this.toLose -= 1;
        this.lostSoFar += 1;
        return cut();
      }
      if (!client.write(chunk)) {
        upstream.pause();
        client.once('drain', () => upstream.resume());
      }
    });
  }
}
