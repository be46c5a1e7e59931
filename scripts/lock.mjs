/**
 * Checks that package-lock.json works on every platform and behind every mirror:
 * it names each optional package (npm drops the ones a registry lacked when the lock was written, and `npm ci` then
 * fails on those platforms), and it records no download addresses.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ resolved?: string, link?: boolean, optionalDependencies?: Record<string, string> }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/** @param {Lock} lock @returns {string[]} one line per fault */
export function lockFaults(lock) {
  const faults = [];
  for (const [path, { resolved, optionalDependencies = {} }] of Object.entries(lock.packages)) {
    if (resolved?.startsWith('http')) faults.push(`${path} records a download address`);
    for (const name of Object.keys(optionalDependencies)) {
      if (!isLocked(lock, path, name))
        faults.push(`${path || 'package.json'} needs ${name}, which is not locked`);
    }
  }
  return faults;
}

/**
 * Looks where Node would: in the package's own node_modules, then in each folder above.
 * @param {Lock} lock @param {string} from @param {string} name
 */
function isLocked(lock, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder && `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  const faults = lockFaults(lock);
  for (const fault of faults) console.error(fault);
  if (faults.length === 0)
    console.log(`${Object.keys(lock.packages).length} packages, all platforms, no addresses`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
