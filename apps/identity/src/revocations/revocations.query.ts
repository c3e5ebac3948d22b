import { Query } from '@nestjs/cqrs';

/** The signed list of what tokens must not name any more. */
export class ShowRevocations extends Query<string> {}
