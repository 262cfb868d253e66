import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { channel as email } from '../../../core/channels/email.ts';
import { type Authority, createAuthority, type KeyPair } from '../../support/certificates.ts';
import { type MailServer, startMailServer } from '../../support/mail-server.ts';
import { MESSAGE, openChannel, patience } from '../../support/open-channel.ts';

const PASSWORD = 'kata sandi rahasia';
const message = { ...MESSAGE, to: 'dewi@desa.test' };

let authority: Authority;
let keyPair: KeyPair;
let server: MailServer | undefined;
beforeAll(async () => {
  authority = await createAuthority();
  keyPair = await authority.issue('IP:127.0.0.1');
});
afterAll(async () => {
  await authority.remove();
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const plain = { host: '127.0.0.1', tls: 'none', from: 'simpul@dinas.test', fromName: 'Simpul Sumsel' };
const onAuth: NonNullable<Parameters<typeof startMailServer>[0]>['onAuth'] = ({ username, password }, _, done) =>
  password === PASSWORD ? done(null, { user: username }) : done(new Error('salah: dewi@desa.test'));

test('a mail says the same in text and HTML, and bears the message id', async () => {
  server = await startMailServer(keyPair);
  const channel = openChannel(email, { ...plain, port: server.port, replyTo: 'noc@dinas.test' });

  const result = await channel.send({ ...message, subject: 'Pulih: Désa Sukamaju' }, patience());

  const [mail] = server.mails;
  expect(result).toEqual({ providerId: `<${message.id}@dinas.test>` });
  expect(mail).toMatchObject({ from: 'simpul@dinas.test', to: ['dewi@desa.test'], isSecure: false });
  expect(mail?.raw).toMatch(new RegExp(`^Message-ID: <${message.id}@dinas.test>\r$`, 'm'));
  expect(mail?.raw).toMatch(new RegExp(`^References: <${message.threadId}@dinas.test>\r$`, 'm'));
  expect(mail?.raw).toMatch(/^From: Simpul Sumsel <simpul@dinas.test>\r$/m);
  expect(mail?.raw).toMatch(/^Reply-To: noc@dinas.test\r$/m);
  expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(mail?.raw).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(mail?.raw).toContain('https://simpul.example/i/abc');
  expect(mail?.raw).toContain('<p>Putus</p>');
});

test.each(['starttls', 'tls'])('with %s it signs in, only after the line is closed to others', async (tls) => {
  server = await startMailServer({ ...keyPair, secure: tls === 'tls', authOptional: false, onAuth });
  const account = { user: 'simpul', password: PASSWORD, ca: authority.cert };
  const channel = openChannel(email, { ...plain, ...account, tls, port: server.port });

  const checked = await channel.test(patience());
  await channel.send(message, patience());

  expect(checked).toEqual({ checked: 'signed-in' });
  expect(server.mails).toMatchObject([{ user: 'simpul', isSecure: true }]);
});

test('a server without STARTTLS gets no mail where it was asked for', async () => {
  server = await startMailServer({ ...keyPair, hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  const channel = openChannel(email, { ...plain, tls: 'starttls', port: server.port });

  const sending = channel.send(message, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'tls' });
  expect(server.mails).toEqual([]);
});

test('a server whose certificate nobody knows gets no password', async () => {
  let asked = 0;
  const counting: typeof onAuth = (...sign) => {
    asked += 1;
    onAuth(...sign);
  };
  server = await startMailServer({ ...keyPair, secure: true, onAuth: counting });
  const channel = openChannel(email, { ...plain, tls: 'tls', port: server.port, user: 'simpul', password: PASSWORD });

  const sending = channel.send(message, patience());

  await expect(sending).rejects.toMatchObject({ failure: 'tls' });
  expect(asked).toBe(0);
});

test('a wrong password is not tried again, and neither it nor the answer is shown', async () => {
  server = await startMailServer({ ...keyPair, secure: true, onAuth });
  const account = { user: 'simpul', password: 'sandi yang salah', ca: authority.cert };
  const channel = openChannel(email, { ...plain, ...account, tls: 'tls', port: server.port });

  const error = await channel.send(message, patience()).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ failure: 'sign-in', retryable: false });
  expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/salah|dewi|simpul/);
});

test.each([
  ['recipient', { recipient: { code: 550, text: '5.1.1 <dewi@desa.test>: no such user' } }, 'smtp 550 5.1.1', false],
  ['provider-fault', { recipient: { code: 450, text: '4.2.0 greylisted' } }, 'smtp 450 4.2.0', true],
  ['provider-fault', { mail: { code: 452, text: 'system storage' } }, 'smtp 452', true],
  ['refused', { mail: { code: 554, text: '5.7.1 looks like spam' } }, 'smtp 554 5.7.1', false],
])('%s: what the server answers decides whether it is tried again', async (failure, refuse, detail, retryable) => {
  server = await startMailServer(keyPair, refuse);
  const channel = openChannel(email, { ...plain, port: server.port });

  const error = await channel.send(message, patience()).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ failure, detail, retryable });
  expect(String(error)).not.toContain('dewi');
});

test.each(['dewi', 'dewi@desa.test, semua@desa.test', 'Dewi <dewi@desa.test>', 'dewi@desa.test\r\nBcc: x@y.test'])(
  '%j is no recipient',
  async (to) => {
    server = await startMailServer(keyPair);
    const channel = openChannel(email, { ...plain, port: server.port });

    const sending = channel.send({ ...message, to }, patience());

    await expect(sending).rejects.toMatchObject({ failure: 'recipient', retryable: false });
    expect(server.mails).toEqual([]);
  },
);

test('a subject cannot add lines to the head', async () => {
  server = await startMailServer(keyPair);
  const channel = openChannel(email, { ...plain, port: server.port });

  await channel.send({ ...message, subject: 'Putus\r\nBcc: lain@desa.test' }, patience());

  expect(server.mails[0]?.to).toEqual(['dewi@desa.test']);
  expect(server.mails[0]?.raw).not.toMatch(/^Bcc:/m);
});

test('a password without TLS is refused when it is set up', () => {
  const fault = email.check?.({ ...plain, user: 'simpul', password: PASSWORD });

  expect(fault).toMatchObject({ field: 'tls' });
});
