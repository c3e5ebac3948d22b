import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import type { Html } from '../html.js';
import { seeOther, sendPage, sendTillPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { auditorHomePage, loadAuditorHome } from './auditor-home.js';
import { distributorHomePage, loadDistributorHome } from './distributor-home.js';
import { loadOperatorHome, operatorHomePage } from './operator-home.js';
import { loadPayerHome, payerHomePage } from './payer-home.js';
import { loadPlaceHome, placeHomePage } from './place-home.js';

/** One address for everybody; what it shows depends on what the organisation is. */
@Pages()
export class HomeController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('home')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    // Who helps and nothing else has no work list here.
    if (visit.person.organisation.roles.every((role) => role === 'helper')) return seeOther(reply, '/impersonations');
    const send = visit.person.organisation.kind === 'place' ? sendTillPage : sendPage;
    send(reply, visit, await this.page(visit));
  }

  private async page(visit: SignedInVisit): Promise<Html> {
    const { bearer, organisation } = visit.person;
    switch (organisation.kind) {
      case 'place': return placeHomePage(visit, await loadPlaceHome(this.services, visit.person));
      case 'payer': return payerHomePage(visit, await loadPayerHome(this.services, visit));
      case 'distributor': return distributorHomePage(visit, await loadDistributorHome(this.services, bearer));
      case 'operator': return operatorHomePage(visit, await loadOperatorHome(this.services, bearer));
      case 'auditor': return auditorHomePage(visit, await loadAuditorHome(this.services, bearer));
    }
  }
}
