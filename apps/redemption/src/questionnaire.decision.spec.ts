import { describe, expect, it } from '@jest/globals';
import { decideScore, strangeAnswers, type Questionnaire } from './questionnaire.decision.js';

const option = (key: string, points: number, eliminates = false) => ({ key, text: key, points, eliminates });
const questionnaire: Questionnaire = {
  threshold: 10, documents: [],
  questions: [
    { key: 'staff', text: 'Who receives people?', options: [option('trained', 10), option('some', 4), option('nobody', 0, true)] },
    { key: 'access', text: 'Is it accessible?', options: [option('yes', 5), option('no', 0)] },
  ],
};

describe('the score of answers', () => {
  it.each([
    [{ staff: 'trained', access: 'yes' }, 15, [], []],
    [{ staff: 'some', access: 'no' }, 4, [], []],
    [{ staff: 'nobody', access: 'yes' }, 5, [], ['staff']],
    [{ access: 'yes' }, 5, ['staff'], []],
    [{ staff: 'unheard of' }, 0, ['staff', 'access'], []],
    [{}, 0, ['staff', 'access'], []],
  ])('%j is %i points', (answers, points, unanswered, eliminatedBy) => {
    const score = decideScore(questionnaire, answers as Record<string, string>);
    expect(score).toMatchObject({ points, pointsMax: 15, threshold: 10, unanswered, eliminatedBy });
    expect(score.parts.reduce((sum, part) => sum + part.points, 0)).toBe(points);
  });

  it('is of what was asked only', () => {
    expect(strangeAnswers(questionnaire, { staff: 'trained', access: 'perhaps', other: 'yes' })).toEqual(['access', 'other']);
  });
});
