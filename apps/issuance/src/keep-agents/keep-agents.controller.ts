import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import {
  Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type HttpMeta, type Page,
} from '#libs/http';
import { isRejected } from '#libs/kernel';
import { distributorOf, ownDistributorOf } from '../caller.js';
import { placeOf } from '../id-cursor.js';
import { ListAgents, RegisterAgent } from './keep-agents.command.js';

const body = z.strictObject({ name: textIn(80).describe('of the desk, e.g. "Accueil Vaise"; never of a person') });
const registered = z.strictObject({ agentId: idText('agent') });
const query = pageQuery.extend({ distributorId: idIn('distributor').optional() });
const shown = z.strictObject({ agentId: idText('agent'), distributorId: idText('distributor'), name: z.string() });

@Controller('issuance/agents')
export class KeepAgentsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Register a desk of one\'s own that holds stock', who: ['distributor'], body, answer: registered, status: 201,
    refusals: ['agent_exists'],
  })
  async register(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof registered>> {
    const outcome = await this.commands.execute(new RegisterAgent(ownDistributorOf(meta.caller), parse(body, asked).name, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { agentId: idOut('agent', outcome.agentId) };
  }

  @Get()
  @Api({
    summary: 'Desks of a distributor: one\'s own, or all', who: ['distributor', 'operator', 'auditor'], query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, distributorId } = parse(query, asked);
    const rows = await this.queries.execute(new ListAgents(distributorOf(caller) ?? distributorId ?? null, placeOf('agent', cursor), limit + 1));
    return pageOf(rows, limit, ({ agentId }) => [agentId], ({ name, ...ids }) =>
      ({ name, agentId: idOut('agent', ids.agentId), distributorId: idOut('distributor', ids.distributorId) }));
  }
}
