import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { searchAll } from './search.data.js';
import { waysOf } from './search-kinds.js';
import { searchPage, type SearchAnswer } from './search.page.js';
import { readTerm } from './search-term.js';

const SearchQuery = z.object({ q: z.string().trim().max(100).default('') });

/** One box for everything that somebody may have in hand; each list answers for itself, with the person's own token. */
@Pages()
export class SearchController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('search')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { q } = parse(SearchQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const answer = await this.answer(visit, q);
    // A code stands nowhere on the page, not in the links to other languages either.
    sendPage(reply, visit, searchPage(answer.term.kind === 'secret' ? { ...visit, question: '' } : visit, q, answer));
  }

  private async answer(visit: SignedInVisit, typed: string): Promise<SearchAnswer> {
    const [term, { roles }] = [readTerm(typed), visit.person.organisation];
    switch (term.kind) {
      case 'empty': case 'secret': return { term, found: [], ways: [] };
      case 'id': return { term, found: [], ways: waysOf(term.id, roles) };
      case 'text': return { term, found: await searchAll(visit, this.services, term), ways: waysOf(term.text, roles) };
    }
  }
}
