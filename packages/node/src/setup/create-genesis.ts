import { resolve } from 'node:path';
import { HansaError, toHex, unwrap } from '@hansa/protocol';
import {
  defaultParameters,
  defaultPolicy,
  defaultUtcOffsetMinutes,
  encodeGenesis,
  faultsTolerated,
  type Parameters,
  parseGenesis,
  policyDigest,
  type VoteSchemeName,
} from '@hansa/protocol/genesis';
import { nativeCrypto } from '../crypto/index.ts';
import { writeNewFile } from '../files.ts';
import { readMemberCard, readObserverCard } from '../keys/index.ts';
import { readPolicyFile } from './policy-file.ts';

export interface CreateGenesisOptions {
  readonly name: string;
  /** Files; their order is the order of the authorities. */
  readonly memberCards: readonly string[];
  /** Cards of observers. */
  readonly observerCards?: readonly string[];
  readonly out: string;
  readonly testFederation: boolean;
  /** Default: the cheaper one for so many cities (ADR 0008). */
  readonly voteScheme?: VoteSchemeName | undefined;
  /** YAML; default: `defaultPolicy`. */
  readonly policyFile?: string | undefined;
  /** `name=value`, names of `Parameters`. */
  readonly parameters: readonly string[];
}

/** Up to here a list of Ed25519 signatures is cheaper to verify than one BLS aggregate (ADR 0008). */
const FEW_CITIES = 16;

export interface CreatedGenesis extends Record<string, unknown> {
  readonly name: string;
  readonly federationId: string;
  readonly cities: readonly string[];
  readonly faultsTolerated: number;
  /** Hexadecimal. */
  readonly policyDigest: string;
  readonly genesisFile: string;
}

/** Writes the genesis file. Errors: `FILE_EXISTS`, those of the cards and the policy, and the `GENESIS_*` codes; nothing is written then. */
export async function createGenesis(options: CreateGenesisOptions): Promise<CreatedGenesis> {
  const cards = [];
  for (const path of options.memberCards) cards.push(await readMemberCard(path));
  const observers = [];
  for (const path of options.observerCards ?? []) observers.push(await readObserverCard(path));
  const policy = options.policyFile === undefined ? defaultPolicy : await readPolicyFile(options.policyFile);
  const bytes = encodeGenesis({
    name: options.name,
    testFederation: options.testFederation,
    voteScheme: options.voteScheme ?? (cards.length <= FEW_CITIES ? 'ed25519' : 'bls12381'),
    createdAtMs: Date.now(),
    utcOffsetMinutes: defaultUtcOffsetMinutes,
    authorities: cards,
    observers,
    parameters: parseParameters(options.parameters),
    policy,
  });
  const genesis = unwrap(parseGenesis(nativeCrypto, bytes));
  const genesisFile = resolve(options.out);
  await writeNewFile(genesisFile, bytes);
  return {
    name: genesis.name,
    federationId: toHex(genesis.federationId),
    cities: genesis.authorities.map((authority) => authority.name),
    faultsTolerated: faultsTolerated(genesis.authorities.length),
    policyDigest: toHex(policyDigest(nativeCrypto, genesis.policy)),
    genesisFile,
  };
}

function parseParameters(assignments: readonly string[]): Parameters {
  const parameters: Record<keyof Parameters, number> = { ...defaultParameters };
  for (const assignment of assignments) {
    const [, name, text] = /^(\w+)=(\d+(?:\.\d+)?)$/.exec(assignment) ?? [];
    if (name === undefined || text === undefined || !Object.hasOwn(parameters, name)) {
      throw new HansaError(
        'USAGE',
        `--parameter ${assignment}: write NAME=NUMBER with one of ${Object.keys(parameters).join(', ')}`,
      );
    }
    parameters[name as keyof Parameters] = Number(text);
  }
  return parameters;
}
