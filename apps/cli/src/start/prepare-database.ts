import { prepareQueueSchema } from '#libs/messaging';
import { migrate, StartupFault } from '#libs/persistence';
import { rolePasswords, type SharedSettings } from '#libs/service';

/** Roles, schemas and tables as this version needs them. Throws StartupFault: an operator has to look, nothing else helps. */
export async function prepareDatabase(
  adminUrl: string, rootDir: string, shared: SharedSettings, log: (line: string) => void,
): Promise<void> {
  try {
    const applied = await migrate({ adminUrl, rootDir, passwordOf: rolePasswords(shared.keyring) });
    await prepareQueueSchema(adminUrl);
    if (applied > 0) log(`applied ${applied} migrations`);
  } catch (error) {
    throw new StartupFault(`the database cannot be brought to this version: ${(error as Error).message}`, { cause: error });
  }
}
