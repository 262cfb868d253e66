// All tests, on real parts. On Debian as root it installs the packages they need and are missing; elsewhere it names
// them and stops. Arguments go to the runner: `npm test -- tests/core`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { root } from './built.mjs';

/** Debian package → a file that shows it is there. */
const PACKAGES = {
  'chromium-headless-shell': '/usr/bin/chromium-headless-shell',
  'collectd-core': '/usr/sbin/collectd',
  curl: '/usr/bin/curl',
  fping: '/usr/bin/fping',
  'gir1.2-gst-rtsp-server-1.0': '/usr/lib/x86_64-linux-gnu/girepository-1.0/GstRtspServer-1.0.typelib',
  'gstreamer1.0-plugins-base': '/usr/lib/x86_64-linux-gnu/gstreamer-1.0/libgstvideotestsrc.so',
  'gstreamer1.0-plugins-good': '/usr/lib/x86_64-linux-gnu/gstreamer-1.0/libgstjpeg.so',
  freeradius: '/usr/sbin/freeradius',
  'freeradius-rest': '/usr/lib/freeradius/rlm_rest.so',
  'freeradius-utils': '/usr/bin/radclient',
  influxdb: '/usr/bin/influxd',
  iproute2: '/usr/sbin/ip',
  iptables: '/usr/sbin/iptables-legacy',
  jq: '/usr/bin/jq',
  mosquitto: '/usr/sbin/mosquitto',
  'mosquitto-clients': '/usr/bin/mosquitto_sub',
  nftables: '/usr/sbin/nft',
  opennds: '/usr/bin/opennds',
  openssl: '/usr/bin/openssl',
  'php-cli': '/usr/bin/php',
  'poppler-utils': '/usr/bin/pdftotext',
  postgresql: '/usr/lib/postgresql/15/bin/postgres',
  'python3-gi': '/usr/lib/python3/dist-packages/gi/__init__.py',
  snmp: '/usr/bin/snmpbulkwalk',
  snmpd: '/usr/sbin/snmpd',
  snmpsim: '/usr/bin/snmpsimd',
};

function must(command, args, options = {}) {
  const run = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

const missing = Object.keys(PACKAGES).filter((name) => !existsSync(PACKAGES[name]));
if (missing.length > 0) {
  const isDebian = existsSync('/etc/debian_version');
  const isRoot = process.getuid?.() === 0;
  if (!isDebian || !isRoot) {
    process.stderr.write(
      `The tests talk to real programs that are missing here. Install: ${missing.join(' ')}\n` +
        (isDebian ? `  sudo apt-get install --no-install-recommends ${missing.join(' ')}\n` : ''),
    );
    process.exit(1);
  }
  process.stderr.write(`Installing what the tests need: ${missing.join(' ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  must('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 2, 2] });
  // No service of these packages is wanted: the tests start their own on free ports, and openNDS would take over the
  // machine's network. Debian asks this program before it starts one.
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing];
  const { status } = spawnSync('apt-get', install, { env, stdio: ['ignore', 'ignore', 2] });
  if (missing.includes('opennds')) spawnSync('systemctl', ['disable', 'opennds'], { stdio: 'ignore' });
  if (isOurs) rmSync(policy, { force: true });
  if (status !== 0) process.exit(status ?? 1);
}

const { engines } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
process.stderr.write(`Node ${process.version} (needs ${engines.node})\n`);
must('npm', ['run', '-s', 'build']);
must(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]);
