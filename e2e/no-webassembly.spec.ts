/** A browser hardened against code generation has no WebAssembly: every cell works on TypeScript. */
import { Notebook } from './support/notebook';
import { expect, test } from './support/test';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--js-flags=--jitless'] });
  },
});

test('the notebook works on TypeScript alone', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const engine = page.getByRole('group', { name: notebook.words.engine.title });
  await expect(engine).toContainText(notebook.words.engine.reason['no-webassembly']);
  await expect(engine.getByRole('radio', { name: /WASM/ })).toBeDisabled();
  await notebook.cell('train').getByRole('button', { name: notebook.words.train.step, exact: true }).click();
  await expect(notebook.cell('train')).toContainText('1 steps: loss from');
  await notebook.save('tudui_parameter.pth');
  await expect(await notebook.load('tudui_parameter.pth')).toContainText('<All keys matched successfully>');
});
