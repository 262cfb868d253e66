import {
  type GatewayFile,
  type GatewayPlan,
  type GatewayTemplate,
  loginPageUrl,
  MISSING,
  oneLine,
  portalHost,
  portalPort,
  settingOf,
} from '../gateway-files.ts';
import { offlinePages } from '../mikrotik/offline-pages.ts';
import { plainPage, redirected } from '../mikrotik/page.ts';

/** Of the folders on the router, as `html-directory` names them. */
const ONLINE = 'hotspot-simpul';
const OFFLINE = 'hotspot-mandiri';

/**
 * Pages of a RouterOS hotspot that lead to the portal by a real redirect, without scripts; pages for the time without
 * it; and the commands that set the hotspot up.
 */
export const template: GatewayTemplate = (plan) => [
  ...onlinePages(plan),
  ...offlinePages(plan, OFFLINE),
  { path: 'simpul.rsc', text: commands(plan), isSecret: true },
];

function onlinePages(plan: GatewayPlan): readonly GatewayFile[] {
  const portal = loginPageUrl(plan);
  const isChap = settingOf(plan, 'login') === 'chap';
  const who = 'mac=$(mac-esc)&ip=$(ip-esc)&srv=$(server-name-esc)&if=$(interface-name-esc)';
  const arrival = `${portal}?${who}&lo=$(link-orig-esc)&err=$(error-orig-esc)`;
  const page = (name: string, text: string): GatewayFile => ({ path: `${ONLINE}/${name}`, text });
  return [
    // A challenge exists on the log-in page alone.
    page('rlogin.html', redirected(isChap ? '$(link-login-only)?dst=$(link-orig-esc)' : arrival, 'Masuk')),
    page('login.html', redirected(isChap ? `${arrival}&ci=$(chap-id-esc)&cc=$(chap-challenge-esc)` : arrival, 'Masuk')),
    page('alogin.html', redirected('$(link-redirect)', 'Anda sudah tersambung')),
    page('status.html', redirected(`${portal}?${who}&in=$(logged-in)`, 'Sambungan Anda')),
    page('logout.html', plainPage('Anda sudah keluar', '<a class="f" href="$(link-login)">Masuk lagi</a>')),
    page(
      'error.html',
      plainPage('Halaman ini tidak dapat dibuka', '<p>$(error)</p><a class="f" href="$(link-login)">Ulangi</a>'),
    ),
    page('api.json', captivePortalApi(isChap ? portal : `${portal}?${who}`)),
  ];
}

/** RFC 8908. Phones believe it over https with a right certificate only. */
const captivePortalApi = (userPortalUrl: string): string => `{
"captive": $(if logged-in == 'yes')false$(else)true$(endif),
"user-portal-url": "${userPortalUrl}",
$(if session-timeout-secs != 0)"seconds-remaining": $(session-timeout-secs),$(endif)
$(if remain-bytes-total)"bytes-remaining": $(remain-bytes-total),$(endif)
"can-extend-session": true
}
`;

/** Within quotes of RouterOS' script language. */
const quoted = (text: string): string => `"${oneLine(text).replace(/[\\"$?]/g, '\\$&')}"`;

function commands(plan: GatewayPlan): string {
  const { gateway, site, portal } = plan;
  const profile = settingOf(plan, 'profile') || 'simpul';
  const host = portalHost(plan);
  const login = settingOf(plan, 'login') === 'chap' ? 'http-chap' : 'http-pap';
  const loginBy = settingOf(plan, 'macReentry') === 'true' ? `${login},mac` : login;
  const trialMinutes = settingOf(plan, 'trialMinutes') || '30';
  const isTrial = site.fallback === 'trial';
  const secret = gateway.radiusSecret?.reveal() ?? MISSING;
  const comment = quoted(`simpul ${gateway.ref}`);
  const set = `/ip hotspot profile set [find name=${quoted(profile)}]`;
  // Settings that not every RouterOS has: read at run time, so that the rest is done all the same.
  const ifKnown = (command: string): string => `:do { [[:parse ${quoted(command)}]] } on-error={}`;
  const mode = (directory: string, by: string): string => `${set} html-directory=${directory} login-by=${by}`;
  return `# ${oneLine(`${site.name}: ${gateway.name}`)}
# 1. RouterOS 7: /system/device-mode/print harus menunjukkan hotspot: yes.
# 2. Unggah folder ${ONLINE} dan ${OFFLINE}. Bila router mempunyai folder flash, taruh di dalamnya dan tulis
#    flash/${ONLINE} serta flash/${OFFLINE} di bawah ini.
# 3. /import simpul.rsc

${gateway.nasIdentifier === null ? '# NAS-Identifier: nama router ini (/system identity).' : `/system identity set name=${quoted(gateway.nasIdentifier)}`}

# Bawaan 300 ms terlalu pendek untuk satelit.
/radius remove [find comment=${comment}]
/radius add service=hotspot address=${portal.radiusHost} authentication-port=${portal.authPort} accounting-port=${portal.acctPort} secret=${quoted(secret)} timeout=3s comment=${comment}
# RouterOS 7.15 dan lebih baru: jawaban tanpa Message-Authenticator ditolak (CVE-2024-3596).
${ifKnown(`/radius set [find comment=${comment}] require-message-auth=yes-for-request-resp`)}
${
  gateway.coaPort === null
    ? '/radius incoming set accept=no'
    : `/radius incoming set accept=yes port=${gateway.coaPort}`
}

:if ([:len [/ip hotspot profile find name=${quoted(profile)}]] = 0) do={ /ip hotspot profile add name=${quoted(profile)} }
${mode(ONLINE, loginBy)}
${set} use-radius=yes radius-accounting=yes radius-interim-update=received radius-location-id=${quoted(gateway.ref)} radius-mac-format=XX:XX:XX:XX:XX:XX
${set} mac-auth-mode=mac-as-username
# Pengalihan https hanya menghasilkan galat sertifikat.
${ifKnown(`${set} https-redirect=no`)}
${ifKnown(`${set} trial-uptime-limit=${trialMinutes}m trial-uptime-reset=1d`)}
${ifKnown(`${set} trial-uptime=${trialMinutes}m/1d`)}
# Cookie mengulang kata sandi sekali pakai dan melewati ketentuan yang baru.
/ip hotspot user profile set [find default=yes] shared-users=1 transparent-proxy=no add-mac-cookie=no idle-timeout=none keepalive-timeout=10m
# Pakailah profil ini pada server hotspot: /ip hotspot set NAMA profile=${profile}

/ip hotspot walled-garden remove [find comment=${comment}]
/ip hotspot walled-garden add dst-host=${quoted(host)} action=allow comment=${comment}
/ip hotspot walled-garden ip remove [find comment=${comment}]
/ip hotspot walled-garden ip add dst-host=${quoted(host)} protocol=tcp dst-port=${portalPort(plan)} action=accept comment=${comment}

# Selama portal tidak terjangkau router melayani sendiri${isTrial ? `: ${trialMinutes} menit sehari per perangkat` : ', dan menjelaskan keadaannya'}.
/tool netwatch remove [find comment=${comment}]
:do {
  [[:parse ${quoted(
    `/tool netwatch add type=tcp-conn host=[:resolve ${quoted(host)}] port=${portalPort(plan)} interval=30s timeout=10s comment=${comment}` +
      ` up-script=${quoted(mode(ONLINE, loginBy))} down-script=${quoted(mode(OFFLINE, isTrial ? `${loginBy},trial` : loginBy))}`,
  )}]]
} on-error={ :put "netwatch tidak terpasang: RouterOS 6 tidak mengenal tcp-conn" }
`;
}
