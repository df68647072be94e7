import type { Effect, Input } from '@hansa/protocol/replica';
import type { NodeState } from '../world/contract.ts';
import type { City } from './city.ts';
import type { SeenBlock, SeenCertificate, SeenFrame, SeenStatement } from './decode.ts';
import type { KnownEntry } from './entry-book.ts';

/** Effects that tell the host something. */
export type Told = Extract<
  Effect,
  { kind: 'sealed' | 'finalized' | 'executed' | 'checkpointed' | 'joined' | 'evidence' | 'misbehaved' | 'alarm' }
>;

/**
 * One invariant, as what it listens to. Only faithful nodes (honest cities and observers) are reported; whether the
 * rules bind one in full is asked of `chronicle.trust`.
 */
export interface Check {
  /** An own vote is durable; once for each statement and disk. `again`: a vote of this kind and view was there before. */
  onVote?(city: City, statement: SeenStatement, again: boolean): void;
  /** An own proposal is durable. */
  onProposal?(city: City, block: SeenBlock): void;
  /** A certificate is durable. */
  onCertificate?(city: City, certificate: SeenCertificate): void;
  /** A lane entry is durable. */
  onEntry?(city: City, entry: KnownEntry): void;
  /** A final block is durable. `first`: no city had this height before. */
  onFinal?(city: City, block: SeenBlock, first: boolean): void;
  /** The result of executing a final block is durable: bytes of `ExecutionLog`. */
  onExecution?(city: City, height: number, log: Uint8Array): void;
  /** A frame leaves the city. */
  onSaid?(city: City, frame: SeenFrame): void;
  /** The host of the city is told something. */
  onTold?(city: City, effect: Told): void;
  onState?(city: City, state: NodeState, why: string): void;
  /** The disk broke its promise; the city's facts are about to be forgotten. */
  onDamage?(city: City): void;
  /** The city is about to handle something. */
  onHeard?(city: City, input: Input, frame: SeenFrame | undefined): void;
  /** The city's replica answered with an effect that nobody has carried out yet. */
  onEffect?(city: City, effect: Effect, frame: SeenFrame | undefined): void;
  /** All effects of one input were returned. */
  onTurn?(city: City): void;
  onEnd?(): void;
}

/** What the checks listen to, by hook: one that no check implements costs the look at an empty list. */
export type CheckHooks = { readonly [Hook in keyof Check]-?: readonly NonNullable<Check[Hook]>[] };

export function hooksOf(checks: readonly Check[]): CheckHooks {
  const of = <Hook extends keyof Check>(name: Hook) =>
    checks.flatMap((check) => {
      const hook = check[name];
      return hook === undefined ? [] : [hook.bind(check) as NonNullable<Check[Hook]>];
    });
  return {
    onVote: of('onVote'),
    onProposal: of('onProposal'),
    onCertificate: of('onCertificate'),
    onEntry: of('onEntry'),
    onFinal: of('onFinal'),
    onExecution: of('onExecution'),
    onSaid: of('onSaid'),
    onTold: of('onTold'),
    onState: of('onState'),
    onDamage: of('onDamage'),
    onHeard: of('onHeard'),
    onEffect: of('onEffect'),
    onTurn: of('onTurn'),
    onEnd: of('onEnd'),
  };
}
