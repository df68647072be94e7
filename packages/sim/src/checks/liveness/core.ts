import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';

/** Clocks further off than this may find each other's blocks in the future (C3: five minutes), and cannot be counted on. */
const CLOCK_OFF_MS_MAX = 120_000;

/**
 * The honest authorities that agreement can count on at this moment: up, not stopped by an alarm, with clocks of about
 * the true time, not among `hampered` (whose links or disks stay bad), and each connected with each other.
 */
export function connectedCore(chronicle: Chronicle, hampered: ReadonlySet<number>): City[] {
  const { world } = chronicle;
  const members = chronicle.honest().filter((city) => {
    const isOnTime = Math.abs(city.clockOffMs) <= CLOCK_OFF_MS_MAX;
    return city.isUp && city.haltedBy === undefined && isOnTime && !hampered.has(city.node);
  });
  const cuts = new Map<City, number>();
  const isCut = (a: City, b: City) =>
    a !== b && (world.links.isCut(a.node, b.node) || world.links.isCut(b.node, a.node));
  for (const city of members) cuts.set(city, members.filter((other) => isCut(city, other)).length);
  // Whoever is cut off from most goes first, until nobody is cut off from anybody.
  for (;;) {
    let worst: City | undefined;
    for (const city of members)
      if ((cuts.get(city) ?? 0) > (worst === undefined ? 0 : (cuts.get(worst) ?? 0))) worst = city;
    if (worst === undefined) return members;
    const gone = worst;
    members.splice(members.indexOf(gone), 1);
    for (const city of members) if (isCut(city, gone)) cuts.set(city, (cuts.get(city) ?? 0) - 1);
  }
}
