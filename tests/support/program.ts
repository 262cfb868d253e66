import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a system program. @throws an error that names the Debian package where it is missing */
export function program(name: string, debianPackage: string): string {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is missing: install the Debian package ${debianPackage}`);
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
