import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { reject, toWire } from '#libs/kernel';
import { readerOf } from '../reader.js';
import { RECEIVERS, type Part, type Ruled } from './parts.decision.js';
import { WhoGetsOfRedemption, WhoGetsOfStatement } from './who-gets-what.queries.js';

const WHO = ['operator', 'approver', 'auditor', 'manager', 'till'] as const;
const parts = z.array(z.strictObject({ to: z.enum(RECEIVERS), amountCents: z.int() }))
  .describe('the place its net, the operator its fee without VAT, the State the VAT, the commons their share; in sum the gross');
const ruled = {
  programmeId: idText('programme'), feeRuleVersion: z.int(), feeBasisPoints: z.int(), vatBasisPoints: z.int(), commonsBasisPoints: z.int(),
  grossCents: z.int(), parts,
};
const ofRedemption = z.strictObject({
  redemptionId: idText('redemption'), currency: z.literal('EUR'),
  lines: z.array(z.strictObject({
    claimLineId: idText('claimLine'), incidentId: idText('incident').nullable(), ...ruled,
    state: z.enum(['in_statement', 'open', 'held', 'rejected'])
      .describe('in a statement it is the statement\'s own division; before, what the rule takes of the line alone; of a rejected line nobody gets anything'),
    statementId: idText('statement').nullable(),
  })),
});
const ofStatement = z.strictObject({
  statementId: idText('statement'), currency: z.literal('EUR'), grossCents: z.int(), parts,
  billedFeeCents: z.int().describe('of a payee that accepted no netting: its fee, owed beside the statement'), billedVatCents: z.int(),
  groups: z.array(z.strictObject({ ...ruled, lines: z.int() })),
});

@Controller('settlement')
export class WhoGetsWhatController {
  constructor(private readonly queries: QueryBus) {}

  @Get('redemptions/:redemptionId/shares')
  @Api({
    summary: 'Who gets how many cents of a redemption, and under which version of the fee rule', who: WHO, answer: ofRedemption,
    refusals: ['claim_line_unknown'],
  })
  async redemption(@Param('redemptionId') asked: string, @Caller() caller: Principal): Promise<z.output<typeof ofRedemption>> {
    const redemptionId = parse(idIn('redemption'), asked);
    const lines = await this.queries.execute(new WhoGetsOfRedemption(readerOf(caller), redemptionId));
    if (!lines) throw new Problem(reject('claim_line_unknown'));
    return {
      redemptionId: idOut('redemption', redemptionId), currency: 'EUR',
      lines: lines.map(({ claimLineId, incidentId, statementId, state, ...line }) => ({
        claimLineId: idOut('claimLine', claimLineId), incidentId: incidentId && idOut('incident', incidentId), ...ruledOut(line), state,
        statementId: statementId && idOut('statement', statementId),
      })),
    };
  }

  @Get('statements/:statementId/shares')
  @Api({
    summary: 'Who gets how many cents of a statement, by programme and version of the fee rule', who: WHO, answer: ofStatement,
    refusals: ['statement_unknown'],
  })
  async statement(@Param('statementId') asked: string, @Caller() caller: Principal): Promise<z.output<typeof ofStatement>> {
    const statementId = parse(idIn('statement'), asked);
    const found = await this.queries.execute(new WhoGetsOfStatement(readerOf(caller), statementId));
    if (!found) throw new Problem(reject('statement_unknown'));
    return {
      statementId: idOut('statement', statementId), currency: 'EUR', grossCents: toWire(found.gross), parts: partsOut(found.parts),
      billedFeeCents: toWire(found.billedFee), billedVatCents: toWire(found.billedVat),
      groups: found.groups.map(({ lineCount, ...group }) => ({ ...ruledOut(group), lines: lineCount })),
    };
  }
}

type Shared = Ruled & Readonly<{ gross: Parameters<typeof toWire>[0]; parts: readonly Part[] }>;
const ruledOut = ({ programmeId, feeRuleVersion, rates, gross, parts: shared }: Shared) => ({
  programmeId: idOut('programme', programmeId), feeRuleVersion, feeBasisPoints: rates.feeBasisPoints,
  vatBasisPoints: rates.vatBasisPoints, commonsBasisPoints: rates.commonsBasisPoints,
  grossCents: toWire(gross), parts: partsOut(shared),
});
const partsOut = (shared: readonly Part[]) => shared.map(({ to, amount }) => ({ to, amountCents: toWire(amount) }));
