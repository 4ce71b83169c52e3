/** One sentence per rule of the embedded analyser; {{quote}} is what was said, {{target}} whom it is aimed at. */
export const frReasons = {} as const;
