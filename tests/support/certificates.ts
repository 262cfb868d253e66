import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, program } from './program.ts';

/** PEM of a key and of the certificates that a server shows with it. */
export type KeyPair = { readonly key: string; readonly cert: string };

/** An authority of certificates of its own, made by OpenSSL. */
export type Authority = {
  readonly cert: string;
  /** @param alternatives such as `DNS:a.test,IP:127.0.0.1` */
  issue(alternatives: string, options?: { readonly from?: Date; readonly to?: Date }): Promise<KeyPair>;
  remove(): Promise<void>;
};

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const DAY = 86_400_000;

const CONFIG = (dir: string): string => `[ca]
default_ca = own
[own]
database = ${dir}/index.txt
new_certs_dir = ${dir}
serial = ${dir}/serial
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;

export async function createAuthority(): Promise<Authority> {
  const openssl = program('openssl', 'openssl');
  const dir = await mkdtemp(join(tmpdir(), 'simpul-certificates-'));
  const at = (name: string): string => join(dir, name);
  const files = { 'index.txt': '', serial: '01\n', conf: CONFIG(dir) };
  for (const [name, text] of Object.entries(files)) await writeFile(at(name), text);
  const own = ['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=Test authority', '-days', '30'];
  await outputOf(openssl, ['req', '-x509', ...KEY, ...own]);
  let issued = 0;
  return {
    cert: await readFile(at('ca.pem'), 'utf8'),
    async issue(alternatives, { from = new Date(Date.now() - DAY), to = new Date(Date.now() + 90 * DAY) } = {}) {
      const name = `leaf${issued++}`;
      const [key, csr, pem] = [at(`${name}.key`), at(`${name}.csr`), at(`${name}.pem`)];
      const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${alternatives}`];
      await outputOf(openssl, ['req', '-new', ...KEY, '-keyout', key, '-out', csr, ...subject]);
      const dates = ['-startdate', stamp(from), '-enddate', stamp(to)];
      const signed = ['-config', at('conf'), '-cert', at('ca.pem'), '-keyfile', at('ca.key'), '-in', csr, '-out', pem];
      await outputOf(openssl, ['ca', '-batch', '-notext', ...signed, ...dates]);
      return { key: await readFile(key, 'utf8'), cert: await readFile(pem, 'utf8') };
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** `20261121225114Z` */
const stamp = (date: Date): string =>
  `${date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '')}Z`;
