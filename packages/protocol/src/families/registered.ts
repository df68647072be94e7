import { blacklist } from './blacklist/index.ts';
import { certificate } from './certificate/index.ts';
import { membership } from './membership/index.ts';
import { oprf } from './oprf/index.ts';
import { FamilyRegistry } from './registry.ts';

/** L2: the one place where a family is registered. Numbers 3 (consent) and 4 (access) are reserved. */
export const families = new FamilyRegistry([blacklist, certificate, membership, oprf]);
