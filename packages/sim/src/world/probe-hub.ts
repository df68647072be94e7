import type { Probe } from './contract.ts';

type Hook = keyof Probe;
type Lists = { readonly [Name in Hook]-?: NonNullable<Probe[Name]>[] };

/** All probes, one list for each hook: a hook that nobody implements costs the look at an empty list. */
export class ProbeHub implements Lists {
  readonly onInput: NonNullable<Probe['onInput']>[] = [];
  readonly onEffect: NonNullable<Probe['onEffect']>[] = [];
  readonly onTurn: NonNullable<Probe['onTurn']>[] = [];
  readonly onDurable: NonNullable<Probe['onDurable']>[] = [];
  readonly onCarriedOut: NonNullable<Probe['onCarriedOut']>[] = [];
  readonly onSent: NonNullable<Probe['onSent']>[] = [];
  readonly onDelivered: NonNullable<Probe['onDelivered']>[] = [];
  readonly onLost: NonNullable<Probe['onLost']>[] = [];
  readonly onNodeState: NonNullable<Probe['onNodeState']>[] = [];
  readonly onDiskDamage: NonNullable<Probe['onDiskDamage']>[] = [];
  readonly onSubmitted: NonNullable<Probe['onSubmitted']>[] = [];
  readonly onFault: NonNullable<Probe['onFault']>[] = [];
  readonly onEnd: NonNullable<Probe['onEnd']>[] = [];

  add(probe: Probe): void {
    for (const name of Object.keys(this) as Hook[]) {
      const hook = probe[name];
      if (hook !== undefined) (this[name] as unknown[]).push(hook.bind(probe));
    }
  }
}
