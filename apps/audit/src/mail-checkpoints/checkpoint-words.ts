// The mail that carries a checkpoint, French and English in one: whoever reads it is not known by a language.
import type { Checkpoint } from '../publish-checkpoint/signed-note.js';

export type Mailed = Readonly<{
  checkpoint: Checkpoint;
  /** What the reader was mailed last, with the proof that its log is the beginning of this one. */
  before: Readonly<{ size: number; path: readonly string[] }> | null;
  baseUrl: string;
}>;

export function checkpointWords({ checkpoint, before, baseUrl }: Mailed): Readonly<{ subject: string; text: string }> {
  const { origin, size, time } = checkpoint;
  const kept = before
    ? ['', `Preuve de cohérence / proof of consistency (RFC 9162, 2.1.4), ${before.size} → ${size}:`, ...(before.path.length > 0 ? before.path : ['(vide / empty)'])]
    : [];
  return {
    subject: `${origin}: ${size} (${time.slice(0, 10)})`,
    text: [
      'Gardez ce message : il prouvera plus tard que le journal d\'audit n\'a pas été réécrit.',
      'Keep this message: it will prove later that the audit log was not rewritten.', '',
      checkpoint.note.trimEnd(), ...kept, '',
      `Vérifier / check: ${baseUrl}/checkpoints`,
      'Le texte entre le nom du journal et la ligne qui commence par un tiret, enregistré tel quel, est accepté par :',
      'The text from the name of the log to the line that begins with a dash, saved as it is, is taken by:',
      '  npm run verify -- EXPORT --checkpoint FILE', '',
    ].join('\n'),
  };
}
