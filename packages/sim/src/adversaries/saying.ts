import { utf8 } from '@hansa/protocol';
import type { Digest } from '@hansa/protocol/crypto';
import type { NodeIndex, Path } from '../world/contract.ts';
import type { Coordinator, Corrupted } from './contract.ts';

/** Nodes of all honest authorities. */
export function honestNodes({ coordinator }: Corrupted): readonly NodeIndex[] {
  return coordinator.nodesOf(coordinator.honest);
}

/** Says the frames to every one of these nodes, in this order. */
export function tell(city: Corrupted, nodes: readonly NodeIndex[], path: Path, ...frames: readonly Uint8Array[]): void {
  for (const to of nodes) {
    for (const bytes of frames) city.say({ to, path, bytes });
  }
}

/** Memory that all strategies of the run share under a name; made at its first use. */
export function shared<T>(coordinator: Coordinator, name: string, make: () => T): T {
  if (!coordinator.notes.has(name)) coordinator.notes.set(name, make());
  return coordinator.notes.get(name) as T;
}

/** The time of a clock that is never wrong, in milliseconds since 1970. */
export function trueMs({ world }: Coordinator): number {
  return world.startMs + Math.floor(world.nowUs / 1000);
}

/** Digest of a block that does not exist, the same for all liars. */
export function inventedBlock(coordinator: Coordinator, view: number): Digest {
  return coordinator.world.federation.crypto.sha256(utf8(`a block that nobody made, view ${view}`));
}
