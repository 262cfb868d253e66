const MAX_COOKIES = 20;
const MAX_BYTES = 4_096;

/** Cookies of one check, by host: some sites redirect for ever whoever does not bring back theirs. */
export type Cookies = {
  take(url: URL, setCookie: readonly string[] | undefined): void;
  headerFor(url: URL): { readonly cookie?: string };
};

export function createCookies(): Cookies {
  const byHost = new Map<string, Map<string, string>>();
  return {
    take({ hostname }, setCookie = []) {
      const own = byHost.get(hostname) ?? new Map<string, string>();
      byHost.set(hostname, own);
      for (const line of setCookie) {
        const [, name, value] = /^([^=;\s]+)=([^;]*)/.exec(line) ?? [];
        if (name === undefined || value === undefined || line.length > MAX_BYTES) continue;
        if (own.size < MAX_COOKIES || own.has(name)) own.set(name, value.trim());
      }
    },
    headerFor({ hostname }) {
      const own = [...(byHost.get(hostname) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
      return own === '' || own.length > MAX_BYTES ? {} : { cookie: own };
    },
  };
}
