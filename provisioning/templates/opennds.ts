import { usualGatewayName } from '../../captive-portal/opennds/authmon.ts';
import { binauthKey } from '../../captive-portal/opennds/signed.ts';
import {
  type GatewayPlan,
  type GatewayTemplate,
  loginPageUrl,
  MISSING,
  oneLine,
  portalHost,
  portalPort,
  settingOf,
  shellQuoted,
} from '../gateway-files.ts';
import { BINAUTH_PATH, binauthScript } from '../opennds/binauth-script.ts';

/** Configuration of openNDS (Debian's file and the commands of OpenWrt) and our BinAuth script. */
export const template: GatewayTemplate = (plan) => {
  const options = optionsOf(plan);
  const faskey = settingOf(plan, 'faskey') || MISSING;
  return [
    { path: 'opennds.conf', text: conf(plan, options), isSecret: true },
    { path: 'opennds-uci.sh', text: uci(plan, options), isSecret: true, isProgram: true },
    {
      path: 'simpul-binauth.sh',
      text: binauthScript(binauthKey(faskey), loginPageUrl(plan)),
      isSecret: true,
      isProgram: true,
    },
  ];
};

type Option = readonly [name: string, value: string];

function optionsOf(plan: GatewayPlan): readonly Option[] {
  const { gateway } = plan;
  const faskey = settingOf(plan, 'faskey') || MISSING;
  const level = settingOf(plan, 'level') || '1';
  const host = portalHost(plan);
  const isAddress = /^[\d.]+$/.test(host);
  const port = gateway.lanAddress?.match(/:(\d+)$/)?.[1] ?? '2050';
  return [
    ['gatewayname', oneLine(settingOf(plan, 'gatewayName') || usualGatewayName(gateway.ref, faskey))],
    ['enable_serial_number_suffix', '0'],
    ['gatewayport', port],
    ['gatewayfqdn', 'status.client'],
    ['login_option_enabled', '0'],
    ['allow_preemptive_authentication', '0'],
    ['fasport', String(portalPort(plan))],
    ['faspath', `/g/${gateway.ref}`],
    ...(isAddress ? [] : ([['fasremotefqdn', host]] as const)),
    ['fasremoteip', isAddress ? host : 'ALAMAT-IP-PORTAL'],
    ['fas_secure_enabled', level],
    ['faskey', faskey],
    // Minutes. What the portal grants goes before it: this is for clients whose grant the gateway could not ask about.
    ['sessiontimeout', '60'],
    ['preauthidletimeout', '30'],
    ['authidletimeout', '30'],
    ['checkinterval', '15'],
    ['dhcp_default_url_enable', '1'],
    ['binauth', BINAUTH_PATH],
  ];
}

/** Level 3: how often the gateway's poller asks. It reads this option itself, by its own shell. */
const pollOption = (plan: GatewayPlan): readonly Option[] =>
  settingOf(plan, 'level') === '3' ? [['nat_traversal_poll_interval', settingOf(plan, 'pollSeconds') || '15']] : [];

/**
 * The daemon and its shell helpers read this file each in their own way. The helpers take whatever stands behind an
 * option's name, in remarks too: no name of a place may stand here, and what the daemon refuses can.
 */
const conf = (plan: GatewayPlan, options: readonly Option[]): string => `# Simpul: ${plan.gateway.ref}
# openNDS 10.3.0 atau lebih baru. Yang lebih lama dapat dimatikan dari jauh (CVE-2023-38313 sampai -41102, CVE-2024-25763).
# Antarmuka yang dipakai warga:
gatewayinterface br-lan
${[
  ...options.map(([name, value]) => `${name} ${value}`),
  ...pollOption(plan).map(([name, value]) => `#${name} ${value}`),
].join('\n')}
FirewallRuleSet authenticated-users {
}
FirewallRuleSet preauthenticated-users {
}
FirewallRuleSet users-to-router {
    FirewallRule allow udp port 53
    FirewallRule allow tcp port 53
    FirewallRule allow udp port 67
}
`;

const uci = (plan: GatewayPlan, options: readonly Option[]): string => `#!/bin/sh
# ${oneLine(`${plan.site.name}: ${plan.gateway.name}`)}. OpenWrt: opkg install opennds openssl-util curl ca-bundle
set -e
cp simpul-binauth.sh ${BINAUTH_PATH}
chmod 700 ${BINAUTH_PATH}
${[...options, ...pollOption(plan)].map(([name, value]) => `uci set opennds.@opennds[0].${name}=${shellQuoted(value)}`).join('\n')}
uci commit opennds
service opennds restart
`;
