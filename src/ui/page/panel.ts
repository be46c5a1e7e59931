/** What a narrow page shows beside, or on a phone instead of, the notebook. */
export type Panel = 'notebook' | 'outline' | 'shelf' | 'engine';
