import {
  type GatewayPlan,
  type GatewayTemplate,
  loginPageUrl,
  oneLine,
  portalHost,
  settingOf,
} from '../gateway-files.ts';

/** UniFi is set up on its controller's own screens: the steps, with what is typed there. */
export const template: GatewayTemplate = (plan) => [{ path: 'unifi.md', text: steps(plan) }];

function steps(plan: GatewayPlan): string {
  const { site, gateway, portal } = plan;
  const host = portalHost(plan);
  const unifiSite = settingOf(plan, 'site') || 'default';
  const account =
    settingOf(plan, 'api') === 'official'
      ? 'Network › Control Plane › Integrations: buat kunci API, simpan di setelan gerbang ini (*apiKey*). Perlu UniFi Network 9.1.105 atau lebih baru.'
      : 'Settings › Admins: buat akun lokal tanpa verifikasi dua langkah, dengan hak atas situs ini saja. Simpan di setelan gerbang ini (*user*, *password*).';
  return `# ${oneLine(`${site.name}: ${gateway.name}`)}

1. ${account}
2. Settings › WiFi › (SSID warga) › Hotspot: **Captive Portal**.
3. Hotspot › Landing Page › Authentication: **External Portal Server**, alamat \`${host}\`.
   Pengendali mengantar peramban ke \`${portal.origin}/guest/s/${unifiSite}/\`; nama situs \`${unifiSite}\` sama dengan setelan gerbang ini
   dan dipakai oleh satu gerbang saja.
4. Hotspot › Settings › Pre-Authorization Allowances: \`${host}\`. Jangan menambah alamat Google atau Apple: halaman masuk tidak akan muncul.
5. Hotspot › Settings: matikan *HTTPS Redirection Support* dan *Encrypted URL*.
6. Portal harus dapat menghubungi pengendali melalui TCP. Bila sertifikat pengendali dibuat sendiri, catat sidiknya:
   \`openssl s_client -connect PENGENDALI:443 </dev/null | openssl x509 -noout -fingerprint -sha256\`
   dan simpan di setelan gerbang ini (*certificateSha256*).
7. Uji dengan telepon: sambung ke SSID, halaman masuk harus terbuka sendiri. Halaman yang sama tanpa arahan gerbang: ${loginPageUrl(plan)}
`;
}
