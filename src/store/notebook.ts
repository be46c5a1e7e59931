/** The page's notebook. */
import { createNotebook } from './create-notebook';
import { browserEdge } from './edge';
import { readSettings } from './settings';

export const useNotebook = createNotebook(
  browserEdge,
  readSettings(
    browserEdge,
    new URLSearchParams(location.search),
    matchMedia('(prefers-color-scheme: dark)').matches,
  ),
);
