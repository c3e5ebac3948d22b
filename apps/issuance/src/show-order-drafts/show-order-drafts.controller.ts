import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, Problem, type Page } from '#libs/http';
import { isRejected, toWire, type Cents } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { placeOf } from '../id-cursor.js';
import { ON_EXPIRY } from '../on-expiry.decision.js';
import { ANSWERS, DRAFT_STATES, draftState } from '../order-draft.decision.js';
import type { Quote } from '../order-draft.store.js';
import { ACTIVATE_ON } from '../activate-on.decision.js';
import { payerNameField, showPayerName } from '../payer-name-field.js';
import { quoteLine } from '../quote-order/quote-line-field.js';
import { SHARINGS, type AgreedShare } from '../share-amounts.decision.js';
import { showStep, shownStep } from '../step-fields.js';
import { ListOrderDrafts, ShowOrderDraft, type DraftView } from './show-order-drafts.query.js';

const WHO = ['payer', 'operator', 'auditor'] as const;
const agreed = { payerId: idText('payer'), basisPoints: z.int(), capCents: z.int().nullable() };
const shownQuote = z.strictObject({
  version: z.int(), validUntil: z.string(), count: z.int(), faceCents: z.int(), amountCents: z.int(), lines: z.array(quoteLine),
  shares: z.array(z.strictObject({ ...agreed, amountCents: z.int(), answer: z.enum(ANSWERS).nullable() })),
});
const shownDraft = z.strictObject({
  orderId: idText('order'), state: z.enum(DRAFT_STATES), revision: z.int(), draftedAt: z.string(), programmeId: idText('programme'),
  programmeName: z.string(), count: z.int(), faceCents: z.int().nullable().describe('the programme\'s when null'), currency: z.literal('EUR'),
  onExpiry: z.enum(ON_EXPIRY).nullable(), sharing: z.enum(SHARINGS), paper: z.boolean(), activateOn: z.enum(ACTIVATE_ON),
  shares: z.array(z.strictObject(agreed)), quote: shownQuote.nullable().describe('the last one'),
});
const withSteps = shownDraft.extend({ payers: z.array(payerNameField).describe('whom it names'), steps: z.array(shownStep) });
const listQuery = pageQuery.extend({ state: z.enum(DRAFT_STATES).optional() });

@Controller('issuance/order-drafts')
export class ShowOrderDraftsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Drafts of orders, newest first: those that name a payer, or all', who: WHO, query: listQuery, answer: pageAnswer(shownDraft) })
  async list(@Query() query: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shownDraft>>> {
    const { limit, cursor, state = null } = parse(listQuery, query);
    const wanted = { payerId: payerOf(caller), state, before: placeOf('order', cursor), rowsMax: limit + 1 };
    return pageOf(await this.queries.execute(new ListOrderDrafts(wanted)), limit, ({ orderId }) => [orderId], showDraft);
  }

  @Get(':id')
  @Api({ summary: 'A draft of an order, its last quote, and what was done with it', who: WHO, answer: withSteps, refusals: ['order_not_found'] })
  async one(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof withSteps>> {
    const outcome = await this.queries.execute(new ShowOrderDraft(parse(idIn('order'), id), payerOf(caller)));
    if (isRejected(outcome)) throw new Problem(outcome);
    const steps = outcome.steps.map((one) => ({ step: one.step, ...showStep(one) }));
    return { ...showDraft(outcome), payers: outcome.payers.map(showPayerName), steps };
  }
}

const showDraft = (draft: DraftView): z.output<typeof shownDraft> => ({
  orderId: idOut('order', draft.orderId), state: draftState(draft, draft.today), revision: draft.revision,
  draftedAt: draft.draftedAt.toISOString(), programmeId: idOut('programme', draft.programmeId), programmeName: draft.programmeName,
  count: draft.count, faceCents: centsOrNull(draft.face), currency: 'EUR', onExpiry: draft.onExpiry, sharing: draft.sharing,
  paper: draft.paper, activateOn: draft.activateOn, shares: draft.shares.map(showAgreed),
  quote: draft.quote ? showQuote(draft.quote) : null,
});

const showQuote = ({ version, validUntil, count, face, total, lines, shares }: Quote): z.output<typeof shownQuote> => ({
  version, validUntil, count, faceCents: toWire(face), amountCents: toWire(total), lines: [...lines],
  shares: shares.map(({ amount, answer, ...share }) => ({ ...showAgreed(share), amountCents: toWire(amount), answer })),
});

const showAgreed = ({ payerId, basisPoints, cap }: AgreedShare) =>
  ({ payerId: idOut('payer', payerId), basisPoints, capCents: centsOrNull(cap) });
const centsOrNull = (amount: Cents | null): number | null => (amount === null ? null : toWire(amount));
