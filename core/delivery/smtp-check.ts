import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { Secret } from '../config/secret.ts';
import { ChannelError } from './channel-error.ts';
import { failureOfSmtp } from './smtp-failure.ts';

/**
 * Connects as a mail would, and signs in where there is something to sign in with; sends nothing.
 * @throws ChannelError
 */
export async function checkSmtp(
  options: SMTPConnectionOptions,
  account: { readonly user: string; readonly password: Secret } | null,
  signal: AbortSignal,
): Promise<void> {
  const connection = new SMTPConnection(options);
  try {
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => reject(new ChannelError('timeout', 'no answer in time'));
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      connection.on('error', reject);
      connection.on('end', () => reject(new ChannelError('bad-answer', 'connection closed')));
      connection.connect((failed) => {
        if (failed) return reject(failed);
        if (account === null) return resolve();
        const credentials = { user: account.user, pass: account.password.reveal() };
        connection.login({ credentials }, (refused) => (refused ? reject(refused) : resolve()));
      });
    });
    connection.quit();
  } catch (error) {
    connection.close();
    throw failureOfSmtp(error);
  }
}
