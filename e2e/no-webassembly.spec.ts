/** A browser without WebAssembly, or without its SIMD: every cell works on TypeScript. */
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

/** V8's own switches: as where code generation is forbidden, and as on a processor of before 2008. */
const browsers = [
  { reason: 'no-webassembly', flag: '--jitless' },
  { reason: 'no-simd', flag: '--no-enable-sse4-1' },
] as const;

for (const { reason, flag } of browsers) {
  test(`${reason}: the notebook works on TypeScript alone`, async ({
    playwright,
    launchOptions,
    baseURL,
  }) => {
    const args = [...(launchOptions.args ?? []), `--js-flags=${flag}`];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    const page = await browser.newPage(baseURL === undefined ? {} : { baseURL });
    const notebook = await Notebook.open(page);
    const engine = page.getByRole('group', { name: notebook.words.engine.title });
    await expect(engine).toContainText(notebook.words.engine.reason[reason]);
    await expect(engine.getByRole('radio', { name: /WASM/ })).toBeDisabled();
    const train = notebook.cell('train');
    await train.getByRole('button', { name: notebook.words.train.step, exact: true }).click();
    await expect(train).toContainText('1 steps: loss from');
    await notebook.save('tudui_parameter.pth');
    await expect(await notebook.load('tudui_parameter.pth')).toContainText('<All keys matched successfully>');
    await browser.close();
  });
}
