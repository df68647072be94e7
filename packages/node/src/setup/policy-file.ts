import { HansaError } from '@hansa/protocol';
import { crossedMonths, defaultPolicy, type Policy } from '@hansa/protocol/genesis';
import { isMap, parseDocument } from 'yaml';
import { readSmallFile } from '../files.ts';
import { compileSchema, describeProblems } from '../schema.ts';

/** What may stand in a policy file (`data/policy.schema.json`): every setting has a default. */
interface PolicyFile {
  readonly listing?: Partial<Policy['listing']>;
  readonly certificate?: Partial<Policy['certificate']>;
  readonly dispute?: Policy['dispute'];
  readonly lookup?: Partial<Policy['lookup']>;
  readonly access?: Partial<Policy['access']>;
}

const POLICY_BYTES_MAX = 64 * 1024;

/**
 * A federation's policy: YAML, in which every setting that is left out has its default.
 *
 * Errors: `POLICY_NOT_YAML`, `POLICY_INVALID` and those of the file; each names the setting and what to do.
 */
export async function readPolicyFile(path: string): Promise<Policy> {
  const document = parseDocument(decode(path, await readSmallFile(path, POLICY_BYTES_MAX)), {
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) throw notYaml(path, problem.code);
  // An empty file says: all as by default.
  if (document.contents !== null && !isMap(document.contents)) {
    throw new HansaError('POLICY_INVALID', `${path} has no settings. Write them as docs/operating/policy.md says.`);
  }
  const validate = compileSchema<PolicyFile>('policy.schema.json');
  let file: unknown;
  try {
    file = document.toJS({ maxAliasCount: 16 }) ?? {};
  } catch {
    throw notYaml(path, 'too many aliases');
  }
  if (!validate(file)) {
    throw new HansaError('POLICY_INVALID', `${path}: ${describeProblems(validate.errors).join('; ')}.`);
  }
  const listing = { ...defaultPolicy.listing, ...file.listing };
  const crossed = crossedMonths(listing);
  if (crossed !== undefined) {
    throw new HansaError(
      'POLICY_INVALID',
      `${path}: listing.${crossed} lies above listing.${crossed.replace('Min', 'Max')}, so that no date would be in order. Lower it.`,
    );
  }
  return {
    listing,
    certificate: { ...defaultPolicy.certificate, ...file.certificate },
    dispute: file.dispute ?? defaultPolicy.dispute,
    lookup: { ...defaultPolicy.lookup, ...file.lookup },
    access: { ...defaultPolicy.access, ...file.access },
  };
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notYaml(path, 'not UTF-8');
  }
}

function notYaml(path: string, why: string): HansaError {
  return new HansaError('POLICY_NOT_YAML', `${path} is not valid YAML in UTF-8 (${why}). Correct it.`);
}
