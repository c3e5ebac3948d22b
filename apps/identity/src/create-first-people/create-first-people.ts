// The two accounts that nobody with an account can create: one who operates and one who approves, so that from the first
// day on nobody alone lets money go. Called by whoever owns the machine; each does nothing once it was made.
import { z } from 'zod';
import type { Role } from '#libs/auth';
import type { Tx } from '#libs/persistence';
import { Authentication } from '../authentication.js';
import { IdentityWork } from '../identity.work.js';
import { EMAIL_LENGTH_MAX, NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../limits.js';
import { findDesertedOperator, findOnlyOperator, insertConfirmation, insertMembership, insertOrganisation, type Organisation } from '../organisation.store.js';
import { findUserByEmail, hasUsers, insertUser, lockUsers, setPassword } from '../user.store.js';

const firstPerson = z.strictObject({
  email: z.string().trim().toLowerCase().max(EMAIL_LENGTH_MAX).pipe(z.email()),
  password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
  name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
});
export type FirstPerson = z.input<typeof firstPerson>;
export type CreatedPerson = Readonly<{ userId: string; organisationId: string }>;

/** What stands as confirmer in the table: the machine's owner, who could change every row anyway. */
const MACHINE = 'machine';
/** The operating organisation is called so until it can be renamed. */
const ORGANISATION_NAME = 'Méreau';

export class FirstPeopleDesk {
  constructor(private readonly work: IdentityWork, private readonly authentication: Authentication) {}

  /**
   * Undefined when there are users already, but after a take-over: then the operator's organisation is there, and nobody is in it.
   * Throws on a malformed address or a short password.
   */
  createOperator(given: FirstPerson): Promise<CreatedPerson | undefined> {
    return this.create(given, 'operator', async (tx) => {
      const deserted = await findDesertedOperator(tx.sql);
      if (deserted) return deserted;
      if (await hasUsers(tx.sql)) return undefined;
      const organisation: Organisation = { organisationId: tx.newId(), kind: 'operator', name: ORGANISATION_NAME, partyId: null };
      await insertOrganisation(tx, organisation);
      return organisation;
    });
  }

  /** Undefined unless the operator has exactly one person, and that is somebody else. Throws as above. */
  createApprover(given: FirstPerson): Promise<CreatedPerson | undefined> {
    return this.create(given, 'approver', (tx) => findOnlyOperator(tx.sql));
  }

  private async create(
    given: FirstPerson, role: Role, organisationFor: (tx: Tx) => Promise<Organisation | undefined>,
  ): Promise<CreatedPerson | undefined> {
    const { email, password, name } = firstPerson.parse(given);
    const passwordHash = await this.authentication.hash(password);
    const process = `first-${role}`;
    return this.work.once({ kind: 'process', name: process, correlationId: process }, async (tx) => {
      await lockUsers(tx);
      const organisation = await organisationFor(tx);
      if (!organisation || await findUserByEmail(tx.sql, email)) return undefined;
      const [userId, { organisationId }] = [tx.newId(), organisation];
      await insertUser(tx, { userId, name, email });
      await setPassword(tx, userId, passwordHash);
      await insertMembership(tx, userId, organisation, [role]);
      await insertConfirmation(tx, userId, organisationId, MACHINE);
      return { userId, organisationId };
    }) as Promise<CreatedPerson | undefined>;
  }
}
