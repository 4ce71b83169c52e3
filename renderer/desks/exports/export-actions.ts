import { useMutation, useQueryClient } from '@tanstack/react-query';
import { newId } from '#shared/ids.ts';
import type { ExportFormat } from '#shared/model/export.ts';
import { currentLocale } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { bytesOf } from '../../stores/sound.ts';

/** Starts an export in the window's language and this machine's time zone. */
export function useStartExport(onStarted: (exportId: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ liveId, format }: { liveId: string; format: ExportFormat }) =>
      engine.exports.start({
        liveId,
        format,
        locale: currentLocale(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        commandId: newId(Date.now()),
      }),
    onSuccess: ({ exportId }) => {
      onStarted(exportId);
      void queries.invalidateQueries({ queryKey: ['exports'] });
    },
  });
}

export function useCancelExport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (exportId: string) => engine.exports.cancel({ exportId, commandId: newId(Date.now()) }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['exports'] }),
  });
}

/** Fetches a finished file and hands it to the browser, which puts it where the person keeps downloads. */
export function useDownload() {
  return useMutation({
    mutationFn: async (exportId: string) => {
      const { fileName, mime, base64 } = await engine.exports.download({ exportId });
      const address = URL.createObjectURL(new Blob([bytesOf(base64)], { type: mime }));
      const anchor = document.createElement('a');
      anchor.href = address;
      anchor.download = fileName;
      anchor.click();
      // The browser holds the bytes from the click on; a little later it has surely opened them.
      window.setTimeout(() => URL.revokeObjectURL(address), 30_000);
    },
  });
}
