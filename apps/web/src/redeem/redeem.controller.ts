import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { centsTyped } from '../format.js';
import type { Html } from '../html.js';
import { loadPlaceHome, placeHomePage } from '../home/place-home.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services, type Read } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { againForm, later, no, yes, type Attempt, type Redeemed } from './redeem.page.js';
import { redeemRefusal } from './redeem-refusals.js';

const RedeemForm = z.strictObject({
  key: z.uuid(), code: z.string().max(512), serviceDate: z.string().max(10), amount: z.string().max(20),
  service: z.string().max(40).default(''),
});
const redeemed = z.object({
  redemptionId: z.string(), amountCents: z.int(), balanceCents: z.int(), redeemedAt: z.string(),
});
const OUTAGE = 500;

/** The code goes from the form to redemption and to no other place: not into an address, not into the page that answers. */
@Pages()
export class RedeemController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Post('redeem')
  @HttpCode(200)
  @AllowOnly('anyone')
  async redeem(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const attempt = parseForm(RedeemForm, body);
    // Links on the page lead back to the form, not to this address.
    const visit = { ...visitOf(request), path: '/home', person: await this.sessions.person(request) };
    const read = await this.ask(visit, attempt);
    const unknown = !read.ok && read.status >= OUTAGE;
    const home = await loadPlaceHome(this.services, visit.person.bearer);
    sendPage(reply, visit, placeHomePage(visit, home, answer(visit, read, unknown), unknown ? againForm(visit, attempt) : undefined));
  }

  private async ask({ person }: SignedInVisit, { key, code, serviceDate, amount, service }: Attempt): Promise<Read<Redeemed>> {
    const amountCents = amount.trim() === '' ? undefined : centsTyped(amount);
    if (amount.trim() !== '' && amountCents === undefined) return { ok: false, status: 400, code: 'amount_unreadable', details: {}, errors: [] };
    const body = { code, serviceDate, ...(amountCents !== undefined && { amountCents }), ...(service !== '' && { service }) };
    return this.services.post('/redemption/redemptions', redeemed, person.bearer, { body, key });
  }
}

function answer(visit: SignedInVisit, read: Read<Redeemed>, unknown: boolean): Html {
  if (read.ok) return yes(visit, read.value);
  return unknown ? later(visit) : no(visit, redeemRefusal(read, visit));
}
