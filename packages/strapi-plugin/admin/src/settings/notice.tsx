import { Box, Typography } from '@strapi/design-system';

/** Something that staff should know before they go on. */
export function Notice({ children }: { readonly children: string }) {
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={4}>
      <Typography textColor="neutral800">{children}</Typography>
    </Box>
  );
}
