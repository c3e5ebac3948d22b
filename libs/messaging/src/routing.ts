// Who gets what. The real table is drawn from the contracts; a test hands in its own.
import { contractOf, receiversOf, typesFor, type Contract, type Service } from '#libs/contracts';

export type Routing = Readonly<{
  /** Undefined for a type that this version does not know. */
  contractOf(type: string): Contract | undefined;
  /** Throws RangeError on an unknown type. */
  receiversOf(type: string, sender: Service): readonly Service[];
  typesFor(receiver: Service): readonly string[];
}>;

export const CONTRACT_ROUTING: Routing = { contractOf, receiversOf, typesFor };

/** One queue per receiver for batches, one per sender for acknowledgements. */
export const inboxOf = (receiver: Service): string => `${receiver}.inbox`;
export const acknowledgementsOf = (sender: Service): string => `${sender}.acks`;
