import { Kernel } from '../kernel/kernel.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import type { Figures } from './figures.ts';

const EVENTS = 4_000_000;
/** Events that wait at any moment: about as many as with 31 cities at work. */
const PENDING = 10_000;

/** The bare kernel: events that do nothing but schedule another one at a random distance. */
export async function bareKernel(): Promise<Figures> {
  const kernel = new Kernel();
  const random = createRandom(1, 'bench');
  const delays = Int32Array.from({ length: 4096 }, () => 1 + random.integer(50_000));
  let number = 0;
  const kind = kernel.register(({ node, timeUs }) => {
    number = (number + 1) & 4095;
    kernel.queue.push(timeUs + (delays[number] as number), kind, node, number);
  });
  for (let node = 0; node < PENDING; node++) kernel.queue.push(delays[node & 4095] as number, kind, node, 0);
  await kernel.run({ untilUs: Number.POSITIVE_INFINITY, eventsMax: EVENTS / 4 });
  const startedMs = performance.now();
  await kernel.run({ untilUs: Number.POSITIVE_INFINITY, eventsMax: EVENTS });
  return { eventsPerSecond: (EVENTS / (performance.now() - startedMs)) * 1000 };
}
