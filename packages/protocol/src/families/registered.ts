import { access } from './access/index.ts';
import { blacklist } from './blacklist/index.ts';
import { certificate } from './certificate/index.ts';
import { consent } from './consent/index.ts';
import { membership } from './membership/index.ts';
import { oprf } from './oprf/index.ts';
import { FamilyRegistry } from './registry.ts';

/** L2: the one place where a family is registered. */
export const families = new FamilyRegistry([blacklist, certificate, consent, access, membership, oprf]);
