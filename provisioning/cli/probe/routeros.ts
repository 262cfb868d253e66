import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option } from 'commander';
import { createResolver } from '../../../collector/resolve.ts';
import { loadReadingGroups } from '../../../collector/routeros/group.ts';
import { identifyRouterOs } from '../../../collector/routeros/identify.ts';
import { keepConnection } from '../../../collector/routeros/kept-connection.ts';
import { defaultPort, TLS_MODES, type TlsMode } from '../../../collector/routeros/tls.ts';
import { Secret } from '../../../core/config/secret.ts';
import type { ProbeDeps, ProbeOptions, ProbeProtocol } from './protocol.ts';

export type RouterOsOptions = ProbeOptions & {
  readonly routerosUser?: string;
  readonly routerosTls: TlsMode;
  readonly routerosCa?: string;
};

const PASSWORD_VARIABLE = 'SIMPUL_ROUTEROS_PASSWORD';

export const routeros: ProbeProtocol<RouterOsOptions> = {
  addOptions: (command) =>
    void command
      .option(
        '--routeros-user <name>',
        `ask a MikroTik router by its own API, as this user; the password comes from ${PASSWORD_VARIABLE} or is asked for`,
      )
      .addOption(
        new Option('--routeros-tls <mode>', 'how the line is protected; anonymous: api-ssl without a certificate')
          .choices(TLS_MODES)
          .default('off'),
      )
      .option('--routeros-ca <file>', 'certificates in PEM that sign the routers’ ones, for --routeros-tls verify'),
  isChosen: ({ routerosUser }) => routerosUser !== undefined,
  async ask(host, options, deps) {
    const { routerosUser: user = '', routerosTls: tls, timeout: timeoutMs, port = defaultPort(tls) } = options;
    const ca = await certificatesOf(options.routerosCa);
    const password = await passwordOf(user, host, deps);
    const clock = Date.now;
    const address = await createResolver(clock)(host);
    const connection = keepConnection({ address, host, port, user, password, tls, ca }, { clock });
    try {
      return await identifyRouterOs(connection.run, { groups: await loadReadingGroups(), clock, timeoutMs });
    } finally {
      await connection.close();
    }
  },
  explain(error, host, { routerosTls: tls, port = defaultPort(tls), timeout }) {
    const service = tls === 'off' ? 'api' : 'api-ssl';
    switch (error.failure) {
      case 'timeout':
        return `${host} port ${port} did not answer within ${timeout} ms: is the service ${service} on?`;
      case 'auth':
        return error.detail === 'certificate'
          ? `${error.message}: see --routeros-ca`
          : `${host} refuses the login: is the password right, and has the user's group the policies read and api?`;
      case 'no-such-host':
        return `no address is known for ${host}`;
      case 'refused':
        return error.detail === 'fatal' ? error.message : `${host} refuses port ${port}: is the service ${service} on?`;
      case 'unreachable':
        return `${host} port ${port} cannot be reached, or closes the line: may this address use the service ${service}?`;
      case 'bad-answer':
        if (error.detail === 'tls')
          return `${host} port ${port} speaks no such TLS: has api-ssl a certificate? Without one, --routeros-tls anonymous`;
        return error.detail === 'wrong-protocol'
          ? `${host} port ${port} speaks something else than the RouterOS API`
          : `${host} answered what cannot be read (${error.detail ?? 'unknown'})`;
      case 'not-supported':
        return error.message;
    }
  },
};

async function passwordOf(user: string, host: string, { env, askSecret }: ProbeDeps): Promise<Secret> {
  const set = env[PASSWORD_VARIABLE];
  if (set !== undefined) return new Secret(set);
  if (askSecret === null) throw new InvalidArgumentError(`--routeros-user needs ${PASSWORD_VARIABLE}`);
  return new Secret(await askSecret(`Password of ${user} on ${host}: `));
}

async function certificatesOf(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new InvalidArgumentError(`${path} cannot be read`);
  }
}
