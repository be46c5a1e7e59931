/**
 * What the page starts with comes in two files: the notebook, which starts the kernel, and the app. Left to themselves
 * the two, and what is loaded on use, would share some thirty, each of which costs a slow processor several milliseconds.
 */
import { fileURLToPath } from 'node:url';

/** @typedef {import('vite').Rolldown.ChunkingContext} Graph */

/** The files, and the modules they must be able to run: src/main.tsx imports the app once the kernel has been started. */
const starts = {
  start: fileURLToPath(new URL('../src/main.tsx', import.meta.url)),
  app: fileURLToPath(new URL('../src/ui/mount.tsx', import.meta.url)),
};

/**
 * Puts each module in the file of the first of the two that imports it, itself or by others, before it runs.
 * @returns {import('vite').Rolldown.CodeSplittingGroup[]}
 */
export function startFiles() {
  return Object.entries(starts).map(([file, module], i, { length }) => {
    /** @type {Set<string>} */
    const needed = new Set();
    return {
      debugName: file,
      // Of two groups that want a module the higher one has it.
      priority: length - i,
      name(id, graph) {
        if (needed.size === 0) collect(module, graph, needed);
        return needed.has(id) ? file : null;
      },
    };
  });
}

/** What must have run before `module` does. @param {string} module @param {Graph} graph @param {Set<string>} needed */
function collect(module, graph, needed) {
  if (needed.has(module)) return;
  needed.add(module);
  // The list is used again for the next module.
  for (const imported of [...(graph.getModuleInfo(module)?.importedIds ?? [])])
    collect(imported, graph, needed);
}

/**
 * The app is imported late, but named in the page all the same: it is fetched beside the entry and not after it.
 * @type {import('vite').Plugin}
 */
export const preloadApp = {
  name: 'preload-app',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const app = chunks.find(({ moduleIds }) => moduleIds.includes(starts.app));
      if (!app) throw new Error('src/ui/mount.tsx is in no chunk');
      const scripts = [app.fileName, ...app.imports];
      const needed = chunks.filter(({ fileName }) => scripts.includes(fileName));
      const styles = new Set(needed.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
      return [
        ...scripts.map((file) => link({ rel: 'modulepreload', crossorigin: true, href: `./${file}` })),
        ...[...styles].map((file) => link({ rel: 'stylesheet', crossorigin: true, href: `./${file}` })),
      ].filter(({ attrs }) => !html.includes(`"${attrs.href}"`));
    },
  },
};

/** @param {{ rel: string, href: string, crossorigin: boolean }} attrs */
function link(attrs) {
  return { tag: 'link', attrs, injectTo: /** @type {const} */ ('head') };
}
