import type { Contract } from '../core/contract/contract.ts';
import { isJson, isObjectSchema, merged, plain } from './json-schema.ts';
import { accessText, operationId } from './openapi.ts';
import { PROBLEM_STATUS } from './problem.ts';

/** Every call of the API on one page of plain HTML: nothing is loaded but its own style. */
export function docsPage(contracts: readonly Contract[], version: string): string {
  const tags = [...new Set(contracts.map(({ tag }) => tag))];
  const sections = tags.map((tag) => {
    const operations = contracts.filter((contract) => contract.tag === tag);
    return `<section><h2 id="tag-${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${operations.map(operation).join('')}</section>`;
  });
  const problems = Object.entries(PROBLEM_STATUS).map(
    ([code, status]) => `<tr id="problem-${code}"><td><code>${code}</code></td><td>${status}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Simpul API</title>
<link rel="stylesheet" href="/api/docs/style.css">
</head>
<body>
<header>
<h1>Simpul API <small>${escapeHtml(version)}</small></h1>
<p>Moments are UTC milliseconds, regions are Kemendagri codes, lists are paged from 1. Sign in with
<code>POST /api/v1/session</code>; the session is a cookie. A machine sends <code>Authorization: Bearer spl_…</code> instead. The whole as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
<nav>${tags.map((tag) => `<a href="#tag-${escapeHtml(tag)}">${escapeHtml(tag)}</a>`).join(' ')} <a href="#problems">problems</a></nav>
</header>
<main>
${sections.join('\n')}
<section><h2 id="problems">problems</h2>
<p>Errors are <code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>.</p>
<table><thead><tr><th>code</th><th>status</th></tr></thead><tbody>${problems.join('')}</tbody></table></section>
</main>
</body>
</html>
`;
}

function operation(contract: Contract): string {
  const { method, url, summary, schema, consumes, produces } = contract;
  const answers = Object.entries(schema.response).map(([status, answer]) => {
    const shape = produces === undefined ? typeText(answer) : produces.join(' or ');
    return `<dt>${status}</dt><dd><code>${escapeHtml(status === '204' ? '' : shape)}</code></dd>`;
  });
  const body = consumes?.join(' or ') ?? (schema.body === undefined ? null : typeText(schema.body));
  return `<details id="${operationId(contract)}">
<summary><b class="${method.toLowerCase()}">${method}</b> <code>${escapeHtml(url)}</code> <span>${escapeHtml(summary)}</span></summary>
<p>${escapeHtml(accessText(contract))}</p>
${parameters('In the address', schema.params)}${parameters('Query', schema.querystring)}
${body === null ? '' : `<h3>Body</h3><pre>${escapeHtml(body)}</pre>`}
<h3>Answer</h3><dl>${answers.join('')}</dl>
</details>`;
}

function parameters(title: string, schema: object | undefined): string {
  const whole = schema === undefined ? null : merged(plain(schema));
  if (whole === null || !isObjectSchema(whole)) return '';
  const rows = Object.entries(whole.properties).map(([name, property]) => {
    const needed = (whole.required ?? []).includes(name) ? 'required' : '';
    const note = isJson(property) && typeof property['description'] === 'string' ? property['description'] : '';
    return `<tr><td><code>${escapeHtml(name)}</code></td><td><code>${escapeHtml(typeText(property))}</code></td><td>${needed}</td><td>${escapeHtml(note)}</td></tr>`;
  });
  return `<h3>${title}</h3><table><tbody>${rows.join('')}</tbody></table>`;
}

/** A schema in the manner of a TypeScript type. */
function typeText(value: unknown, depth = 0): string {
  if (!isJson(value)) return 'unknown';
  const schema = merged(value);
  const { enum: values, anyOf, items, const: constant } = schema;
  if (Array.isArray(values)) return values.map((one) => JSON.stringify(one)).join(' | ');
  if (constant !== undefined) return JSON.stringify(constant);
  if (Array.isArray(anyOf)) return anyOf.map((one) => typeText(one, depth)).join(' | ');
  if (schema['type'] === 'array') return `${wrapped(typeText(items, depth))}[]`;
  if (isObjectSchema(schema)) {
    const indent = '  '.repeat(depth + 1);
    const fields = Object.entries(schema.properties).map(([name, property]) => {
      const optional = (schema.required ?? []).includes(name) ? '' : '?';
      return `${indent}${name}${optional}: ${typeText(property, depth + 1)}`;
    });
    return fields.length === 0 ? '{}' : `{\n${fields.join('\n')}\n${'  '.repeat(depth)}}`;
  }
  const type = typeof schema['type'] === 'string' ? schema['type'] : 'unknown';
  return typeof schema['format'] === 'string' ? schema['format'] : type;
}

const wrapped = (type: string): string => (type.includes(' | ') && !type.startsWith('{') ? `(${type})` : type);

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export const DOCS_STYLE = `
:root { color-scheme: light dark; --text: light-dark(#1b2330, #e4e8ef); --soft: light-dark(#5a6473, #9aa3b2);
  --back: light-dark(#fbfcfd, #12161c); --line: light-dark(#d9dee6, #2b323d); --accent: light-dark(#1f5fa8, #7db4f2); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 24px 16px 64px; background: var(--back); color: var(--text);
  font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 28px; margin: 0 0 8px; } h1 small { color: var(--soft); font-size: 14px; font-weight: 400; }
h2 { font-size: 20px; margin: 32px 0 8px; } h3 { font-size: 12px; color: var(--soft); margin: 12px 0 4px; }
a { color: var(--accent); } nav a { margin-right: 12px; }
code, pre { font: 13px/1.5 ui-monospace, monospace; } pre, dd code { white-space: pre-wrap; overflow-wrap: anywhere; }
details { border-bottom: 1px solid var(--line); padding: 8px 0; }
summary { cursor: pointer; } summary b { display: inline-block; min-width: 56px; color: var(--accent); }
summary span { color: var(--soft); margin-left: 8px; }
table { border-collapse: collapse; } td, th { text-align: left; padding: 4px 16px 4px 0; vertical-align: top; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; } dd { margin: 0; }
tr:target { outline: 2px solid var(--accent); }
`;
