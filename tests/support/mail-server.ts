import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type ReceivedMail = {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | null;
  readonly isSecure: boolean;
  /** Head and body as they came. */
  readonly raw: string;
};

export type MailServer = {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  stop(): Promise<void>;
};

/** A real SMTP server on loopback. @param refuse answers in the place of taking a recipient or a mail */
export async function startMailServer(
  options: SMTPServerOptions = {},
  refuse: { readonly recipient?: Reply; readonly mail?: Reply } = {},
): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: (_address, _session, done) => done(errorOf(refuse.recipient)),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const refusal = errorOf(refuse.mail);
        const { mailFrom, rcptTo } = session.envelope;
        if (refusal === null) {
          mails.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            user: typeof session.user === 'string' ? session.user : null,
            isSecure: session.secure,
            raw: Buffer.concat(parts).toString('utf8'),
          });
        }
        done(refusal);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    mails,
    stop: () => new Promise((done) => server.close(done)),
  };
}

type Reply = { readonly code: number; readonly text: string };
const errorOf = (reply: Reply | undefined): Error | null =>
  reply === undefined ? null : Object.assign(new Error(reply.text), { responseCode: reply.code });
