// The one account that nobody with an account can create. Called at start by whoever owns the machine; does nothing when
// there is any user, so it cannot be used to get in.
import { z } from 'zod';
import { Authentication } from '../authentication.js';
import { IdentityWork } from '../identity.work.js';
import { EMAIL_LENGTH_MAX, NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../limits.js';
import { insertMembership, insertOrganisation } from '../organisation.store.js';
import { hasUsers, insertUser, lockUsers } from '../user.store.js';

const firstOperator = z.strictObject({
  email: z.string().trim().toLowerCase().max(EMAIL_LENGTH_MAX).pipe(z.email()),
  password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
  /** What the operating organisation is called. */
  organisationName: z.string().trim().min(1).max(NAME_LENGTH_MAX).default('Méreau'),
});
export type FirstOperator = z.input<typeof firstOperator>;
export type CreatedOperator = Readonly<{ userId: string; organisationId: string }>;

export class FirstOperatorDesk {
  constructor(private readonly work: IdentityWork, private readonly authentication: Authentication) {}

  /** Undefined when there are users already. Throws on a malformed address or a short password. */
  async create(given: FirstOperator): Promise<CreatedOperator | undefined> {
    const { email, password, name, organisationName } = firstOperator.parse(given);
    if (await hasUsers(this.work.client)) return undefined;
    const passwordHash = await this.authentication.hash(password);
    return this.work.once({ kind: 'process', name: 'first-operator', correlationId: 'first-operator' }, async (tx) => {
      await lockUsers(tx);
      if (await hasUsers(tx.sql)) return undefined;
      const organisation = { organisationId: tx.newId(), kind: 'operator' as const, name: organisationName, partyId: null };
      const userId = tx.newId();
      await insertOrganisation(tx, organisation);
      await insertUser(tx, { userId, name, email }, passwordHash);
      await insertMembership(tx, userId, organisation, ['operator', 'approver']);
      return { userId, organisationId: organisation.organisationId };
    }) as Promise<CreatedOperator | undefined>;
  }
}
