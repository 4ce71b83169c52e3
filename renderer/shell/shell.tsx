import { Outlet, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useConnection } from '../link/connection.ts';
import { KeysHelp } from '../keys/keys-help.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { useKeptLocale } from './locale.ts';
import { NoEngine } from './no-engine.tsx';
import { Sidebar } from './sidebar.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import css from './shell.module.css';

/** The frame around every desk. Until the engine has answered once there is nothing to show but why. */
export function Shell() {
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const everUp = useConnection((connection) => connection.everUp);
  useKeptLocale();
  useKeys('everywhere', {
    help: () => setHelp(true),
    goLives: () => void navigate({ to: '/lives' }),
    goWatches: () => void navigate({ to: '/watches' }),
    goReview: () => void navigate({ to: '/review' }),
    goFolders: () => void navigate({ to: '/folders' }),
    goCases: () => void navigate({ to: '/cases' }),
    goSearch: () => void navigate({ to: '/search' }),
    goExports: () => void navigate({ to: '/exports' }),
    goSettings: () => void navigate({ to: '/settings' }),
  });
  return (
    <div className={css.frame}>
      <Sidebar />
      <TopBar onHelp={() => setHelp(true)} />
      <main className={css.desk}>{everUp ? <Outlet /> : <NoEngine />}</main>
      <StatusBar />
      <KeysHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}
