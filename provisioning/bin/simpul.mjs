#!/usr/bin/env node
// The command line. Runs what was built; builds first where nothing was.
import { ensureBuilt, root } from './built.mjs';

await ensureBuilt({ web: false });
await import(`${root}/dist/provisioning/cli/main.js`);
