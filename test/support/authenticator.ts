import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const [IS_PRESENT, IS_VERIFIED, HAS_KEY] = [1, 4, 64];

/** What of a device's answer a test falsifies. */
export interface Falsified {
  challenge?: string;
  origin?: string;
  rpId?: string;
  /** Who holds it was not made sure of. */
  isUnverified?: boolean;
  counter?: number;
  type?: string;
}

interface Asked {
  challenge: string;
  origin: string;
  rpId: string;
}

/** A device with one passkey, which answers as browsers do. */
export class Authenticator {
  readonly id: string = randomBytes(32).toString('base64url');
  readonly #key: { privateKey: KeyObject; publicKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  #counter = 0;

  create(asked: Asked, falsified: Falsified = {}): object {
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' });
    const key = map([
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), bytes(Buffer.from(x, 'base64url'))],
      [int(-3), bytes(Buffer.from(y, 'base64url'))],
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const ours = Buffer.concat([Buffer.alloc(16), length, id, key]);
    const attestationObject = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(Buffer.concat([this.#said(asked, falsified, HAS_KEY), ours]))],
    ]);
    return this.#answer({
      clientDataJSON: clientData('webauthn.create', asked, falsified).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  get(asked: Asked, falsified: Falsified = {}): object {
    this.#counter += 1;
    const said = this.#said(asked, falsified, 0);
    const client = clientData('webauthn.get', asked, falsified);
    const signed = Buffer.concat([said, createHash('sha256').update(client).digest()]);
    return this.#answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: said.toString('base64url'),
      signature: sign('sha256', signed, this.#key.privateKey).toString('base64url'),
    });
  }

  #said({ rpId }: Asked, falsified: Falsified, flags: number): Buffer {
    const verified = falsified.isUnverified === true ? 0 : IS_VERIFIED;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(falsified.counter ?? this.#counter);
    const hash = createHash('sha256')
      .update(falsified.rpId ?? rpId)
      .digest();
    return Buffer.concat([hash, Buffer.from([IS_PRESENT | verified | flags]), counter]);
  }

  #answer(response: object): object {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }
}

function clientData(type: string, asked: Asked, falsified: Falsified): Buffer {
  const { challenge, origin } = { ...asked, ...falsified };
  return Buffer.from(JSON.stringify({ type: falsified.type ?? type, challenge, origin, crossOrigin: false }));
}

/** The little of CBOR that it needs. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
const int = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (pairs: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
