import type { Crypto } from '@hansa/protocol/crypto';
import type { Meter, ProcessingCosts } from './costs.ts';

/** The same cryptography, with its virtual cost charged to whoever is computing. */
export function meteredCrypto(crypto: Crypto, costs: ProcessingCosts, meter: Meter): Crypto {
  const { ed25519, bls } = crypto;
  const hashPerByteUs = costs.hashPerKilobyteUs / 1024;
  return {
    sha256: (data) => {
      meter.us += data.length * hashPerByteUs;
      return crypto.sha256(data);
    },
    sha256Pairs: (pairs) => {
      meter.us += pairs.length * hashPerByteUs;
      return crypto.sha256Pairs(pairs);
    },
    sha256Each: (prefix, messages) => {
      for (const message of messages) meter.us += (prefix.length + message.length) * hashPerByteUs;
      return crypto.sha256Each(prefix, messages);
    },
    sha256Rows: (prefix, rows, rowBytes) => {
      meter.us += (rows.length + (rows.length / rowBytes) * prefix.length) * hashPerByteUs;
      return crypto.sha256Rows(prefix, rows, rowBytes);
    },
    ed25519: {
      publicKey: (secretKey) => ed25519.publicKey(secretKey),
      sign: (message, secretKey) => {
        meter.us += costs.signEd25519Us;
        return ed25519.sign(message, secretKey);
      },
      verify: (signature, message, publicKey) => {
        meter.us += costs.verifyEd25519Us;
        return ed25519.verify(signature, message, publicKey);
      },
    },
    p256: crypto.p256,
    x25519: crypto.x25519,
    bls: {
      publicKey: (secretKey) => bls.publicKey(secretKey),
      sign: (message, secretKey) => {
        meter.us += costs.signBlsUs;
        return bls.sign(message, secretKey);
      },
      verify: (signature, message, publicKey) => {
        meter.us += costs.verifyBlsUs;
        return bls.verify(signature, message, publicKey);
      },
      aggregate: (signatures) => {
        meter.us += signatures.length * costs.aggregateBlsPerVoteUs;
        return bls.aggregate(signatures);
      },
      verifyAggregate: (signature, message, publicKeys) => {
        meter.us += costs.verifyBlsUs + publicKeys.length * costs.addBlsKeyUs;
        return bls.verifyAggregate(signature, message, publicKeys);
      },
      provePossession: (secretKey) => bls.provePossession(secretKey),
      verifyPossession: (proof, publicKey) => bls.verifyPossession(proof, publicKey),
    },
  };
}
