// How every suite of random histories, of a simulation or of chaos ends: the whole catalogue is asked as the inspector asks it (decision
// 22).
// test/tidy/invariants-are-asked.spec.ts sees that each does.
import type { Service } from '#libs/contracts';
import { inspect, ofOneService, type Broken } from '#libs/invariants';

/** Of a whole platform; where it is not at rest yet, whoever waits asks again. */
export const brokenOfAll = async (inspectorUrl: string): Promise<readonly Broken[]> => (await inspect(inspectorUrl)).broken;

/** Of one service that plays alone: all that reads no other's tables. */
export const brokenAlone = async (inspectorUrl: string, schema: Service): Promise<readonly Broken[]> =>
  (await inspect(inspectorUrl, ofOneService(schema))).broken;
