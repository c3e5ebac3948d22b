import { describe, expect, it } from '@jest/globals';
import { newTariff, tariffAsked, type TypedTariff } from './tariff-form.js';

const form = (over: Partial<TypedTariff> = {}): TypedTariff => ({ ...newTariff(), service: 'employment', premises: '12,50', ...over });

describe('a tariff that is typed', () => {
  it('becomes cents and whole numbers, with nothing where nothing stands', () => {
    expect(tariffAsked(form({ renderingMinutes: '90', hourlyCost: '30', groupSize: '6', other: '1', otherName: ' Encre ', from: '2026-12-01' }))).toEqual({
      body: {
        service: 'employment', from: '2026-12-01',
        components: { preparationCents: 0, renderingMinutes: 90, hourlyCostCents: 3_000, premisesCents: 1_250, travelCents: 0, otherCents: 100, otherName: 'Encre', groupSize: 6 },
      },
    });
  });

  it.each<[string, Partial<TypedTariff>]>([
    ['service', { service: 'cooking' }], ['premises', { premises: 'twelve' }], ['groupSize', { groupSize: '0' }], ['groupSize', { groupSize: '' }],
    ['renderingMinutes', { renderingMinutes: '1.5' }], ['otherName', { other: '3' }],
  ])('names %s where it cannot be read', (wrong, over) => {
    expect(tariffAsked(form(over))).toEqual({ wrong });
  });
});
