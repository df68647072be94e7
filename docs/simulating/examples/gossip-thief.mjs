/**
 * A plug-in: what it hears by gossip it submits as its own, in the hope that its lane is agreed on first. Load it with
 *
 *     hansa-sim run SCENARIO --plugin docs/simulating/examples/gossip-thief.mjs
 *
 * and name it in the scenario: adversary: [{ strategy: gossip-thief, cities: [1], options: { share: 0.5 } }]
 */
/** @type {import('@hansa/sim').PlugIn['strategies']} */
export const strategies = { 'gossip-thief': gossipThief };

/** @type {import('@hansa/sim').StrategyFactory} */
function gossipThief(city) {
  const { coordinator, node, random } = city;
  const { world, corrupted } = coordinator;
  const share = Number(city.options.share ?? 1);
  return {
    onReceive(_, message) {
      const speech = coordinator.understand(message);
      if (message.path !== 'lanes' || speech.kind !== 'entry') return 'deliver';
      const { header, records } = speech.entry;
      const isLoot = records.length > 0 && !corrupted.includes(header.lane) && random.chance(share);
      // Not at once: the city is in the middle of hearing this message.
      if (isLoot) world.at(world.nowUs, () => void world.submit(node, records));
      return 'deliver';
    },
  };
}
