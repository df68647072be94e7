import { Type } from 'typebox';
import { timeView } from '../../services/views.ts';
import type { CityEvents } from '../ports.ts';
import type { ReadContext } from '../route-context.ts';
import { answers, Time, Whole } from '../schemas.ts';

/** Two hours at one block in ten seconds; a few minutes under load. */
const samplesMax = 720;

interface Sample {
  readonly height: number;
  readonly timestamp: string;
  readonly afterMs: number;
}

const Finality = Type.Object({
  blocks: Type.Array(
    Type.Object({
      height: Whole,
      timestamp: Time,
      afterMs: Type.Integer({
        minimum: 0,
        description: 'From the time that the leader wrote into the block to its finality here, by this city’s clock.',
      }),
    }),
  ),
});

/** 0 when the leader's clock is ahead of this one. */
export function finalAfterMs(nowMs: number, timestampMs: number): number {
  return Math.max(0, Math.round(nowMs - timestampMs));
}

/** How long agreement took lately. Of this start of the daemon only. */
export function addFinalityRoutes({ app, city, nowMs }: ReadContext): void {
  const samples: Sample[] = [];
  const onFinalized = ({ height, timestampMs }: CityEvents['finalized']) => {
    samples.push({ height, timestamp: timeView(timestampMs), afterMs: finalAfterMs(nowMs(), timestampMs) });
    if (samples.length > samplesMax) samples.shift();
  };
  city.events.on('finalized', onFinalized);
  app.addHook('onClose', async () => city.events.off('finalized', onFinalized));

  app.route({
    method: 'GET',
    url: '/v1/finality',
    config: { route: 'GET /v1/finality' },
    schema: {
      summary: 'How long the newest blocks took to become final here.',
      response: answers(200, Finality),
    },
    handler: async () => ({ blocks: samples }),
  });
}
