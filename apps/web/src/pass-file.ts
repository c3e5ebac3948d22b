// A file that a service made leaves as it came: the same bytes, under the name that the service gave it.
import type { FastifyReply } from 'fastify';
import { Problem } from '#libs/http';

export async function passFile(reply: FastifyReply, response: Response | undefined): Promise<void> {
  if (!response || response.status >= 500) throw new Problem('unavailable');
  if (response.status === 403) throw new Problem('role_missing');
  if (!response.ok) throw new Problem('route_not_found');
  const header = (name: string): string => response.headers.get(name) ?? '';
  void reply.headers({
    'content-type': header('content-type'), 'content-disposition': header('content-disposition') || 'attachment', 'cache-control': 'no-store',
  }).send(Buffer.from(await response.arrayBuffer()));
}
