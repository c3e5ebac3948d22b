import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { sendTillPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { later, no } from '../redeem/redeem.page.js';
import { redeemRefusal } from '../redeem/redeem-refusals.js';
import { assertSameOrigin } from '../same-origin.js';
import { isOutage, Services, type Problem as Refused } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { signedFields, signedOf } from '../till/signed-form.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { lineNumberOf, peopleOf } from './people.js';
import { newWorkshop, receiptPage, workshopPage, type Workshop } from './workshop.page.js';

const whole = z.string().trim().regex(/^\d{0,4}$/).default('');
const WorkshopForm = z.strictObject({
  key: z.uuid(), serviceDate: z.string().max(10), service: z.string().max(40).default(''), durationMinutes: whole, participants: whole,
  codes: z.string().max(60_000), ...signedFields,
});
const SheetParam = z.strictObject({ sessionId: z.string().regex(/^ses_[0-9a-f-]{36}$/) });
const redeemed = z.object({ redemptionId: z.string(), amountCents: z.int(), balanceCents: z.int() });
// A person with one voucher has no others, and the service says nothing of them.
const line = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('redeemed'), redemption: redeemed, with: z.array(redeemed).default([]) }),
  z.object({ outcome: z.literal('refused'), code: z.string(), details: z.record(z.string(), z.unknown()) }),
]);
const receipt = z.object({
  sessionId: z.string(), serviceDate: z.string(), redeemedCount: z.int(), refusedCount: z.int(), amountCents: z.int(), lines: z.array(line),
});
const today = z.object({ day: z.string() });

@Pages()
export class WorkshopController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('workshop')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    // The day at the place, which only redemption knows.
    const read = await this.services.get('/redemption/redemptions', today, visit.person.bearer);
    const date = read.ok ? read.value.day : new Date().toISOString().slice(0, 10);
    sendTillPage(reply, visit, workshopPage(visit, newWorkshop(date)));
  }

  @Post('workshop')
  @HttpCode(200)
  @AllowOnly('anyone')
  async redeem(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const form = parseForm(WorkshopForm, body);
    const visit = await this.visit(request);
    const asked = { body: bodyOf(form), key: form.key, ...signedOf(form) };
    const read = await this.services.post('/redemption/sessions', receipt, visit.person.bearer, asked);
    if (read.ok) return sendTillPage(reply, visit, receiptPage(visit, read.value, peopleOf(form.codes)));
    // What was scanned stands in the form again: a workshop of twenty-eight is not read twice for one wrong line.
    sendTillPage(reply, visit, workshopPage(visit, form, isOutage(read) ? later(visit) : no(visit, reasonOf(visit, read, form))));
  }

  @Get('workshop/:sessionId/attendance-sheet')
  @AllowOnly('anyone')
  async sheet(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { sessionId } = parse(SheetParam, param);
    const { person, language } = await this.visit(request);
    const response = await this.services.pass(`/redemption/sessions/${sessionId}/attendance-sheet?language=${language}`, person.bearer);
    if (!response || response.status >= 500) throw new Problem('unavailable');
    if (!response.ok) throw new Problem('route_not_found');
    void reply.headers({
      'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${sessionId}.pdf"`, 'cache-control': 'no-store',
    }).send(Buffer.from(await response.arrayBuffer()));
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/workshop', person: await this.sessions.person(request) };
  }
}

const bodyOf = ({ serviceDate, service, durationMinutes, participants, codes }: Workshop): object => ({
  serviceDate, ...(service !== '' && { service }), ...(durationMinutes !== '' && { durationMinutes: Number(durationMinutes) }),
  ...(participants !== '' && { participants: Number(participants) }), lines: peopleOf(codes).map(([code, ...others]) =>
    ({ code, ...(others.length > 0 && { with: others.map((other) => ({ code: other })) }) })),
});

/** A wrong line makes the whole request malformed and nothing happens: it is named by its number. */
function reasonOf(visit: SignedInVisit, problem: Refused, { codes }: Workshop): string {
  const { say } = visit;
  const [, person, voucher, end] = /^lines\[(\d+)\](?:\.with\[(\d+)\])?\.(code|with)$/.exec(problem.errors[0]?.path ?? '') ?? [];
  if (person !== undefined) {
    const number = lineNumberOf(peopleOf(codes), Number(person), voucher === undefined ? 0 : Number(voucher) + 1);
    if (end === 'with') {
      return say(`Ligne ${number} : une personne donne au plus 10 chèques, tous différents. Rien n’est encaissé ; corrigez la liste.`, `Line ${number}: one person gives 10 vouchers at most, all different. Nothing was redeemed; mend the list.`);
    }
    return say(`Ligne ${number} : le code n’est pas juste. Rien n’est encaissé ; corrigez la ligne.`, `Line ${number}: the code is not right. Nothing was redeemed; mend the line.`);
  }
  if (problem.errors[0]?.path === 'lines') return say('Donnez de 1 à 100 chèques, un par ligne.', 'Give 1 to 100 vouchers, one a line.');
  return redeemRefusal(problem, visit);
}
