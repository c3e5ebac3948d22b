import { z } from 'zod';
import type { Read, Services } from '../services.js';

const delivery = z.object({
  deliveryId: z.string(), kind: z.enum(['shipping', 'transfer', 'return']), distributorId: z.string(), batchId: z.string(),
  label: z.string(), bookletSize: z.int(), agentId: z.string().nullable(),
  fromDistributorId: z.string().nullable(), first: z.int(), last: z.int(), shippedAt: z.string(),
  receivedCount: z.int(), lostCount: z.int(), inTransitCount: z.int(),
});
const deliveriesShape = z.object({ items: z.array(delivery), nextCursor: z.string().nullable() });
export type Delivery = z.output<typeof delivery>;
export type Deliveries = z.output<typeof deliveriesShape>;

export const loadDeliveries = (services: Services, bearer: string, cursor: string): Promise<Read<Deliveries>> =>
  services.get(`/issuance/deliveries?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, deliveriesShape, bearer);
