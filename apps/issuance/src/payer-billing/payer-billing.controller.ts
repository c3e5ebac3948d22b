import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected, reject, type PayerId } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { GivePayerBilling, GiveShareReference, ShowPayerBilling, type Versioned } from './payer-billing.commands.js';

const address = z.strictObject({
  street: textIn(200), streetMore: textIn(200).nullable().default(null), postalCode: textIn(12).refine((text) => text.length >= 2, 'expected a postal code'),
  city: textIn(120), country: z.string().regex(/^[A-Z]{2}$/, 'expected a country in two capital letters').default('FR'),
});
const billingBody = z.strictObject({
  address, vatNumber: z.string().regex(/^[A-Z]{2}[A-Z0-9]{2,13}$/, 'expected a VAT number like FR44732829320').nullable().default(null),
  needsServiceCode: z.boolean().default(false).describe('takes no invoice without the code of its service (Chorus Pro)'),
  needsEngagementNumber: z.boolean().default(false).describe('takes no invoice without an engagement number (Chorus Pro)'),
});
const version = z.strictObject({ version: z.int() });
const shown = z.strictObject({
  version: z.int(),
  address: z.strictObject({
    street: z.string(), streetMore: z.string().nullable(), postalCode: z.string(), city: z.string(), country: z.string(),
  }),
  vatNumber: z.string().nullable(), needsServiceCode: z.boolean(), needsEngagementNumber: z.boolean(),
});
const referenceBody = z.strictObject({
  payerId: idIn('payer').optional().describe('whose share; not needed where there is one payer, or by a payer'),
  serviceCode: textIn(100).nullable().default(null), engagementNumber: textIn(50).nullable().default(null),
}).refine(({ serviceCode, engagementNumber }) => serviceCode !== null || engagementNumber !== null, {
  path: ['serviceCode'], message: 'expected a service code, an engagement number or both',
});

@Controller('issuance')
export class PayerBillingController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('payers/:id/billing')
  @HttpCode(201)
  @Api({
    summary: 'Say where invoices to a payer go and what it wants on them: a payer for itself, or the operator; later invoices only',
    who: ['payer', 'operator'], body: billingBody, answer: version, status: 201, refusals: ['payer_not_found'],
  })
  async give(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<Versioned> {
    const outcome = await this.commands.execute(new GivePayerBilling(ownPayer(id, meta.caller), parse(billingBody, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get('payers/:id/billing')
  @Api({ summary: 'Where invoices to a payer go and what it wants on them', who: ['payer', 'operator', 'auditor'], answer: shown, refusals: ['payer_not_found'] })
  async show(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    const outcome = await this.queries.execute(new ShowPayerBilling(ownPayer(id, caller)));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Post('orders/:id/billing-references')
  @HttpCode(201)
  @Api({
    summary: 'Give the service code and engagement number under which a payer books its share of an order or draft; later invoices have them',
    who: ['payer', 'operator'], body: referenceBody, answer: version, status: 201,
    refusals: ['order_not_found', 'share_not_found', 'share_not_named'],
  })
  async refer(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<Versioned> {
    const { payerId = null, ...given } = parse(referenceBody, asked);
    const request = { orderId: parse(idIn('order'), id), payerId, caller: payerOf(meta.caller), given };
    const outcome = await this.commands.execute(new GiveShareReference(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}

/** Another payer is as unknown to a payer as one that does not exist. */
function ownPayer(id: string, caller: Principal): PayerId {
  const [payerId, own] = [parse(idIn('payer'), id), payerOf(caller)];
  if (own !== null && own !== payerId) throw new Problem(reject('payer_not_found'));
  return payerId;
}
