import { describe, expect, it } from '@jest/globals';
import { PlaceAccreditedV1, SERVICES, VoucherRedeemedV1, type Contract } from '#libs/contracts';
import { CONTRACT_ROUTING, type Routing } from '../routing.js';
import { checkConsumers, defineCatchAll, defineConsumer, type Consumer } from './consumer.js';

const take = async (): Promise<void> => undefined;
const redeemed = defineConsumer(VoucherRedeemedV1 as unknown as Contract, take);
const accredited = defineConsumer(PlaceAccreditedV1 as unknown as Contract, take);
const routing: Routing = { ...CONTRACT_ROUTING, typesFor: () => ['voucher.redeemed.v1', 'place.accredited.v1'] };

describe('the table of consumers', () => {
  it.each<[string, Consumer[], string | undefined]>([
    ['one for each type', [redeemed, accredited], undefined],
    ['one for everything', [defineCatchAll(take)], undefined],
    ['a type without one', [redeemed], 'place.accredited.v1 has no consumer'],
    ['a type with two', [redeemed, redeemed, accredited], 'voucher.redeemed.v1 has 2 consumers'],
    ['a type with its own beside the catch-all', [redeemed, defineCatchAll(take)], 'voucher.redeemed.v1 has 2 consumers'],
    ['one without a route', [redeemed, accredited, { type: 'batch.created.v1', take }], 'batch.created.v1 has a consumer and no route'],
    ['several faults at once', [{ type: 'x.v1', take }],
      'consumers of settlement: voucher.redeemed.v1 has no consumer; place.accredited.v1 has no consumer; x.v1 has a consumer and no route'],
  ])('is judged: %s', (_, consumers, fault) => {
    const check = () => checkConsumers('settlement', consumers, routing);
    if (fault) expect(check).toThrow(fault);
    else expect(check).not.toThrow();
  });

  it('is checked against the contracts: a service that forgets one does not start', () => {
    for (const service of SERVICES) {
      const all = CONTRACT_ROUTING.typesFor(service).map((type): Consumer => ({ type, take }));
      expect(() => checkConsumers(service, all, CONTRACT_ROUTING)).not.toThrow();
      if (all.length > 0) expect(() => checkConsumers(service, all.slice(1), CONTRACT_ROUTING)).toThrow(`${all[0]!.type} has no consumer`);
    }
  });
});
