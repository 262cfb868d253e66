import { type GatewayFile, type GatewayPlan, oneLine } from '../gateway-files.ts';
import { plainPage } from './page.ts';

const escaped = (text: string): string =>
  oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // What RouterOS would read as a variable.
    .replaceAll('$(', '&#36;(');

/**
 * Pages while the portal cannot be reached: the router shows them by itself. With `trial` it lets a device in for a
 * while, once a day; nobody is asked for anything, and nothing is kept.
 */
export function offlinePages({ site }: GatewayPlan, directory: string): readonly GatewayFile[] {
  const isTrial = site.fallback === 'trial';
  const title = `Wi-Fi ${escaped(site.name)}`;
  const trialUrl = '$(link-login-only)?dst=$(link-orig-esc)&amp;username=T-$(mac-esc)';
  const away = '<p>Halaman masuk sedang tidak terjangkau. Sambungan ke pusat terputus.</p>';
  const closed = `${away}<p>Coba lagi beberapa menit lagi.</p><a class="f" href="$(link-login)">Ulangi</a>`;
  const trial = `$(if trial == 'yes')${away}<p>Untuk sementara Anda dapat masuk tanpa kode.</p><a class="f" href="${trialUrl}">Masuk sementara</a>$(else)${away}<p>Waktu sementara untuk hari ini sudah terpakai. Coba lagi beberapa menit lagi.</p><a class="f" href="$(link-login)">Ulangi</a>$(endif)`;
  const login = plainPage(title, isTrial ? trial : closed);
  const page = (name: string, text: string): GatewayFile => ({ path: `${directory}/${name}`, text });
  return [
    // A page and no redirect: sign-in sheets open on either.
    page('rlogin.html', login),
    page('login.html', login),
    page(
      'alogin.html',
      plainPage(
        'Anda sudah tersambung',
        `<p>$(if session-time-left)Sisa waktu: $(session-time-left).$(endif)</p><a class="f" href="$(link-status)">Lihat sambungan</a>`,
      ),
    ),
    page(
      'status.html',
      plainPage(
        'Sambungan Anda',
        `<p>$(if session-time-left)Sisa waktu: $(session-time-left).$(endif) Terpakai: $(bytes-out-nice) turun, $(bytes-in-nice) naik.</p><a class="f" href="$(link-logout)">Keluar</a>`,
      ),
    ),
    page('logout.html', plainPage('Anda sudah keluar', '<a class="f" href="$(link-login)">Masuk lagi</a>')),
    page('error.html', plainPage(title, '<p>$(error)</p><a class="f" href="$(link-login)">Ulangi</a>')),
  ];
}
