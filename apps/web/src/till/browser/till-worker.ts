// Keeps the page of the till and its assets for the time without a network. It never keeps an answer of a service, nor a page
// that shows anything of a place: those are asked of the network, always.
const SHELL = '/till';
/** Where somebody at a counter may be when the network goes. */
const LEADS_TO_SHELL = new Set(['/till', '/home', '/workshop', '/redeem', '/check', '/devices']);
const worker = self as unknown as WorkerScope;

type WorkerScope = {
  addEventListener(name: 'install' | 'activate', heard: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
  addEventListener(name: 'fetch', heard: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};
type Asked = { readonly request: Request; respondWith(answer: Promise<Response>): void; waitUntil(work: Promise<unknown>): void };

async function keepShell(): Promise<void> {
  const { files } = await (await fetch('/assets/till-files.json', { cache: 'no-cache' })).json() as { files: string[] };
  const cache = await caches.open('mereau-till');
  const wanted = [SHELL, ...files].map((path) => new Request(path, { cache: 'no-cache', credentials: 'same-origin' }));
  // All of one version or none: half a page is worse than yesterday's.
  const answers = await Promise.all(wanted.map(async (request) => {
    const response = await fetch(request);
    if (!response.ok) throw new Error(`${request.url} answered ${response.status}`);
    return [request, response] as const;
  }));
  await Promise.all(answers.map(([request, response]) => cache.put(request, response)));
  const addresses = new Set(wanted.map(({ url }) => url));
  for (const kept of await cache.keys()) if (!addresses.has(kept.url)) await cache.delete(kept);
}

async function networkThenKept(request: Request, path: string): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request.mode === 'navigate' ? SHELL : path, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener('install', (event) => event.waitUntil(keepShell().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const isPage = request.mode === 'navigate';
  if (isPage ? !LEADS_TO_SHELL.has(pathname) : !pathname.startsWith('/assets/')) return;
  const answer = networkThenKept(request, pathname);
  event.respondWith(answer);
  // Whoever opens the page may have chosen another language since, or we another wording; without a network it stays as it was.
  if (isPage && pathname === SHELL) event.waitUntil(answer.then(keepShell).catch(() => undefined));
});
