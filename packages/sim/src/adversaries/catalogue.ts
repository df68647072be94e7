import { ambusher } from './ambusher.ts';
import { censor } from './censor.ts';
import { certificateHolder } from './certificate-holder.ts';
import { clockLiar } from './clock-liar.ts';
import { conflicter } from './conflicter.ts';
import type { StrategyFactory } from './contract.ts';
import type { DescribedStrategy } from './define.ts';
import { delayer } from './delayer.ts';
import { equivocator } from './equivocator.ts';
import { falseAccuser } from './false-accuser.ts';
import { garbage } from './garbage.ts';
import { impersonator } from './impersonator.ts';
import { invalidCheckpoint } from './invalid-checkpoint.ts';
import { inventor } from './inventor.ts';
import { laneForker } from './lane-forker.ts';
import { lateNotary } from './late-notary.ts';
import { leaderHunter } from './leader-hunter.ts';
import { nuller } from './nuller.ts';
import { nullifyOnly } from './nullify-only.ts';
import { outdated } from './outdated.ts';
import { outlaw } from './outlaw.ts';
import { phantom } from './phantom.ts';
import type { StrategyMap } from './registry.ts';
import { replayer } from './replayer.ts';
import { schemer } from './schemer.ts';
import { selectiveGossip } from './selective-gossip.ts';
import { silent } from './silent.ts';
import { syncLiar } from './sync-liar.ts';
import { twins } from './twins.ts';
import { usurper } from './usurper.ts';
import { withholder } from './withholder.ts';

/** All strategies that come with the simulator, as the guide lists them. */
export const strategies: readonly DescribedStrategy[] = [
  equivocator,
  conflicter,
  nuller,
  nullifyOnly,
  silent,
  outdated,
  impersonator,
  laneForker,
  withholder,
  selectiveGossip,
  delayer,
  replayer,
  clockLiar,
  invalidCheckpoint,
  inventor,
  censor,
  phantom,
  garbage,
  twins,
  syncLiar,
  falseAccuser,
  certificateHolder,
  leaderHunter,
  ambusher,
  lateNotary,
  outlaw,
  usurper,
  schemer,
];

/** What `installAdversaries` knows unless it is given more. */
export const builtinStrategies: StrategyMap = new Map<string, StrategyFactory>(
  strategies.map((strategy) => [strategy.description.name, strategy]),
);
