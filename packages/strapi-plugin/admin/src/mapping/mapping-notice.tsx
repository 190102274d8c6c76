import { Box, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';

/** Something to know before one goes on. */
export function MappingNotice({ children }: { readonly children: ReactNode }) {
  return (
    <Box background="primary100" borderColor="primary200" hasRadius padding={4}>
      <Typography textColor="neutral800">{children}</Typography>
    </Box>
  );
}
