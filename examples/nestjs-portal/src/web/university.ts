/** Made up: the institution of this portal. */
export const university = {
  name: 'Wattle Bay University',
  colour: '#0f5c4e',
  helpEmail: 'registry@wattlebay.example',
} as const;
