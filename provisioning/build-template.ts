import { makeTemplate } from '../core/stores/inventory/make-template.ts';

/** Part of the build: what every first start would otherwise do again. */
await makeTemplate();
