/** Who comes to a hotspot with which telephone. */
export type Visitor = { readonly mac: string; readonly ip: string };

/** How far somebody came: left before the page, looked and left, was refused, or is in. */
export type Visit = 'no-page' | 'looked' | 'refused' | 'in';

const PATIENCE_MS = 20_000;
const MOST_PAGE = 64 * 1024;

/**
 * A citizen's browser without scripts: opens the page that the hotspot leads to, presses the first button, and follows
 * the way back to the hotspot.
 * @param presses false: reads the page and goes away
 */
export async function visit(
  portal: { readonly url: string; readonly ref: string; readonly lanAddress: string },
  { mac, ip }: Visitor,
  presses: boolean,
): Promise<Visit> {
  const asked = new URLSearchParams({ mac, ip, srv: 'hotspot1', if: 'wlan1', lo: 'http://neverssl.example/' });
  const address = `${portal.url}/g/${portal.ref}?${asked}`;
  const page = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (page.status !== 200) return 'no-page';
  const form = firstForm((await page.text()).slice(0, MOST_PAGE));
  if (form === null) return 'no-page';
  if (!presses) return 'looked';
  const posted = await fetch(new URL(form.action, address), {
    method: 'POST',
    body: form.fields,
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const back = posted.headers.get('location');
  await posted.arrayBuffer();
  // Only ever to the hotspot that sent them.
  if (posted.status !== 303 || back === null || new URL(back).host !== portal.lanAddress) return 'refused';
  const opened = await fetch(back, {
    headers: { 'x-lab-mac': mac, 'x-lab-ip': ip },
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await opened.arrayBuffer();
  return opened.status === 302 ? 'in' : 'refused';
}

/** What the first form of a page would send when its button is pressed. */
export function firstForm(page: string): { readonly action: string; readonly fields: URLSearchParams } | null {
  const [whole] = /<form\b[^>]*method="post"[\s\S]*?<\/form>/.exec(page) ?? [];
  const action = whole === undefined ? undefined : attributeOf(whole, 'action');
  if (whole === undefined || action === undefined) return null;
  const fields = new URLSearchParams();
  for (const [tag] of whole.matchAll(/<(?:input\b[^>]*type="hidden"|button\b)[^>]*>/g)) {
    const name = attributeOf(tag, 'name');
    if (name !== undefined) fields.append(name, attributeOf(tag, 'value') ?? '');
  }
  return { action, fields };
}

const attributeOf = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
