import { createHash } from 'node:crypto';
import { equalBytes, HansaError } from '@hansa/protocol';
import type { FastifyInstance } from 'fastify';
import { type HolderProof, readHolderProof } from '../credential/holder-proof.ts';
import { cityUrn } from '../credential/names.ts';
import { unwrapped } from '../services/unwrapped.ts';
import type { Challenges } from './challenges.ts';
import type { CityPort } from './ports.ts';
import { access } from './roles.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key signed the request; on routes for holders alone. */
    holder: HolderProof | undefined;
    /** SHA-256 of the body's bytes; on routes for holders alone. */
    signedBody: Uint8Array | undefined;
  }
}

const header = 'hansa-holder';
const nothing = createHash('sha256').digest();

/** Routes that a citizen calls from the own phone: signed by the holder's key instead of a token. */
export function installHolderAccess(app: FastifyInstance, city: CityPort, challenges: Challenges, nowMs: () => number) {
  const audience = cityUrn(city.genesis, city.self.name);
  app.decorateRequest('holder', undefined);
  app.decorateRequest('signedBody', undefined);

  app.addHook('onRequest', async (request) => {
    const route = request.routeOptions.config.route;
    if (route === undefined || access[route] !== 'holder') return;
    const proof = request.headers[header];
    if (typeof proof !== 'string') {
      throw new HansaError(
        'HOLDER_PROOF_MISSING',
        'Sign the request with the holder\u2019s key and send the header "Hansa-Holder". See docs/operating/applications.md.',
      );
    }
    const { method, url } = request;
    const holder = unwrapped(readHolderProof(city.crypto, proof, { audience, method, path: url }, nowMs()));
    challenges.redeem(holder.nonce);
    request.holder = holder;
  });

  app.addHook('preValidation', async (request) => {
    if (request.holder === undefined) return;
    // guard: P4 the body is the one that the holder signed
    if (!equalBytes(request.signedBody ?? nothing, request.holder.bodyDigest)) {
      throw new HansaError(
        'HOLDER_PROOF_INVALID',
        'The holder signed another body than was sent. Sign the SHA-256 of the bytes that are sent.',
      );
    }
  });
}

/** The key that signed a request of a holder's route. */
export function holderKeyOf(request: { readonly holder: HolderProof | undefined }): Uint8Array {
  if (request.holder === undefined) throw new Error('the route is not one for holders');
  return request.holder.publicKey;
}
