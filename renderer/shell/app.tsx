import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { mantineTheme } from '../theme/mantine.ts';
import { queryClient } from '../stores/queries.ts';
import { createWindowRouter } from './router.tsx';

/** Styles come from files alone (no style elements made while running), so that a strict policy holds. */
export function App() {
  const [router] = useState(createWindowRouter);
  return (
    <MantineProvider theme={mantineTheme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications position="bottom-left" containerWidth={344} limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
