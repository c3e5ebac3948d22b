// Who acts: the people of the operator, of a payer, of two places, and an auditor, each with an account of their own.
// The rules ask for different people, so there are as many as the strictest of them needs.
import { join } from 'node:path';
import { acceptInvitation, Person, type Origins, type Setting } from './api.js';
import { authenticatorsInMemory } from './authenticator.js';
import { mailboxIn, type Mailbox } from './mailbox.js';
import type { Plot } from './plot.js';
import { PEOPLE, type PlayPeople, type SamplePerson } from './samples.js';

export type SignIn = Readonly<{ role: string; email: string; password: string }>;

export type OperatorPeople = Readonly<{ operator: Person; checker: Person; approver: Person; auditor: Person }>;

export type StaffSetting = Setting & Readonly<{ passwordFor: (email: string) => string; mailbox: Mailbox }>;

/** Of a play on an installation whose data folder it can read: mail is caught there. Its people have one phone each, for all of it. */
export const settingOf = (plot: Plot, origins: Origins, dataDir: string): StaffSetting => ({
  origins, nextKey: plot.nextKey, passwordFor: plot.passwordFor, authenticators: authenticatorsInMemory(), mailbox: mailboxIn(join(dataDir, 'mail')),
});

/** Whom the owner of the machine makes: the two that nobody else can. */
export const firstPeople = (plot: Plot, names: PlayPeople = PEOPLE) => {
  const withPassword = (who: SamplePerson) => ({ ...who, password: plot.passwordFor(who.email) });
  return { operator: withPassword(names.operator), approver: withPassword(names.approver) };
};

/** Staff have a second factor from their first sign-in on: whoever takes their place later is shown its codes (`npm run code`). */
async function enrolled(person: Person): Promise<Person> {
  await person.bearer();
  return person;
}

/** As long as a mandate may last: a play runs through years. */
const MANDATE_DAYS = 1_096;

/** Keeps every sign-in that it makes, so that the start can print them. */
export class Staff {
  readonly signIns: SignIn[] = [];
  readonly operator: Person;

  constructor(private readonly setting: StaffSetting, private readonly names: PlayPeople = PEOPLE) {
    this.operator = new Person(this.credentials(names.operator.email, 'operator'), setting);
  }

  /** A new person with one role at an organisation that exists. */
  async hire(role: string, organisationId: string, { name, email }: SamplePerson, shownAs: string): Promise<Person> {
    await this.invite(role, organisationId, { name, email });
    return this.arrive(organisationId, email, shownAs);
  }

  /** A new organisation and its first person. */
  async found(organisation: object, role: string, who: SamplePerson, shownAs: string): Promise<Person> {
    const { organisationId } = await this.operator.post<{ organisationId: string }>('/identity/organisations', organisation);
    return this.hire(role, organisationId, who, shownAs);
  }

  private invite(role: string, organisationId: string, who: SamplePerson): Promise<{ userId: string }> {
    return this.operator.post('/identity/members', { organisationId, ...who, roles: [role] });
  }

  /** Opens the mail, chooses a password. */
  private async arrive(organisationId: string, email: string, shownAs: string): Promise<Person> {
    const credentials = this.credentials(email, shownAs);
    await acceptInvitation(this.setting.origins, { link: await this.setting.mailbox.linkTo(email), password: credentials.password });
    return new Person({ ...credentials, organisationId }, this.setting);
  }

  /** A member of the operator counts once a second person stands for it. */
  private async hireColleague(confirmer: Person, role: string, { name, email }: SamplePerson, shownAs: string): Promise<Person> {
    const { organisationId } = await confirmer.get<{ organisationId: string }>('/identity/me');
    const { userId } = await this.invite(role, organisationId, { name, email });
    await confirmer.post('/identity/members/confirmations', { userId, roles: [role] });
    return enrolled(await this.arrive(organisationId, email, shownAs));
  }

  /** The operator's own people and an auditor. */
  async operatorPeople(): Promise<OperatorPeople> {
    const { organisationId } = await this.operator.get<{ organisationId: string }>('/identity/me');
    const approver = new Person({ ...this.credentials(this.names.approver.email, 'operator (approves payments)'), organisationId }, this.setting);
    return {
      operator: this.operator,
      checker: await this.hireColleague(approver, 'operator', this.names.checker, 'operator (checks bank accounts)'),
      approver,
      auditor: await this.auditor(approver),
    };
  }

  /** An auditing body sees nothing by its role: two people of the operator let it look. */
  private async auditor(confirmer: Person): Promise<Person> {
    const { organisationId } = await this.operator.post<{ organisationId: string }>('/identity/organisations', { kind: 'auditor', name: 'Cabinet Faure, contrôle' });
    const mandate = { organisationId, days: MANDATE_DAYS, purpose: 'Contrôle annuel du dispositif' };
    const { mandateId } = await this.operator.post<{ mandateId: string }>('/identity/mandates', mandate);
    await confirmer.post(`/identity/mandates/${mandateId}/confirmations`);
    return enrolled(await this.hire('auditor', organisationId, this.names.auditor, 'auditor'));
  }

  /** Who approves with the approver where one is not enough. */
  deputy({ approver }: OperatorPeople): Promise<Person> {
    return this.hireColleague(approver, 'approver', this.names.deputy, 'operator (approves what is unusual with another)');
  }

  private credentials(email: string, role: string): { email: string; password: string } {
    const password = this.setting.passwordFor(email);
    this.signIns.push({ role, email, password });
    return { email, password };
  }
}
