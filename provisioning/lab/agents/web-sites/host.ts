import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { listenOn } from '../tcp-server.ts';

export type LabWebSite = {
  readonly code: string;
  /** Where its pages begin, such as `/dinas-kesehatan/`; sites of one host have different ones. */
  readonly path: string;
  /** Stands on its page. */
  readonly title: string;
};

/** `failing` answers 500; `slow` answers after a while; `off` closes without an answer. */
export type WebSiteCondition = 'well' | 'slow' | 'failing' | 'off';

/** Web sites of the lab on one TCP port, by path. */
export type WebSiteHost = {
  readonly port: number;
  set(code: string, condition: WebSiteCondition): void;
  conditionOf(code: string): WebSiteCondition;
  close(): Promise<void>;
};

const SLOW_MS = 6_500;

export async function startWebSiteHost(options: {
  readonly sites: readonly LabWebSite[];
  /** 0: any free one. */
  readonly port?: number;
  /** Time to the first byte of a slow one. */
  readonly slowMs?: number;
}): Promise<WebSiteHost> {
  const { sites, port = 0, slowMs = SLOW_MS } = options;
  const conditions = new Map<string, WebSiteCondition>(sites.map(({ code }) => [code, 'well']));
  const pending = new Set<NodeJS.Timeout>();
  const conditionOf = (code: string): WebSiteCondition => {
    const condition = conditions.get(code);
    if (condition === undefined) throw new Error(`the lab has no web site ${code}`);
    return condition;
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const site = sites.find((one) => path.startsWith(one.path));
    if (site === undefined) return send(response, 404, 'Tidak ditemukan');
    switch (conditionOf(site.code)) {
      case 'well':
        return send(response, 200, site.title);
      case 'failing':
        return send(response, 500, 'Galat peladen');
      case 'off':
        return void request.socket.destroy();
      case 'slow': {
        const timer = setTimeout(() => {
          pending.delete(timer);
          send(response, 200, site.title);
        }, slowMs);
        pending.add(timer);
      }
    }
  });
  const bound = await listenOn(server, port);
  return {
    port: bound,
    set(code, condition) {
      conditionOf(code);
      conditions.set(code, condition);
    },
    conditionOf,
    async close() {
      for (const timer of pending) clearTimeout(timer);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, status: number, title: string): void {
  const page = `<!doctype html><html lang="id"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1></html>\n`;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', connection: 'close' }).end(page);
}
