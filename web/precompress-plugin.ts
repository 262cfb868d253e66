import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(js|css|svg|html)$/;
/** Below this a compressed answer saves no packet. */
const LEAST_BYTES = 1_400;

/** Lays a `.br` and a `.gz` beside every text of the build, so that the server compresses nothing while it serves. */
export function precompress(): Plugin {
  let outDir = '';
  return {
    name: 'simpul-precompress',
    apply: 'build',
    configResolved: (config) => {
      outDir = resolve(config.root, config.build.outDir);
    },
    // Not closeBundle: that comes after a build that failed, too, and would hide why.
    writeBundle: async () => {
      const files = (await readdir(outDir, { recursive: true })).filter((file) => TEXT.test(file));
      for (const file of files) {
        const path = join(outDir, file);
        const content = await readFile(path);
        if (content.length < LEAST_BYTES) continue;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(content, quality));
        await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}
