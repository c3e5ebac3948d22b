// The prices of a year of everybody, read once an hour: each reading goes through all redemptions, and any number of places may ask.
import { Injectable } from '@nestjs/common';
import type { LocalDate, PlaceId } from '#libs/kernel';
import { RedemptionWork } from '../redemption.work.js';
import type { PriceCount } from './price-comparison.decision.js';
import { territoryPrices, type TerritoryPrice } from './price-comparison.store.js';

const KEPT_MS = 3_600_000;

@Injectable()
export class TerritoryPrices {
  private kept: Readonly<{ untilMs: number; prices: Promise<readonly TerritoryPrice[]> }> | undefined;

  constructor(private readonly work: RedemptionWork) {}

  /** Of other places: what a place asks itself is no range beside it, nor can it subtract itself from one. */
  async around(
    placeId: PlaceId, departement: string, { since, at }: Readonly<{ since: LocalDate; at: Date }>,
  ): Promise<readonly PriceCount[]> {
    const prices = await this.read(since, at.getTime());
    return prices.filter((price) => price.departement === departement && price.placeId !== placeId);
  }

  private read(since: LocalDate, nowMs: number): Promise<readonly TerritoryPrice[]> {
    if (this.kept && nowMs < this.kept.untilMs) return this.kept.prices;
    const prices = territoryPrices(this.work.client, since);
    this.kept = { untilMs: nowMs + KEPT_MS, prices };
    // A reading that failed is read again by whoever asks next.
    prices.catch(() => { this.kept = undefined; });
    return prices;
  }
}
