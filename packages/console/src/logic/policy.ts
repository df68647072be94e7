import { type AccessPolicy, basesOfCertificates } from '@hansa/protocol/genesis';

/** What a legal basis may open. */
export type OpenedByBasis = 'listing' | 'certificate';

/** Legal bases of the federation's policy, which stands in its genesis file: those that open what is named. */
export function legalBasesOf(genesisFile: Uint8Array, opens: OpenedByBasis): readonly string[] {
  const genesis = JSON.parse(new TextDecoder().decode(genesisFile)) as {
    readonly policy?: { readonly access?: AccessPolicy };
  };
  const access = genesis.policy?.access;
  if (access === undefined) return [];
  if (opens === 'listing') return access.legalBases;
  const forCertificates = basesOfCertificates(access);
  return access.legalBases.filter((code) => forCertificates.includes(code));
}
