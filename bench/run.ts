/** `npm run bench [-- step|start|soak|files] [options]`: what is measured; README.md says how to run and read each. */
const measurements = {
  step: () => import('./step/run'),
  start: () => import('./start/run'),
  soak: () => import('./soak/run'),
  files: () => import('./files/run'),
} as const;

const given = process.argv.slice(2).filter((argument) => argument !== '--');
const [wanted, ...rest] = given[0]?.startsWith('-') === false ? given : ['step', ...given];

if (wanted in measurements) {
  const { run } = await measurements[wanted as keyof typeof measurements]();
  process.exitCode = await run(rest);
} else {
  console.error(`usage: npm run bench [-- ${Object.keys(measurements).join('|')}] [options]`);
  process.exitCode = 2;
}

export {};
