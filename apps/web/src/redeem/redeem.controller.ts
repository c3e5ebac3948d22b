import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import type { Html } from '../html.js';
import { loadCounter, placeHomePage } from '../home/place-home.js';
import { sendTillPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isOutage, Services, type Read } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { signedOf } from '../till/signed-form.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { bodyOf, isProblem, RedeemForm, type Attempt } from './attempt.js';
import { againForm, checked, later, no, yes, type Checked } from './redeem.page.js';
import { redeemRefusal } from './redeem-refusals.js';

const redeemed = z.object({
  redemptionId: z.string(), amountCents: z.int(), balanceCents: z.int(), redeemedAt: z.string(),
});
const found = z.object({
  kind: z.enum(['unit', 'balance']), availableCents: z.int(), takeableCents: z.int(), usableUntil: z.string(), services: z.array(z.string()),
  heldUntil: z.string().optional(),
});

/**
 * The code goes from the form to redemption and to no other place: not into an address, and into the page that answers only
 * where the same voucher is to be sent again.
 */
@Pages()
export class RedeemController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Post('redeem')
  @HttpCode(200)
  @AllowOnly('anyone')
  async redeem(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { visit, attempt } = await this.asked(body, request);
    const read = await this.ask('/redemption/redemptions', redeemed, visit, attempt);
    const home = await loadCounter(this.services, visit.person.bearer);
    const form = isOutage(read) ? againForm(visit, attempt) : undefined;
    sendTillPage(reply, visit, placeHomePage(visit, home, { above: answer(visit, read, yes), ...(form && { form }) }));
  }

  @Post('check')
  @HttpCode(200)
  @AllowOnly('anyone')
  async check(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { visit, attempt } = await this.asked(body, request);
    const read: Read<Checked> = await this.ask('/redemption/checks', found, visit, { ...attempt, key: '' });
    const home = await loadCounter(this.services, visit.person.bearer);
    const keeps = read.ok || isOutage(read);
    sendTillPage(reply, visit, placeHomePage(visit, home, { above: answer(visit, read, checked), ...(keeps && { attempt }) }));
  }

  private async asked(body: unknown, request: FastifyRequest): Promise<{ visit: SignedInVisit; attempt: Attempt }> {
    assertSameOrigin(request, this.settings.baseUrl);
    const attempt = parseForm(RedeemForm, body);
    // Links on the page lead back to the form, not to this address.
    return { attempt, visit: { ...visitOf(request), path: '/home', person: await this.sessions.person(request) } };
  }

  private async ask<Schema extends z.ZodType>(
    path: string, schema: Schema, { person }: SignedInVisit, attempt: Attempt,
  ): Promise<Read<z.output<Schema>>> {
    const body = bodyOf(attempt);
    if (isProblem(body)) return body;
    // A check is stored under no key.
    const key = attempt.key === '' ? {} : { key: attempt.key };
    return this.services.post(path, schema, person.bearer, { body, ...key, ...signedOf(attempt) });
  }
}

/** Yes, no, or that nobody knows. */
function answer<T>(visit: SignedInVisit, read: Read<T>, show: (visit: SignedInVisit, value: T) => Html): Html {
  if (read.ok) return show(visit, read.value);
  return isOutage(read) ? later(visit) : no(visit, redeemRefusal(read, visit));
}
