import type { Effect } from '@hansa/protocol/replica';
import type { Kernel } from '../kernel/kernel.ts';
import type { CityHost } from './city-host.ts';
import type { NodeEvents } from './host-environment.ts';
import type { SyncPacket } from './network.ts';

/** The kinds of the kernel's events that come back to a node. */
export function nodeEvents(kernel: Kernel, nodes: readonly CityHost[]): NodeEvents {
  /** Events of a process that is gone mean nothing. */
  const register = (run: (host: CityHost) => void | Promise<void>) =>
    kernel.register(({ node, b }) => {
      const host = nodes[node] as CityHost;
      return host.life === b && host.state !== 'down' ? run(host) : undefined;
    });
  const { queue } = kernel;
  return {
    timer: register((host) => host.onTimer(queue.a, queue.c)),
    processed: register((host) => host.onProcessed(queue.reference as readonly Effect[])),
    free: register((host) => host.onFree()),
    wake: register((host) => host.onWake()),
    flushed: register((host) => host.onFlushed()),
    served: register((host) => host.onServed(queue.a, queue.reference as SyncPacket)),
    timeout: register((host) => host.settleRequest(queue.x, undefined)),
  };
}
