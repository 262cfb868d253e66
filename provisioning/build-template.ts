import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeTemplate } from '../core/stores/inventory/make-template.ts';
import { TEMPLATE_PREFIX } from '../core/stores/inventory/template.ts';

/** Part of the build: what every first start would otherwise do again. Those of earlier versions are of no use. */
const place = await makeTemplate();
const folder = dirname(place);
for (const name of readdirSync(folder))
  if (name.startsWith(TEMPLATE_PREFIX) && name !== basename(place)) rmSync(join(folder, name), { recursive: true });
