// What answers to a questionnaire are worth: points per answer, added up, and answers that rule a place out whatever the sum.
/** By key; keys are the questionnaire's own and mean something within it only. */
export type Option = Readonly<{ key: string; text: string; points: number; eliminates: boolean }>;
export type Question = Readonly<{ key: string; text: string; options: readonly Option[] }>;
export type Questionnaire = Readonly<{ threshold: number; questions: readonly Question[]; documents: readonly string[] }>;
export type Answers = Readonly<Record<string, string>>;

export type Score = Readonly<{
  points: number;
  /** What the best answers come to. */
  pointsMax: number;
  threshold: number;
  parts: readonly Readonly<{ question: string; answer: string | null; points: number; pointsMax: number }>[];
  /** Questions that are not answered, and those of which the answer rules the place out. */
  unanswered: readonly string[];
  eliminatedBy: readonly string[];
}>;

export function decideScore({ threshold, questions }: Questionnaire, answers: Answers): Score {
  const answered = questions.map((question) => ({ question, option: question.options.find(({ key }) => key === answers[question.key]) }));
  const parts = answered.map(({ question, option }) => ({
    question: question.key, answer: option?.key ?? null, points: option?.points ?? 0,
    pointsMax: Math.max(...question.options.map(({ points }) => points)),
  }));
  return {
    points: total(parts.map(({ points }) => points)), pointsMax: total(parts.map(({ pointsMax }) => pointsMax)), threshold, parts,
    unanswered: answered.filter(({ option }) => !option).map(({ question }) => question.key),
    eliminatedBy: answered.filter(({ option }) => option?.eliminates).map(({ question }) => question.key),
  };
}

const total = (points: readonly number[]): number => points.reduce((sum, more) => sum + more, 0);

/** Answers to questions that nobody asked, or with options that nobody offered. */
export const strangeAnswers = ({ questions }: Questionnaire, answers: Answers): string[] =>
  Object.entries(answers).filter(([key, option]) =>
    !questions.find((question) => question.key === key)?.options.some((one) => one.key === option)).map(([key]) => key);
