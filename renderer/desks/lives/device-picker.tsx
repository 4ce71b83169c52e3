import { Menu } from '@mantine/core';
import { IconMicrophone, IconVolume } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { problemText } from '../../link/problem.ts';
import { devicesQuery } from '../../stores/queries.ts';

/** Microphones and the sound of this machine, asked for when the list is opened: what is plugged in changes. */
export function DevicePicker({ onPick }: { onPick: (reference: string) => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const { data, error, isFetching } = useQuery({ ...devicesQuery(), enabled: open });
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-start" width={360}>
      <Menu.Target>
        <Button type="button" icon={<IconMicrophone />} busy={isFetching}>
          {t('devices.pick')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {isFetching && <Menu.Label>{t('devices.reading')}</Menu.Label>}
        {error && <Menu.Label>{problemText(error, t)}</Menu.Label>}
        {!isFetching &&
          data?.items.map((device) => (
            <Menu.Item
              key={device.reference}
              leftSection={device.monitor ? <IconVolume size={16} /> : <IconMicrophone size={16} />}
              onClick={() => onPick(device.reference)}
            >
              {device.label} · {t(device.monitor ? 'devices.monitor' : 'devices.microphone')}
            </Menu.Item>
          ))}
        {!isFetching &&
          data?.troubles.map((trouble) => (
            <Menu.Label key={trouble.system}>
              {t(`deviceProblem.${trouble.problem}`, {
                system: t(`deviceSystem.${trouble.system}`),
                detail: trouble.detail,
                ffmpeg: data.ffmpeg,
              })}
            </Menu.Label>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
