import { Typography } from '@strapi/design-system';
import { useWords } from '../words/use-words.ts';

const hourMs = 3_600_000;
const soonHours = 12;

/** How long the learner still has at SEEK Pass. */
export function HoursLeft({ expiresAt }: { readonly expiresAt: number }) {
  const words = useWords();
  const hours = Math.max(0, Math.floor((expiresAt - Date.now()) / hourMs));
  return (
    <Typography variant="pi" textColor={hours < soonHours ? 'danger700' : 'neutral600'}>
      {words('issuances.hoursLeft', { hours })}
    </Typography>
  );
}
