import { execFile, spawnSync } from 'node:child_process';

/** Path of a system program. @throws an error that names the Debian package where it is missing */
export function program(name: string, debianPackage: string): string {
  const found = spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${name}`], {
    encoding: 'utf8',
  }).stdout.trim();
  if (found === '') throw new Error(`${name} is missing: install the Debian package ${debianPackage}`);
  return found;
}

/** Standard output of a program that ends by itself. @throws where it fails */
export function outputOf(path: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, [...args], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${path} ${args.join(' ')}: ${stderr || error.message}`));
    });
  });
}
