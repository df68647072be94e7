/** Legal bases of the federation's policy, which stands in its genesis file. */
export function legalBasesOf(genesisFile: Uint8Array): readonly string[] {
  const genesis = JSON.parse(new TextDecoder().decode(genesisFile)) as {
    readonly policy?: { readonly access?: { readonly legalBases?: readonly string[] } };
  };
  return genesis.policy?.access?.legalBases ?? [];
}
