import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme/tokens.css';
import './theme/mantine.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { currentLocale, showLocale } from './i18n/index.ts';
import { startLink } from './link/engine.ts';
import { App } from './shell/app.tsx';
import { followNews } from './stores/news.ts';
import { unacknowledged } from './stores/outbox.ts';

// The content security policy forbids code made from strings, which zod would otherwise try.
z.config({ jitless: true });

showLocale(currentLocale());

// Takes the session token out of the address before it returns; the router reads the address only after that.
void startLink();
followNews(new AbortController().signal);

window.addEventListener('beforeunload', (event) => {
  if (unacknowledged() > 0) event.preventDefault();
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
