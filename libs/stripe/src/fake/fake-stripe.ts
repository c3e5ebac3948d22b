// A FAKE of Stripe, for tests and the demo: no card, no money, no Stripe. It speaks enough of the API for the real SDK
// to open, pay, find, refund and pay out, signs its webhooks as Stripe does, and fails on request. It listens on loopback only.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { deliver, type Delivered, type Delivery, type WebhookTarget } from './deliver-webhooks.js';
import { FakeAccount } from './fake-account.js';
import type { Page } from './fake-books.js';
import { FakeRefusal, invalid, type FakeObject } from './fake-objects.js';
import type { InjectedFault, Plan } from './fault-plan.js';
import { expand, formOf } from './form-body.js';
import { IdempotencyKeys, type Answer } from './idempotency.js';
import { paymentPage } from './payment-page.js';

export type { Delivery } from './deliver-webhooks.js';

export type FakeStripeOptions = Readonly<{ port?: number; webhooks?: readonly WebhookTarget[]; now?: () => Date }>;

type Seen = Readonly<{
  method: string; path: string; idempotencyKey: string | undefined; apiVersion: string | undefined; telemetry: boolean;
}>;

export class FakeStripe {
  readonly account: FakeAccount;
  /** Every API request that arrived, for a test to look at. */
  readonly seen: Seen[] = [];
  private readonly keys: IdempotencyKeys;
  private readonly faults: InjectedFault[] = [];
  private readonly faultsOfWrites: InjectedFault[] = [];
  private plan: Plan | undefined;
  /** How many events each endpoint, by its address, was told. */
  private readonly told = new Map<string, number>();

  private constructor(private readonly server: Server, private readonly webhooks: readonly WebhookTarget[], now: () => Date) {
    this.account = new FakeAccount(now);
    this.keys = new IdempotencyKeys(now);
    server.on('request', (request, response) => void this.serve(request, response));
  }

  /**
   * With `webhooks`, what is paid on the fake's page is told there at once; without, tests call `deliverWebhooks`. `now`
   * dates what happens in the account; signatures are dated by the machine, whose clock the receiver compares.
   */
  static async start({ port = 0, webhooks = [], now = () => new Date() }: FakeStripeOptions = {}): Promise<FakeStripe> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, '127.0.0.1', resolve); });
    return new FakeStripe(server, webhooks, now);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next API requests fail so, one after the other. */
  failNext(...faults: readonly InjectedFault[]): void {
    this.faults.push(...faults);
  }

  /** As `failNext`, of those alone that would change something: what is only asked is answered. */
  failNextWrites(...faults: readonly InjectedFault[]): void {
    this.faultsOfWrites.push(...faults);
  }

  /** From now on requests fail and webhooks are lost, doubled and shuffled as the plan says; undefined ends it. */
  follow(plan: Plan | undefined): void {
    this.plan = plan;
  }

  /** Sends an endpoint the events since its last delivery; `again` sends it all that there ever were. */
  async deliverWebhooks(target: WebhookTarget, { again = false, ...how }: Delivery & { again?: boolean } = {}): Promise<Delivered[]> {
    const fresh = this.account.events.slice(again ? 0 : this.told.get(target.url) ?? 0);
    const events = this.plan ? this.plan.delivery(fresh) : fresh;
    this.told.set(target.url, this.account.events.length);
    return deliver(events, target, how);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await text(request);
      const url = new URL(request.url ?? '/', this.baseUrl);
      if (url.pathname.startsWith('/c/pay/')) return await this.servePage(request.method ?? '', url.pathname, response);
      this.note(request, url);
      const fault = this.faults.shift() ?? (request.method === 'POST' ? this.faultsOfWrites.shift() : undefined) ?? this.plan?.request();
      if (fault === 'reset_before') return void request.socket.destroy();
      const answer = this.answer(request, url, body, fault);
      if (fault === 'reset_after') return void request.socket.destroy();
      send(response, answer);
    } catch (error) {
      // A mistake in the fake itself must be seen by its author, and must not hang the caller.
      if (!response.headersSent) send(response, { status: 500, body: { error: { type: 'api_error', message: String(error) } } });
    }
  }

  private answer(request: IncomingMessage, url: URL, body: string, fault: InjectedFault | undefined): Answer {
    try {
      if (!/^Bearer (sk|rk)_test_/.test(request.headers.authorization ?? '')) {
        throw new FakeRefusal(401, { type: 'invalid_request_error', message: 'The fake takes test keys only.' });
      }
      if (fault === 'rate_limited') return { status: 429, body: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Injected.' } } };
      if (fault === 'unavailable') return { status: 503, body: { error: { type: 'api_error', message: 'Injected.' } } };
      if (request.method !== 'POST') return this.read(url);
      const key = request.headers['idempotency-key'];
      return this.keys.once(typeof key === 'string' ? key : undefined, `${url.pathname}\n${body}`, () => injected(fault) ?? this.write(url, body));
    } catch (error) {
      if (error instanceof FakeRefusal) return { status: error.status, body: { error: error.body } };
      throw error;
    }
  }

  private write(url: URL, body: string): Answer {
    const form = formOf(body);
    if (url.pathname === '/v1/checkout/sessions') return { status: 200, body: this.account.openSession(form, this.baseUrl) };
    if (url.pathname === '/v1/customers') return { status: 200, body: this.account.openCustomer(form) };
    if (url.pathname === '/v1/refunds') return { status: 200, body: this.account.refunds.make(form) };
    if (url.pathname === '/v1/transfers') return { status: 200, body: this.account.connect.send(form) };
    throw unknown(url);
  }

  private read(url: URL): Answer {
    const paths = [...url.searchParams].filter(([name]) => name.startsWith('expand[')).map(([, path]) => path.split('.'));
    const expanded = (object: object, names = paths) => names.reduce((body, path) => expand(body, path, this.account.peek), object);
    const [, kind = '', id = ''] = READABLE.exec(url.pathname) ?? [];
    if (id === '') {
      const page = this.list(kind, url);
      const ofItems = paths.filter(([first]) => first === 'data').map(([, ...path]) => path);
      return { status: 200, body: { object: 'list', url: url.pathname, ...page, data: page.data.map((one) => expanded(one, ofItems)) } };
    }
    if (kind === 'accounts') return { status: 200, body: this.account.connect.find(id) };
    const known = KINDS[kind];
    if (!known) throw unknown(url);
    return { status: 200, body: expanded(this.account.find(known, id)) };
  }

  private list(kind: string, url: URL): Page<object> {
    const asked = (name: string) => url.searchParams.get(name) ?? undefined;
    const [limit, after] = [Number(asked('limit') ?? '10'), asked('starting_after')];
    if (kind === 'balance_transactions') return this.account.balanceTransactions(limit, after);
    if (kind === 'refunds') return { data: this.account.refunds.of(asked('payment_intent') ?? '').slice(0, limit), has_more: false };
    if (kind === 'transfers') return this.account.connect.list({ group: asked('transfer_group'), destination: asked('destination') }, limit, after);
    if (kind !== 'events') throw unknown(url);
    const types = [...url.searchParams].filter(([name]) => name.startsWith('types[')).map(([, type]) => type);
    return this.account.listEvents(limit, Number(asked('created[gte]') ?? '0'), types, after);
  }

  private async servePage(method: string, path: string, response: ServerResponse): Promise<void> {
    const page = paymentPage(this.account, method, path);
    // Told before the payer is sent back, so that the demo does not show a paid order as unpaid.
    if (method === 'POST') for (const webhook of this.webhooks) await this.deliverWebhooks(webhook);
    response.writeHead(page.status, page.headers).end(page.html);
  }

  private note({ method = '', headers }: IncomingMessage, { pathname }: URL): void {
    const one = (name: string) => { const value = headers[name]; return typeof value === 'string' ? value : undefined; };
    this.seen.push({
      method, path: pathname, idempotencyKey: one('idempotency-key'), apiVersion: one('stripe-version'),
      telemetry: one('x-stripe-client-telemetry') !== undefined,
    });
  }
}

const READABLE = /^\/v1\/(checkout\/sessions|payment_intents|customers|refunds|charges|disputes|events|balance_transactions|payouts|accounts|transfers)(?:\/(\w+))?$/;

const KINDS: Readonly<Record<string, FakeObject['object']>> = {
  'checkout/sessions': 'checkout.session', payment_intents: 'payment_intent', customers: 'customer', refunds: 'refund', charges: 'charge',
  disputes: 'dispute', balance_transactions: 'balance_transaction', payouts: 'payout', transfers: 'transfer',
};

const unknown = ({ pathname }: URL) => invalid(`The fake does not know ${pathname}.`);

function injected(fault: InjectedFault | undefined): Answer | undefined {
  if (fault === 'server_error') return { status: 500, body: { error: { type: 'api_error', message: 'Injected.' } }, headers: { 'stripe-should-retry': 'false' } };
  if (fault !== 'card_declined') return undefined;
  return { status: 402, body: { error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card was declined.' } } };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_fake', ...headers }).end(JSON.stringify(body));
}
