/** What is known of a followed account, and what a platform answered (`shared/model/watch.ts`). */
export const frWatching = {
  watchState: {
    en_ligne: 'en ligne',
    actif: 'actif',
    hors_ligne: 'hors ligne',
    bloque: 'bloqué',
    restreint: 'restreint',
    prive: 'privé',
    inconnu: 'inconnu',
  },
  watchReason: {
    'on-air': 'Le compte diffuse en ce moment.',
    'room-idle': 'Une salle est ouverte, la diffusion est en pause ou n’a pas commencé.',
    'room-ended': 'Le dernier live est terminé.',
    'not-live': 'Le compte ne diffuse pas.',
    'challenge-page':
      'La plateforme demande de prouver qu’une personne regarde. Vigie attend sans insister ; ouvrez la page du compte dans un navigateur pour vérifier.',
    'empty-answer':
      'La plateforme a répondu par du vide : cela ne dit pas si le compte diffuse. Vigie redemandera plus tard.',
    redirected:
      'La plateforme renvoie ailleurs (pays, connexion ou vérification). Vigie attend ; ouvrez la page du compte dans un navigateur pour vérifier.',
    'rate-limited': 'La plateforme demande de ralentir. Vigie attend le temps qu’elle indique.',
    refused: 'La plateforme refuse de répondre à cette adresse. Vigie attend sans insister.',
    'waiting-out-block': 'La plateforme a refusé de répondre il y a peu : Vigie attend avant de redemander.',
    'platform-error': 'La plateforme est en panne ou a répondu par une erreur. Vigie redemandera plus tard.',
    'unreadable-answer':
      'La réponse de la plateforme est illisible : elle a peut-être changé. Indiquez le numéro de salle ou l’adresse du flux pour écouter quand même.',
    'age-or-login': 'Ce live demande un âge ou une connexion : il ne peut pas être écouté sans compte.',
    'private-account': 'Le compte est privé.',
    'followers-only': 'Ce live est réservé aux abonnés du compte.',
    'no-such-account': 'Aucun compte ne porte ce nom. Vérifiez l’orthographe.',
    unreachable:
      'La plateforme n’a pas pu être jointe. Vérifiez la connexion ; ce que l’on savait avant reste affiché.',
    'never-checked': 'Pas encore vérifié.',
  },
  resolverStep: {
    page: 'Page du compte',
    'api-live': 'Recherche de la salle (api-live)',
    'check-alive': 'La salle est-elle ouverte (check_alive)',
    'live-detail': 'Détail du live',
    'room-info': 'Salle et flux (room info)',
    stream: 'Choix du flux',
  },
  stepOutcome: {
    ok: 'oui',
    no: 'non',
    blocked: 'refusé',
    failed: 'rien d’utilisable',
    skipped: 'pas nécessaire',
  },
} as const;
