import { Menu } from '@mantine/core';
import { IconDownload, IconFileExport, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { exportFormats } from '#shared/model/export.ts';
import type { Live } from '#shared/model/live.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useWords } from '../../i18n/index.ts';
import { problemText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { exportsQuery } from '../../stores/queries.ts';
import { ExportProgress } from './export-progress.tsx';
import { useCancelExport, useDownload, useStartExport } from './export-actions.ts';
import css from './exports.module.css';

/** Takes one live out in a format, and follows the file until it can be fetched. */
export function ExportButton({ live }: { live: Live }) {
  const { t } = useWords();
  const [menu, setMenu] = useState(false);
  const [exportId, setExportId] = useState<string | null>(null);
  const start = useStartExport(setExportId);
  const cancel = useCancelExport();
  const download = useDownload();
  const listed = useQuery({ ...exportsQuery(live.id), enabled: exportId !== null }).data?.items;
  const record = listed?.find((item) => item.id === exportId) ?? null;
  useKeys('live', { export: () => setMenu(true) });
  const error = start.error ?? cancel.error ?? download.error;
  return (
    <span className={css.button}>
      {error && (
        <span className={css.error} role="alert">
          {problemText(error, t)}
        </span>
      )}
      {record && <ExportProgress record={record} />}
      {record && (record.state === 'waiting' || record.state === 'running') && (
        <Button icon={<IconX />} onClick={() => cancel.mutate(record.id)} busy={cancel.isPending}>
          {t('common.cancel')}
        </Button>
      )}
      {record?.state === 'done' && (
        <Button
          look="main"
          icon={<IconDownload />}
          onClick={() => download.mutate(record.id)}
          busy={download.isPending}
        >
          {t('exports.download')}
        </Button>
      )}
      <Menu opened={menu} onChange={setMenu} position="bottom-end">
        <Menu.Target>
          <span>
            <Button
              icon={<IconFileExport />}
              keyId="export"
              busy={start.isPending}
              onClick={() => setMenu((open) => !open)}
              aria-haspopup="menu"
            >
              {t('exports.export')}
            </Button>
          </span>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('exports.choose')}</Menu.Label>
          {exportFormats.map((format) => (
            <Menu.Item key={format} onClick={() => start.mutate({ liveId: live.id, format })}>
              <span className={css.choice}>
                <b>{format.toUpperCase()}</b>
                <span className="soft label">{t(`exports.format.${format}`)}</span>
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
