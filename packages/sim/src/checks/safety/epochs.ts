import { decodeStrict, ExecutionLogSchema } from '@hansa/protocol/wire';
import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';

/**
 * C12: the authority set changes only by what more than two thirds of it approved, counted here from the final records, none
 * of which has an effect against the rules (`lawful-changes`); an
 * epoch ends with the first final block that names the next set, and the next final block is of the next epoch (`one-set`).
 */
export function epochs(chronicle: Chronicle): Check {
  const { sets } = chronicle;
  let frontier = 0;
  return {
    onExecution(city, height, log) {
      if (height !== frontier + 1) return;
      frontier = height;
      const entries = chronicle.finalEntries(height) ?? [];
      if (!entries.some(({ notable }) => notable.some(({ kind }) => kind === 'membership'))) return;
      const decoded = decodeStrict(ExecutionLogSchema, log, log.length);
      const timestampMs = chronicle.chain.blockAt(height)?.timestampMs;
      if (!decoded.ok || timestampMs === undefined) return;
      for (const wrong of sets.execute({ height, timestampMs }, entries, decoded.value)) {
        chronicle.report('lawful-changes', [city], `a record about the authority set had an effect, ${wrong}`);
      }
    },
    onFinal(city, block, first) {
      if (!first) return;
      const { epoch, height, checkpoint } = block;
      const expected = sets.epochOfHeight(height);
      if (epoch !== expected) {
        const message = `${city.name} holds block ${height} of epoch ${epoch} as final; the final chain is in epoch ${expected} there`;
        chronicle.report('one-set', [city], message);
        return;
      }
      if (checkpoint.nextAuthoritySet === sets.nextSetAt(epoch, checkpoint.height)) return;
      const what = checkpoint.nextAuthoritySet === '' ? 'no next set' : 'another next set';
      const message = `final block ${height} names ${what} for height ${checkpoint.height} than the approvals of more than two thirds made`;
      chronicle.report('one-set', [city], message);
    },
  };
}
