import { Query } from '@nestjs/cqrs';
import type { ProgrammeId } from '#libs/kernel';
import type { Letter } from './draw-letter.js';
import type { Language } from './letter-words.js';

export type LetterAsked = Readonly<{
  programmeId: ProgrammeId;
  /** INSEE code. */
  commune: string;
  /** Its code in the nomenclature. */
  service: string | null;
  language: Language; isLarge: boolean;
}>;

/** What the letter says; undefined when there is no such programme. */
export class WriteLetter extends Query<Letter | undefined> {
  constructor(readonly asked: LetterAsked) {
    super();
  }
}
