/** Handwritten digits, 8x8 pixels from 0 to 1: where they are from stands in digits.md. */
import { datasetOf } from './dataset';
import stored from './digits.json';
import type { NamedDataset } from './named';

/** A pixel is stored as a digit of base 17: the number of set bits in a 4x4 block of the scan, 0 to 16. */
function pixels(image: string): number[] {
  return Array.from(image, (digit) => Number.parseInt(digit, 17) / 16);
}

export const digits: NamedDataset = {
  data: datasetOf(Float32Array.from(stored.images.flatMap(pixels)), stored.y, [1, 8, 8]),
  code: `# pip install scikit-learn
from sklearn.datasets import load_digits

digits = load_digits()
images, labels = torch.tensor(digits.images, dtype=torch.float32), torch.tensor(digits.target)
nth = torch.stack([(labels == c).cumsum(0) for c in range(10)])[labels, torch.arange(len(labels))]
first = nth <= 50  # the first 50 images of each digit
x, y = images[first].unsqueeze(1) / 16, labels[first]`,
  credit:
    'E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits. UCI Machine Learning Repository, 1998. ' +
    'https://doi.org/10.24432/C50P49 (CC BY 4.0)',
};
