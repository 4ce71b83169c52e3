type Model = { path: string; sizeBytes: number; multilingual: boolean };

/**
 * The model that may stand in for a slower one: the largest of those clearly smaller (under 0.7 of its size) that knows as many
 * languages. Null: there is none, or the present one is not among them.
 */
export function lighterModel(models: readonly Model[], currentPath: string): string | null {
  const current = models.find(({ path }) => path === currentPath);
  if (!current) return null;
  const fit = models
    .filter(
      ({ sizeBytes, multilingual }) => sizeBytes < 0.7 * current.sizeBytes && multilingual >= current.multilingual,
    )
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes);
  return fit[0]?.path ?? null;
}
