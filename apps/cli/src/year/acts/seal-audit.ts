// The last act: audit seals its log, signs it, and hands it out; and the export is read as a stranger would read it, with
// nothing but the file and the signed checkpoint.
import { checkpointSchema } from '#libs/proofs';
import { waitFor } from '../../world/wait.js';
import { verifyExport } from '../../verify/verify-export.js';
import type { Year } from '../year.js';

export type Sealed = Readonly<{ events: number; root: string; verified: boolean }>;

/** A pass of the watch takes a thousand events; a year of a large scheme has millions. */
const WATCHED_WITHIN_MS = 600_000;

export async function sealAudit({ people: { auditor }, folder, time, tell }: Year): Promise<Sealed> {
  await time.settled();
  const checkpoint = checkpointSchema.parse(await auditor.post('/audit/checkpoints'));
  await waitFor('the rules against fraud have seen the whole log', async () => {
    const { watched } = await auditor.get<{ watched: number }>('/audit/alert-watch');
    return watched >= checkpoint.size;
  }, WATCHED_WITHIN_MS);
  const exported = folder.write('audit-export.ndjson', await auditor.text(`/audit/export?size=${checkpoint.size}`));
  folder.files.auditExport = exported;
  const { verified, events, root, firstWrong } = await verifyExport(exported, { keyIds: [checkpoint.keyId], kept: [checkpoint] });
  tell(firstWrong ? `the audit log is wrong at line ${firstWrong.line}: ${firstWrong.reason}` : `the audit log of ${events} events is sealed and verified: ${root}`);
  return { verified, events, root };
}
