/** What is known of a followed account, and what a platform answered (`shared/model/watch.ts`). */
export const enWatching = {
  watchState: {
    en_ligne: 'live',
    actif: 'active',
    hors_ligne: 'offline',
    bloque: 'blocked',
    restreint: 'restricted',
    prive: 'private',
    inconnu: 'unknown',
  },
  watchReason: {
    'on-air': 'The account is broadcasting now.',
    'room-idle': 'A room is open; the broadcast is paused or has not begun.',
    'room-ended': 'The last live has ended.',
    'not-live': 'The account is not broadcasting.',
    'challenge-page':
      'The platform asks for proof that a person is watching. Vigie waits and does not insist; open the page of the account in a browser to check.',
    'empty-answer':
      'The platform answered with nothing, which does not say whether the account is live. Vigie will ask again later.',
    redirected:
      'The platform sends elsewhere (country, login or verification). Vigie waits; open the page of the account in a browser to check.',
    'rate-limited': 'The platform asks to slow down. Vigie waits as long as it says.',
    refused: 'The platform refuses to answer this address. Vigie waits and does not insist.',
    'waiting-out-block': 'The platform refused to answer a short while ago: Vigie waits before it asks again.',
    'platform-error': 'The platform is out of order or answered with an error. Vigie will ask again later.',
    'unreadable-answer':
      'The answer of the platform cannot be read: it may have changed. Give the room number or the stream address to listen all the same.',
    'age-or-login': 'This live asks for an age or a login: it cannot be heard without an account.',
    'private-account': 'The account is private.',
    'followers-only': 'This live is for followers of the account only.',
    'no-such-account': 'No account has this name. Check the spelling.',
    unreachable: 'The platform could not be reached. Check the connection; what was known before is still shown.',
    'never-checked': 'Not checked yet.',
  },
  resolverStep: {
    page: 'Page of the account',
    'api-live': 'Looking for the room (api-live)',
    'check-alive': 'Is the room open (check_alive)',
    'live-detail': 'Detail of the live',
    'room-info': 'Room and streams (room info)',
    stream: 'Choice of the stream',
  },
  stepOutcome: { ok: 'yes', no: 'no', blocked: 'refused', failed: 'nothing usable', skipped: 'not needed' },
} as const;
