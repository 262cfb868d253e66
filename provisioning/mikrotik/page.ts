/** A few lines of style: these pages are the router's own, seen for a moment or while the portal is away. */
const STYLE =
  ':root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif}main{max-width:480px;margin:auto;padding:16px}h1{font-size:22px;line-height:1.25;margin:0 0 12px}.f{display:block;margin:16px 0 0;padding:14px 16px;border-radius:6px;background:#1f56c3;color:#fff;font-weight:600;text-align:center;text-decoration:none}';

/** @param body markup; RouterOS fills in its `$(...)`, which it escapes itself */
export const plainPage = (title: string, body: string): string => `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>
`;

/**
 * A page that is a redirect in truth. Within `if`, `http-status` and `http-header` set the answer (RouterOS manual,
 * Hotspot customisation); below stands the same for a router that does not know them.
 */
export const redirected = (url: string, title: string): string => `$(if http-status == 302)${title}$(endif)
$(if http-header == "Location")${url}$(endif)
$(if http-header == "Cache-Control")no-store$(endif)
<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><meta http-equiv="refresh" content="0; url=${url}"><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><a class="f" href="${url}">Lanjut</a></main></body></html>
`;
