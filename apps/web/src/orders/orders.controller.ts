import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services, type Problem as Refused } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadCardPayments, loadInvoices, loadOrder } from './order.data.js';
import { leavePage, orderPage } from './order.page.js';

export const OrderParam = z.strictObject({ orderId: z.string().regex(/^ord_[0-9a-f-]{36}$/) });
const InvoiceParam = z.strictObject({ invoiceId: z.string().regex(/^inv_[0-9a-f-]{36}$/) });
const PayForm = z.strictObject({ key: z.uuid(), method: z.enum(['card', 'bank_transfer', 'sepa_debit']) });
const reason = z.string().trim().min(1).max(500);
const proof = { key: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/) };
const ProofForm = z.discriminatedUnion('answer', [
  z.strictObject({ ...proof, answer: z.literal('approved') }), z.strictObject({ ...proof, answer: z.literal('sent_back'), reason }),
]);
/** Only a page that a browser opens safely is linked to. */
const opened = z.object({ url: z.url({ protocol: /^https$/ }), amountCents: z.int() });

/** One order of a payer, the way to pay it, and its documents. */
@Pages()
export class OrdersController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('orders/:orderId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [{ orderId }, visit] = [parse(OrderParam, param), await this.visit(request)];
    // The operator works on the same order on a page of its own.
    if (visit.person.organisation.roles.includes('operator')) return seeOther(reply, `/all-orders/${orderId}`);
    await this.page(orderId, visit, reply);
  }

  @Post('orders/:orderId/card-payments')
  @HttpCode(200)
  @AllowOnly('anyone')
  async pay(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const [{ orderId }, { key, method }, visit] = [parse(OrderParam, param), parseForm(PayForm, body), await this.visit(request)];
    const read = await this.services.post(`/issuance/orders/${orderId}/card-payments`, opened, visit.person.bearer, { body: { method }, key });
    if (read.ok) return sendPage(reply, visit, leavePage({ ...visit, path: `/orders/${orderId}` }, orderId, read.value));
    await this.page(orderId, visit, reply, read);
  }

  @Post('orders/:orderId/proof')
  @HttpCode(303)
  @AllowOnly('anyone')
  async proof(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const [{ orderId }, { key, ...given }, visit] = [parse(OrderParam, param), parseForm(ProofForm, body), await this.visit(request)];
    const read = await this.services.post(`/issuance/orders/${orderId}/proof-answers`, z.unknown(), visit.person.bearer, { body: given, key });
    if (read.ok) return seeOther(reply, `/orders/${orderId}`);
    await this.page(orderId, visit, reply, read);
  }

  @Get('order-invoices/:invoiceId/pdf')
  @AllowOnly('anyone')
  async pdf(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { invoiceId } = parse(InvoiceParam, param);
    const { person } = await this.visit(request);
    const response = await this.services.pass(`/issuance/invoices/${invoiceId}/pdf`, person.bearer);
    if (!response || response.status >= 500) throw new Problem('unavailable');
    if (!response.ok) throw new Problem('route_not_found');
    void reply.headers({
      'content-type': 'application/pdf', 'content-disposition': response.headers.get('content-disposition') ?? 'attachment', 'cache-control': 'no-store',
    }).send(Buffer.from(await response.arrayBuffer()));
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  private async page(orderId: string, visit: SignedInVisit, reply: FastifyReply, refused?: Refused): Promise<void> {
    const { bearer } = visit.person;
    const [order, invoices, payments] = await Promise.all([
      loadOrder(this.services, bearer, orderId), loadInvoices(this.services, bearer, orderId),
      loadCardPayments(this.services, bearer, orderId),
    ]);
    if (!order.ok) throw new Problem(order.status === 404 ? 'route_not_found' : order.status === 403 ? 'role_missing' : 'unavailable');
    const page = orderPage({ ...visit, path: `/orders/${orderId}` }, { order: order.value, invoices, payments, refused: refused?.code });
    sendPage(reply, visit, page, refused?.status ?? 200);
  }
}
