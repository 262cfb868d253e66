import { capportOption } from '../../captive-portal/flow/capport.ts';
import {
  type GatewayPlan,
  type GatewayTemplate,
  loginPageUrl,
  MISSING,
  oneLine,
  portalHost,
  settingOf,
  shellQuoted,
} from '../gateway-files.ts';

/** `/etc/chilli/config`, and the same as options of chilli itself for gateways without its start scripts. */
export const template: GatewayTemplate = (plan) => [
  { path: 'chilli/config', text: config(plan), isSecret: true },
  { path: 'chilli/simpul.conf', text: options(plan), isSecret: true },
];

const RADIUS_SECRET = ({ gateway }: GatewayPlan): string => gateway.radiusSecret?.reveal() ?? MISSING;
const uamServer = (plan: GatewayPlan): string => settingOf(plan, 'uamServer') || loginPageUrl(plan);
const uamPort = ({ gateway }: GatewayPlan): string => gateway.lanAddress?.match(/:(\d+)$/)?.[1] ?? '3990';
/** Every box is `nas01` where nobody says otherwise. */
const nasId = ({ gateway }: GatewayPlan): string => gateway.nasIdentifier ?? gateway.ref;

function config(plan: GatewayPlan): string {
  const { site, gateway, portal } = plan;
  const secret = shellQuoted(RADIUS_SECRET(plan));
  return `# ${oneLine(`${site.name}: ${gateway.name}`)}: /etc/chilli/config
# Antarmuka: ke internet dan ke warga.
HS_WANIF=eth0
HS_LANIF=eth1
HS_NETWORK=10.1.0.0
HS_NETMASK=255.255.255.0
HS_UAMLISTEN=10.1.0.1
HS_UAMPORT=${uamPort(plan)}
HS_NASID=${shellQuoted(nasId(plan))}
HS_LOC_NAME=${shellQuoted(site.name)}
HS_RADIUS=${portal.radiusHost}
HS_RADIUS2=${portal.radiusHost}
HS_RADAUTH=${portal.authPort}
HS_RADACCT=${portal.acctPort}
HS_RADSECRET=${secret}
HS_UAMSECRET=${shellQuoted(settingOf(plan, 'uamSecret') || MISSING)}
HS_UAMALLOW=${portalHost(plan)}
HS_UAMSERVER=${portalHost(plan)}
HS_UAMFORMAT=${shellQuoted(uamServer(plan))}
HS_UAMHOMEPAGE=
HS_COAPORT=${gateway.coaPort ?? 0}
HS_DEFSESSIONTIMEOUT=3600
HS_DEFIDLETIMEOUT=600
HS_DEFINTERIMINTERVAL=300
`;
}

function options(plan: GatewayPlan): string {
  const { site, gateway, portal } = plan;
  const lines: readonly (readonly [string, string])[] = [
    ['uamserver', uamServer(plan)],
    ['uamsecret', settingOf(plan, 'uamSecret') || MISSING],
    ['uamport', uamPort(plan)],
    ['uamallowed', portalHost(plan)],
    ['radiusserver1', portal.radiusHost],
    ['radiusserver2', portal.radiusHost],
    ['radiusauthport', String(portal.authPort)],
    ['radiusacctport', String(portal.acctPort)],
    ['radiussecret', RADIUS_SECRET(plan)],
    ['radiusnasid', nasId(plan)],
    ['radiuslocationname', site.name],
    ['coaport', String(gateway.coaPort ?? 0)],
    ['defsessiontimeout', '3600'],
    ['defidletimeout', '600'],
    ['definteriminterval', '300'],
  ];
  const text = lines.map(([name, value]) => `${name} "${oneLine(value).replace(/["\\]/g, '\\$&')}"`).join('\n');
  const api = capportOption(portal.origin, gateway.ref, '%{m}');
  // An older one does not start with an option that it does not know.
  const newer = api === null ? '' : `# CoovaChilli 1.9: captiveportalapi_uri "${api}"\n`;
  return `# ${oneLine(`${site.name}: ${gateway.name}`)}\n${text}\n${newer}`;
}
