import {
  CERTIFICATE_FAMILY,
  CERTIFICATE_ID_BYTES,
  certificateTypes,
  encodeCertificateIssue,
  encodeCertificateUse,
} from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import type { SettledWorkload } from '../scenario/defaults.ts';
import type { NodeIndex, World } from '../world/contract.ts';

/** A certificate on its way, and who will use it when it is final. */
interface Race {
  readonly certificateId: Uint8Array;
  readonly users: readonly NodeIndex[];
}

const VALID_DAYS = 30;

/**
 * One city issues a certificate; at the moment that it is executed there, several others use it. The agreed order lets
 * one of them win (DESIGN section 6).
 */
export function installDoubleUses(
  world: World,
  settings: NonNullable<SettledWorkload['doubleUses']>,
  options: { readonly endUs: number; readonly today: () => number },
): void {
  const random = world.random('double uses');
  const cities = world.nodes.filter(({ authority }) => authority !== undefined).map(({ index }) => index);
  /** By submission, until it is sealed. */
  const submitted = new Map<string, Race>();
  /** By place of the record, until it is executed. */
  const sealed = new Map<string, Race>();

  const record = (type: number, body: Uint8Array): Uint8Array =>
    encodeRecord({ family: CERTIFICATE_FAMILY, type, requestId: random.bytes(16), body });

  const issue = (): void => {
    const issuer = random.pick(cities);
    const others = cities.filter((city) => city !== issuer);
    const race = {
      certificateId: random.bytes(CERTIFICATE_ID_BYTES),
      users: random.sample(others, Math.min(settings.cities, others.length)),
    };
    const today = options.today();
    const body = encodeCertificateIssue({
      certificateId: race.certificateId,
      subjectTag: random.bytes(32),
      issuedOn: today,
      validUntil: today + VALID_DAYS,
      commitment: random.bytes(32),
      handler: random.bytes(16),
    });
    const id = world.submit(issuer, [record(certificateTypes.issue, body)]);
    if (id !== undefined) submitted.set(`${issuer}/${id}`, race);
  };

  const use = ({ certificateId, users }: Race): void => {
    for (const user of users) {
      const body = encodeCertificateUse({ certificateId, commitment: random.bytes(32), handler: random.bytes(16) });
      world.submit(user, [record(certificateTypes.use, body)]);
    }
  };

  world.addProbe({
    onCarriedOut: (node, effect) => {
      if (effect.kind === 'sealed' || effect.kind === 'refused') {
        const name = `${node}/${effect.id}`;
        const race = submitted.get(name);
        submitted.delete(name);
        if (race === undefined || effect.kind === 'refused') return;
        const { lane, sequence, position } = effect.first;
        sealed.set(`${node}/${lane}/${sequence}/${position}`, race);
      } else if (effect.kind === 'executed' && sealed.size > 0) {
        for (const { location, rejected } of effect.outcomes) {
          const name = `${node}/${location.lane}/${location.sequence}/${location.position}`;
          const race = sealed.get(name);
          if (race === undefined) continue;
          sealed.delete(name);
          if (rejected === undefined) world.at(world.nowUs, () => use(race));
        }
      }
    },
  });
  const again = (atUs: number): void => {
    if (atUs > options.endUs) return;
    world.at(atUs, () => {
      issue();
      again(atUs + settings.everyUs);
    });
  };
  again(settings.startUs);
}
