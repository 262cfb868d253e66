// The real thing: all roles in one process, or one of them with `--role`. Builds first where nothing was built.
import { ensureBuilt, root } from './built.mjs';

await ensureBuilt({ web: true });
await import(`${root}/dist/provisioning/start.js`);
