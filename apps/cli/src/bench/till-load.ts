// Sixty-four tills in a process of their own, so that their work is not the server's: autocannon, with a new key and
// another voucher for each request.
import { uuidv7 } from 'uuidv7';
import type { Figure } from './drive.js';

export type TillLoad = Readonly<{
  url: string; token: string; codes: readonly string[]; seconds: number; connections: number; amountCents: number; serviceDate: string;
}>;

/** The little of autocannon that is used here; the package brings no types. */
type Request = {
  method?: string; path?: string; headers?: Record<string, string>; body?: string; setupRequest?: (request: Request) => Request;
};
type Result = { '2xx': number; non2xx: number; errors: number; timeouts: number; duration: number; latency: { p50: number; p99: number } };
type Autocannon = (options: { url: string; connections: number; duration: number; requests: Request[] }) => Promise<Result>;

async function autocannon(): Promise<Autocannon> {
  try {
    return (await import('autocannon' as string) as { default: Autocannon }).default;
  } catch {
    throw new Error('autocannon is not installed: it comes with the development dependencies (npm ci)');
  }
}

async function load({ url, token, codes, seconds, connections, amountCents, serviceDate }: TillLoad): Promise<Figure> {
  const cannon = await autocannon();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const setupRequest = (request: Request): Request => {
    const code = codes[Math.floor(Math.random() * codes.length)];
    return { ...request, headers: { ...headers, 'idempotency-key': uuidv7() }, body: JSON.stringify({ code, serviceDate, amountCents }) };
  };
  const requests = [{ method: 'POST', path: '/redemption/redemptions', headers, setupRequest }];
  const result = await cannon({ url, connections, duration: seconds, requests });
  const failed = result.non2xx + result.errors + result.timeouts;
  return { perSecond: result['2xx'] / result.duration, p50Ms: result.latency.p50, p99Ms: result.latency.p99, failed };
}

process.on('message', (order: TillLoad) => {
  load(order).then((figure) => process.send?.({ figure }), (error: Error) => process.send?.({ error: error.message }));
});
process.once('disconnect', () => process.exit(0));
