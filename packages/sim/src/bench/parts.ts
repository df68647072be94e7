import type { Figures } from './figures.ts';
import { bareKernel } from './kernel.ts';
import { shippedScenario } from './scenarios.ts';
import { swarmOnTwoCores } from './swarm.ts';
import { blockOfTheNation, protocolInCostMode, realCrypto } from './worlds.ts';

/** Each part runs in a process of its own, so that none has the memory and the compiled code of another. */
export const parts: Readonly<Record<string, (argument: string) => Promise<Figures>>> = {
  kernel: bareKernel,
  protocol: protocolInCostMode,
  nation: blockOfTheNation,
  'real-crypto': realCrypto,
  swarm: swarmOnTwoCores,
  scenario: shippedScenario,
};
