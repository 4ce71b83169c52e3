import { createTheme } from '@mantine/core';

/** What of Mantine is set by code; looks are in mantine.css. */
export const mantineTheme = createTheme({
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: {
        // The page itself never scrolls; locking it would put a style element into the document.
        lockScroll: false,
        centered: true,
        radius: 'md',
        transitionProps: { duration: 80 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
    },
    Menu: { defaultProps: { transitionProps: { duration: 60 }, shadow: 'none' } },
    Select: { defaultProps: { allowDeselect: false, comboboxProps: { transitionProps: { duration: 60 } } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
  },
});
