/** What is inside a file: seen, explained in words, compared, by mouse and by keyboard, and nothing of it ever runs. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { checkpoint, Inspector, said } from './support/inspector';
import { fixture, type LanguageName, languages, Notebook } from './support/notebook';
import { expect, test } from './support/test';

const each = Object.keys(languages) as LanguageName[];
const hostile = JSON.parse(readFileSync(fixture('hostile.json'), 'utf8')) as {
  marker: string;
  globals: Record<string, string[]>;
};

for (const language of each) {
  test(`a whole model: verdict, keys, modules, opcodes, archive, in ${language}`, async ({ page }) => {
    const inspector = await Inspector.open(page, language);
    const { words } = inspector;
    await inspector.show(checkpoint('mlp_model.pth'));
    await expect(inspector.sentence).toHaveText(
      said(words.sentence.model, { module: '__main__', class: 'Net' }),
    );
    await expect(inspector.verdict).toContainText(said(words.has.training, { flag: 'False' }));
    await expect(inspector.verdict).toContainText(said(words.lacks.source));
    await expect(inspector.verdict).toContainText('_pickle.UnpicklingError');

    // 8 keys and their head.
    await expect(inspector.grid('keys')).toHaveAttribute('aria-rowcount', '9');
    await expect(inspector.key('bn1.num_batches_tracked')).toContainText(words.role.buffer);
    await expect(inspector.key('fc1.weight')).toContainText('[4, 2]');
    await expect(inspector.key('fc1.weight')).toContainText(/−0\.\d{4} … 0\.\d{4}/);

    await expect(inspector.part('modules')).toContainText('Dropout(p=0.25, inplace=False)');

    await expect(inspector.opcodes).toContainText('__main__ Net');
    await expect(inspector.opcodes).toContainText(said(words.mark.wouldTake, { name: 'Net' }));
    await expect(inspector.part('pickle')).toContainText(words.pickle.safe);

    await expect(inspector.grid('archive')).toContainText('data.pkl');
    await inspector.part('archive').getByRole('button', { name: words.archive.check }).click();
    await expect(inspector.part('archive')).toContainText(said(words.archive.sound, { count: 14 }));
  });
}

test('a file from the shelf is one button away, and the notebook stays as it was', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const { words } = notebook;
  await notebook.setMode('eval');
  await notebook.save('tudui_parameter.pth');
  await expect(notebook.cell('inspect')).toContainText('bn1.running_var');
  await notebook.shelf
    .getByRole('button', { name: said(words.shelf.inspect, { name: 'tudui_parameter.pth' }) })
    .click();
  const inspector = new Inspector(page, 'en');
  await expect(inspector.sentence).toHaveText(words.inspect.sentence.state_dict);
  await page.getByRole('button', { name: words.inspect.back }).last().click();
  await expect(notebook.cell('switch').getByRole('radio', { name: /tudui\.eval/ })).toBeChecked();
  await expect(notebook.shelf).toContainText('tudui_parameter.pth');
});

test('a dropped file opens', async ({ page }) => {
  const inspector = await Inspector.open(page);
  const bytes = [...readFileSync(checkpoint('mlp_state_dict.pth'))];
  await page.evaluate((data) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(data)], 'dropped.pth'));
    dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, bytes);
  await expect(inspector.sentence).toHaveText(inspector.words.sentence.state_dict);
  await expect(inspector.verdict).toContainText('dropped.pth');
});

test('ten hostile files are explained in words and run nothing', async ({ page }) => {
  const inspector = await Inspector.open(page);
  const { words } = inspector;
  const seen: string[] = [];
  page.on('console', (message) => seen.push(message.text()));
  const files = Object.entries(hostile.globals);
  expect(files.length).toBe(10);
  for (const [file, names] of files) {
    await inspector.show(fixture(file));
    await expect(inspector.sentence).toHaveText(
      said(words.sentence.dangerous, { globals: names.join(', ') }),
    );
    await expect(inspector.verdict).toContainText('_pickle.UnpicklingError');
    await expect(inspector.part('pickle')).toContainText(words.pickle.safe);
    const rows = inspector.opcodes.getByRole('row');
    for (const full of names) {
      const [name, ...path] = full.split('.').reverse();
      // INST imports and calls in one.
      const imported = said(words.mark.wouldImport, { module: path.reverse().join('.'), name: name ?? '' });
      const called = said(words.mark.wouldCall.split(';')[0] ?? '', { text: full });
      const told = rows.filter({ hasText: imported }).or(rows.filter({ hasText: called }));
      await expect(told.first()).toBeVisible();
    }
    // What would be called, with what: the command only prints a marker.
    await expect(rows.filter({ hasText: /would (call|make)/ }).last()).toContainText(hostile.marker);
  }
  expect(seen.join('\n')).not.toContain(hostile.marker);
});

test('os.system is told as what it is', async ({ page }) => {
  const inspector = await Inspector.open(page);
  await inspector.show(fixture('hostile_reduce.pth'));
  await expect(inspector.opcodes).toContainText('would import os and take system; the default load refuses');
  await expect(inspector.opcodes).toContainText(
    "would call os.system('echo MATCHBOOK_MARKER'); the default load refuses",
  );
  const stops = inspector.part('pickle').getByRole('button', { name: 'GLOBAL os.system' });
  await stops.click();
  await expect(inspector.opcodes.locator('[data-active]')).toContainText('GLOBAL');
});

test('what is no checkpoint is called what it is', async ({ page }) => {
  const inspector = await Inspector.open(page);
  const { sentence } = inspector.words;
  const { verdict } = languages.en;
  for (const [file, words] of [
    ['empty.pth', sentence.empty],
    ['text.pth', said(sentence.other, { what: verdict.text })],
    ['page.pth', said(sentence.other, { what: verdict.html })],
    ['graph.onnx', said(sentence.other, { what: verdict.onnx })],
    ['truncated.pth', sentence.broken],
  ] as const) {
    await inspector.show(fixture(file));
    await expect(inspector.sentence).toHaveText(words);
  }
});

test('bytes that were changed are found by their checksum', async ({ page }) => {
  const inspector = await Inspector.open(page);
  const bytes = readFileSync(fixture('friend_parameter.pth'));
  const weight = bytes.indexOf('data/0') + 64;
  bytes[weight] = (bytes[weight] ?? 0) ^ 1;
  await inspector.showMade('flipped.pth', bytes);
  const archive = inspector.part('archive');
  await archive.getByRole('button', { name: inspector.words.archive.check }).click();
  await expect(archive).toContainText(/does not have its checksum/);
});

test.describe('two files side by side', () => {
  for (const language of each) {
    test(`before and after one forgotten eval(), in ${language}`, async ({ page }) => {
      const notebook = await Notebook.open(page, language);
      const { words } = notebook;
      await notebook.save('tudui_parameter.pth');
      await notebook.cell('inspect').getByRole('button', { name: words.inspect.copy }).click();
      await expect(notebook.shelf).toContainText('tudui_parameter_1.pth');
      await notebook.cell('batchnorm').getByRole('button', { name: words.batchnorm.feed }).click();
      await notebook.save('tudui_parameter.pth');
      await page.goto(`?lang=${language}#/inspect/tudui_parameter_1.pth/tudui_parameter.pth`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        said(words.inspect.compare.runningStatistics, { forwards: 1 }),
      );
      const rows = page.getByRole('grid').getByRole('rowheader');
      await expect(rows).toHaveText(['bn1.running_mean', 'bn1.running_var', 'bn1.num_batches_tracked']);
    });
  }

  test('a state_dict and a whole model', async ({ page }) => {
    const inspector = await Inspector.open(page);
    await inspector.show(checkpoint('mlp_state_dict.pth'));
    await inspector.show(checkpoint('mlp_model.pth'));
    await page.getByRole('group', { name: inspector.words.beside }).getByText('mlp_state_dict.pth').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      inspector.words.compare.sameTensorsOtherKind,
    );
    await expect(page.getByRole('region', { name: inspector.words.others.title })).toContainText(
      inspector.words.kind.model,
    );
  });
});

/** A .safetensors of so many tensors of four float32 each: value i in tensor i. */
function manyTensors(count: number): Buffer {
  const header = JSON.stringify(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `layers.${i}.weight`,
        { dtype: 'F32', shape: [4], data_offsets: [16 * i, 16 * i + 16] },
      ]),
    ),
  );
  const bytes = Buffer.alloc(8 + header.length + 16 * count);
  bytes.writeBigUInt64LE(BigInt(header.length));
  bytes.write(header, 8);
  for (let i = 0; i < 4 * count; i++) bytes.writeFloatLE(Math.floor(i / 4), 8 + header.length + 4 * i);
  return bytes;
}

test('ten thousand keys are walked by keyboard, and only some of them are drawn', async ({ page }) => {
  const inspector = await Inspector.open(page);
  await inspector.showMade('many.safetensors', manyTensors(10_000));
  const grid = inspector.grid('keys');
  await expect(grid).toHaveAttribute('aria-rowcount', '10001');
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(inspector.key('layers.9999.weight')).toContainText('all 9999.0');
  await expect(grid.locator('[data-active]')).toHaveAttribute('aria-rowindex', '10001');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'layers.9999.weight' })).toContainText(
    '9999.0, 9999.0, 9999.0, 9999.0',
  );
  await page.keyboard.press('Home');
  await expect(inspector.key('layers.0.weight')).toBeVisible();

  const filter = inspector.part('keys').getByRole('searchbox');
  await filter.fill('layers.77.');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
});

test('by keyboard alone: from the shelf to a tensor and into a fold', async ({ page }) => {
  const notebook = await Notebook.open(page);
  const { words } = notebook;
  await notebook.save('tudui_whole_model.pth');
  const reach = async (target: ReturnType<typeof page.locator>): Promise<void> => {
    for (let i = 0; i < 250; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('no way there by Tab');
  };
  await reach(
    notebook.shelf.getByRole('button', {
      name: said(words.shelf.inspect, { name: 'tudui_whole_model.pth' }),
    }),
  );
  await page.keyboard.press('Enter');
  const inspector = new Inspector(page, 'en');
  await inspector.opcodes.waitFor();
  await reach(inspector.grid('keys'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'fc1.bias', exact: true })).toBeVisible();

  await reach(inspector.opcodes);
  const before = Number(await inspector.opcodes.getAttribute('aria-rowcount'));
  await page.keyboard.press('Home');
  const active = inspector.opcodes.locator('[data-active]');
  for (let i = 0; i < 60 && (await active.getAttribute('aria-expanded')) !== 'false'; i++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('ArrowRight');
  await expect(active).toHaveAttribute('aria-expanded', 'true');
  expect(Number(await inspector.opcodes.getAttribute('aria-rowcount'))).toBeGreaterThan(before);
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.opcodes).toHaveAttribute('aria-rowcount', String(before));
});

for (const language of each) {
  test(`axe finds nothing in the inspector: ${language}, in every theme`, async ({ page }) => {
    test.slow();
    const inspector = await Inspector.open(page, language);
    const analyze = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target)])).toEqual([]);
    };
    await inspector.show(fixture('hostile_getattr.pth'));
    await inspector.opcodes.waitFor();
    await inspector.verdict.locator('summary').click();
    await analyze();
    await inspector.show(checkpoint('mlp_state_dict.pth'));
    await inspector.opcodes.waitFor();
    await inspector.key('fc1.weight').click();
    for (const theme of ['light', 'dark', 'projector']) {
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await analyze();
      await page.locator('header button').last().click();
    }
  });
}

test('fits a phone', { tag: '@phone' }, async ({ page }) => {
  const inspector = await Inspector.open(page, 'zh');
  for (const file of [checkpoint('mlp_model.pth'), fixture('hostile_getattr.pth')]) {
    await inspector.show(file);
    await inspector.opcodes.waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
  const small = await page.locator('button').evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      const { height } = button.getBoundingClientRect();
      return height > 0 && height < 43.5 ? [`${button.textContent} ${height}`] : [];
    }),
  );
  expect(small).toEqual([]);
});
