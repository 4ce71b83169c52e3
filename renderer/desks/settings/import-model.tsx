import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';

const isModelPath = (typed: string): boolean => /^(\/|[A-Za-z]:\\|\\\\).*\.bin$/.test(typed);

/** Where a model file is, taken over on Enter: leaving the field copies no gigabytes. A refused path stays to be mended. */
export function ImportModel({ onImport }: { onImport: (path: string, onTaken: () => void) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const path = typed.trim();
  const problem = path === '' || isModelPath(path) ? null : t('models.notAPath');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isModelPath(path)) onImport(path, () => setTyped((now) => (now.trim() === path ? '' : now)));
      }}
    >
      <TextInput
        aria-label={t('models.import')}
        placeholder="/media/usb/ggml-small.bin"
        value={typed}
        error={problem}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </form>
  );
}
