import { utf8 } from '@hansa/protocol';
import { signHolderProof } from '../../credential/holder-proof.ts';
import { cityUrn } from '../../credential/names.ts';
import { nativeCrypto } from '../../crypto/index.ts';
import type { CityAddress, Wallet } from '../../wallet/wallet.ts';
import { callDaemon, parseUrl } from './daemon.ts';

/** A city's API as a citizen's wallet calls it: no token, each request signed with the holder's key. */
export class HolderClient {
  readonly address: CityAddress;
  readonly #wallet: Wallet;
  readonly #url: URL;

  /** Errors: USAGE, CITY_UNKNOWN. */
  constructor(wallet: Wallet, address: CityAddress) {
    this.#wallet = wallet;
    this.#url = parseUrl(address.url);
    this.address = { city: wallet.city(address.city).name, url: this.#url.href };
  }

  get<T>(path: string): Promise<T> {
    return this.#signed<T>('GET', path, undefined, {});
  }

  post<T>(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    return this.#signed<T>('POST', path, JSON.stringify(body), headers);
  }

  getOpen<T>(path: string): Promise<T> {
    return this.#send<T>('GET', path, undefined, {});
  }

  /** What needs no signature of the request, because the body carries one. */
  postOpen<T>(path: string, body: object | undefined): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return this.#send<T>('POST', path, text, {});
  }

  async #signed<T>(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<T> {
    const { challenge } = await this.postOpen<{ challenge: string }>('/v1/holder/challenges', undefined);
    const { genesis, holder } = this.#wallet;
    const proof = signHolderProof(nativeCrypto, holder, {
      ...{ audience: cityUrn(genesis, this.address.city), method, path, nonce: challenge },
      ...{ body: utf8(body ?? ''), signedAtMs: Date.now() },
    });
    return this.#send<T>(method, path, body, { ...headers, 'hansa-holder': proof });
  }

  #send<T>(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<T> {
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    return callDaemon<T>(this.#url, path, {
      method,
      headers: { ...headers, accept: 'application/json', ...json },
      ...(body === undefined ? {} : { body }),
    });
  }
}
