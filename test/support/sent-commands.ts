import { S3Client } from '@aws-sdk/client-s3';

interface AnyClient {
  send(command: { constructor: { name: string }; input: unknown }, ...more: unknown[]): Promise<unknown>;
  config: { region(): Promise<string> };
}

/** Every command that clients of AWS in this process send meanwhile, as region, client, name and input; attempts are not told apart. */
export async function sentCommands(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  // All clients have it from the same class.
  const prototype = Object.getPrototypeOf(S3Client.prototype) as AnyClient;
  const send = Object.getOwnPropertyDescriptor(prototype, 'send')?.value as AnyClient['send'];
  prototype.send = async function (this: AnyClient, command, ...more) {
    const names = `${this.constructor.name} ${command.constructor.name}`;
    sent.push(`${await this.config.region()} ${names} ${JSON.stringify(command.input)}`);
    return send.call(this, command, ...more);
  };
  try {
    await work();
  } finally {
    prototype.send = send;
  }
  return sent;
}
